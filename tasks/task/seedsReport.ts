/** What several trainings have in common: tables in the terminal, and the page. */
import { printTable, type Rows } from '../common/printTable.js';
import { duration } from '../common/progress.js';
import { print } from '../common/say.js';
import { lossText } from '../common/training.js';
import type { LineChart, Section } from '../report/index.js';
import type { RunPage } from './results.js';
import type { Measure, SeedCurve, SeedRun, SeedScore, Spread } from './seedCurves.js';
import type { ScoreName } from './task.js';

const IN_WORDS: Record<Measure, string> = {
  loss: 'loss',
  validationLoss: 'held-out loss',
  accuracy: 'accuracy',
  validationAccuracy: 'held-out accuracy',
};

export function printSeeds(scores: readonly SeedScore[], curves: readonly SeedCurve[]): void {
  for (const curve of curves) {
    print(`\nLearning curve${curve.name && `, ${curve.name}`}: mean ± standard deviation`);
    printTable(curveRows(curve));
  }
  print('\nScores');
  printTable(scoreRows(scores));
}

const scoreRows = (scores: readonly SeedScore[]): Rows => ({
  head: ['', 'mean', '±', 'least', 'most'],
  rows: scores.map(({ name, digits, mean, deviation, least, most }) => [
    name,
    ...[mean, deviation, least, most].map((value) => value?.toFixed(digits) ?? '-'),
  ]),
});

/** The held-out numbers where there are such, besides the loss. */
function curveRows({ epochs }: SeedCurve): Rows {
  const has = (measure: Measure) => epochs.some((one) => one[measure] !== undefined);
  const accuracy = has('validationAccuracy') ? 'validationAccuracy' : 'accuracy';
  const shown = (['loss', 'validationLoss', accuracy] as const).filter(has);
  return {
    head: ['epoch', ...shown.map((measure) => IN_WORDS[measure])],
    rows: epochs.map((one) => [`${one.epoch}`, ...shown.map((measure) => aroundMean(one[measure]))]),
  };
}

/** `0.1234 ± 0.0012`: four decimals, or three digits of what is small, but not 0. */
function aroundMean(spread: Spread | undefined): string {
  if (!spread) return '-';
  const { mean, deviation } = spread;
  if (deviation === null) return lossText(mean);
  const decimals = mean > 0 && mean < 0.01 ? Math.min(20, 2 - Math.floor(Math.log10(mean))) : 4;
  return `${mean.toFixed(decimals)} ± ${deviation.toFixed(decimals)}`;
}

/** The page: scores and curves of all trainings, besides the facts of the first. */
export function seedsPage(
  names: readonly ScoreName[],
  runs: readonly SeedRun[],
  scores: readonly SeedScore[],
  curves: readonly SeedCurve[],
): RunPage {
  const { title, intro, facts } = runs[0]!.results.page();
  const [first, last] = [runs[0]!.seed, runs.at(-1)!.seed];
  const shown = names.filter(({ key }) => scores.some((score) => score.key === key));
  return {
    title: `${title}: ${runs.length} trainings`,
    intro: [...(intro ?? []), `Trained with the seeds ${first} to ${last}, which are all that differs.`],
    sections: [
      {
        heading: 'Scores',
        text: 'Mean, standard deviation and extremes over the seeds.',
        content: [{ kind: 'table', ...scoreRows(scores) }],
      },
      ...curves.map(learningCurve),
      {
        heading: 'Each training',
        content: [
          {
            kind: 'table',
            head: ['seed', ...shown.map(({ name }) => name), 'time'],
            rows: runs.map(({ seed, seconds, results }) => [
              `${seed}`,
              ...shown.map(({ key, digits }) => (results.final[key] as number).toFixed(digits)),
              duration(seconds),
            ]),
          },
        ],
      },
    ],
    // What follows the seed is of the first training alone.
    facts: [
      ...facts.slice(
        0,
        facts.findIndex(([name]) => name === 'seed'),
      ),
      ['seeds', `${first} to ${last}`],
    ],
  };
}

function learningCurve(curve: SeedCurve): Section {
  const chart = (y: string, training: Measure, heldOut: Measure): LineChart[] => {
    const series = ([training, heldOut] as const).flatMap((measure) => {
      const points = curve.epochs.flatMap((one) => {
        const spread = one[measure];
        return spread ? [{ epoch: one.epoch, ...spread }] : [];
      });
      if (points.length === 0) return [];
      return [
        {
          name: measure === training ? 'training' : 'held out',
          points: points.map(({ epoch, mean }) => [epoch, mean] as const),
          band: points.map(
            ({ mean, deviation }) => [mean - (deviation ?? 0), mean + (deviation ?? 0)] as const,
          ),
        },
      ];
    });
    return series.length === 0
      ? []
      : [
          {
            kind: 'lineChart',
            title: `${y[0]!.toUpperCase()}${y.slice(1)} after each epoch`,
            x: 'epoch',
            y,
            series,
          },
        ];
  };
  return {
    heading: `Learning curve${curve.name && `, ${curve.name}`}`,
    text: 'The lines are means over the seeds; the bands reach one standard deviation to each side.',
    content: [
      ...chart('loss', 'loss', 'validationLoss'),
      ...chart('accuracy', 'accuracy', 'validationAccuracy'),
    ],
  };
}
