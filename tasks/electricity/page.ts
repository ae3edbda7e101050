/** The page of a run: the errors beside those of the baselines, the load, the courses of training, and a week of forecasts. */
import type { Kernels } from '../../models/index.js';
import { describeKernels } from '../common/kernels.js';
import { duration } from '../common/progress.js';
import type { EpochPoint } from '../common/training.js';
import type { LineChart, Page, Section, Series as Curve } from '../report/index.js';
import { LABEL, STEPS, UNITS } from './chapter.js';
import { DAY, WEEK } from './clock.js';
import { FORECASTER_UNITS } from './forecaster.js';
import type { ElectricityResults, Score } from './run.js';
import { timeOf, type Series } from './series.js';
import { scoreRows, whole } from './tables.js';

/** As many readings as the chapter draws. */
const FIRST = 1000;

const TWO_STEPS =
  'The chapter says that its models predict the next reading, but in its code the label of ' +
  `data[i .. i + ${STEPS - 1}] is data[i + ${LABEL}]: the reading after the next, 30 minutes ahead. ` +
  `And the code leaves the last ${LABEL} rows zero.`;

export function electricityPage(results: ElectricityResults, kernels: Kernels): Page {
  const { chapter, epochs, series } = results;
  const { synthetic, start, source } = series.record;
  return {
    task: 'electricity',
    title: 'Recurrent networks predict an electricity meter',
    intro: [
      `One reading every 15 minutes from ${start}: ${source}.`,
      ...(synthetic ? ['These readings are synthetic. They show how the models work, not how well.'] : []),
    ],
    sections: [
      errors(results),
      forecasts(results),
      theLoad(series),
      ...(chapter ? [trainingOfChapter(chapter)] : []),
      ...(epochs.length ? [trainingOfForecaster(epochs)] : []),
      thisRun(results, kernels),
    ],
  };
}

const errors = (results: ElectricityResults): Section => ({
  heading: 'How far they are off',
  text: `On the last 30% of the readings, in readings scaled to (0, 1) and in kW.${results.chapter ? ` ${TWO_STEPS}` : ''}`,
  content: [{ kind: 'table', ...scoreRows(results) }],
});

function forecasts({ series, scaled, scores, split }: ElectricityResults): Section {
  const end = series.readings.length;
  const forecasts = ['OneStep', 'LinearWeek', 'Yesterday', 'LastReading'].map((key) =>
    scores.find((score) => score.key === key)!,
  );
  const chart = (title: string, from: number, shown: readonly Score[]): LineChart => ({
    kind: 'lineChart',
    title,
    x: 'time',
    y: 'load, kW',
    series: [
      curve('reading', series, from, end, (n) => series.readings[n]!),
      ...shown.map(({ name, predictions }, n) => ({
        ...curve(name, series, from, end, (n) => scaled.toKilowatts(predictions![n - split]!)),
        dashed: n > 0,
      })),
    ],
  });
  return {
    heading: 'Forecasts, one step ahead',
    text: 'Each reading is predicted from those before it, the last of them 15 minutes old.',
    content: [
      chart('The last week of the test part', end - WEEK, forecasts.slice(0, 1)),
      chart('Its last two days, with baselines', end - 2 * DAY, forecasts),
    ],
  };
}

function curve(name: string, series: Series, from: number, to: number, value: (n: number) => number): Curve {
  const points = Array.from({ length: to - from }, (_, n) => from + n);
  return { name, points: points.map((n) => [new Date(timeOf(series, n)), value(n)]) };
}

const theLoad = (series: Series): Section => ({
  heading: 'The load',
  content: [
    {
      kind: 'lineChart',
      title: `The first ${whole(FIRST)} readings`,
      x: 'time',
      y: 'load, kW',
      series: [curve('reading', series, 0, FIRST, (n) => series.readings[n]!)],
    },
  ],
});

const trainingOfChapter = ({ stateless, stateful }: NonNullable<ElectricityResults['chapter']>): Section => ({
  heading: "Training of the chapter's two models",
  content: [
    {
      kind: 'lineChart',
      title: 'Loss after each epoch',
      x: 'epoch',
      y: 'mean squared error, scaled',
      series: [
        byEpoch('stateful, test', stateful.epochs, 'validationLoss'),
        byEpoch('stateless, test', stateless.epochs, 'validationLoss'),
        byEpoch('stateful, training', stateful.epochs, 'loss', true),
        byEpoch('stateless, training', stateless.epochs, 'loss', true),
      ],
    },
  ],
});

const trainingOfForecaster = (epochs: readonly EpochPoint[]): Section => ({
  heading: 'Training of the forecaster',
  text: 'A loss of 1 is that of the last reading as a prediction.',
  content: [
    {
      kind: 'lineChart',
      title: 'Loss after each epoch',
      x: 'epoch',
      y: 'mean squared error, in squared typical changes',
      series: [byEpoch('training', epochs, 'loss')],
    },
  ],
});

const byEpoch = (
  name: string,
  epochs: readonly EpochPoint[],
  field: keyof EpochPoint,
  dashed = false,
): Curve => ({ name, points: epochs.map((point) => [point.epoch, point[field] ?? NaN]), dashed });

function thisRun(
  { settings, series, split, chapter, epochs }: ElectricityResults,
  kernels: Kernels,
): Section {
  const { source, client, count, least, most, start, sha256 } = series.record;
  const { cell, batch, seed } = settings;
  const time = (points: readonly EpochPoint[]) =>
    duration(points.reduce((sum, { ms }) => sum + ms, 0) / 1000);
  const trained = (points: readonly EpochPoint[]) => `${points.length} epochs, in ${time(points)}`;
  return {
    heading: 'This run',
    content: [
      {
        kind: 'facts',
        facts: [
          ['data', source],
          ...(client === null ? [] : [['client', client] as const]),
          ['readings', `${whole(count)}, from ${start}, ${least.toFixed(1)} to ${most.toFixed(1)} kW`],
          ['test part', `the last ${whole(count - split)}`],
          ['sha256', sha256],
          ...(chapter
            ? [
                ["the chapter's models", `${cell} ${UNITS}, windows of ${STEPS}`] as const,
                ['stateless', trained(chapter.stateless.epochs)] as const,
                ['stateful', trained(chapter.stateful.epochs)] as const,
              ]
            : []),
          ['forecaster', `${cell} ${FORECASTER_UNITS}`],
          ...(epochs.length ? [['its training', trained(epochs)] as const] : []),
          ['rows of a batch', batch],
          ['seed', seed],
          ['kernels', describeKernels(kernels)],
          ['date', new Date().toISOString().slice(0, 10)],
        ],
      },
    ],
  };
}
