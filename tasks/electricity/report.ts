/** The program's output: lines in the terminal, and the page of a run. */
import type { Model } from '../../models/index.js';
import type { TaskSettings } from '../common/checkpoints.js';
import { plural, whole } from '../common/printable.js';
import { printTable, type Rows } from '../common/printTable.js';
import { print } from '../common/say.js';
import type { EpochPoint } from '../common/training.js';
import type { LineChart, Section, Series as Curve } from '../report/index.js';
import { byEpoch, epochChart, durationOf } from '../task/page.js';
import type { RunPage } from '../task/results.js';
import { LABEL, STEPS, UNITS, type ChapterData } from './chapter.js';
import { durationText, everyText } from './clock.js';
import { around } from './features.js';
import { FORECASTER_UNITS } from './forecaster.js';
import { aheadSection, printAhead } from './horizonReport.js';
import type { ChapterResults, ElectricityResults, Score } from './scores.js';
import { timeOf, timeText, type Series } from './series.js';
import { amount, axisOf, inUnit, leftOutText, missingLines } from './seriesLines.js';
import type { Streams } from './streams.js';

/** Prints the peculiarities of the chapter's data, and how the state is carried. */
export function printChapter(
  { cell, batch, seed }: TaskSettings,
  { stateful, training, test, zeroRows }: ChapterData,
  { rhythm }: Series,
): void {
  const kind = stateful ? 'stateful' : 'stateless';
  const zero = zeroRows > 0 ? `, the last ${zeroRows} of them zero` : '';
  const counts = `${whole(training.count)} training rows, ${whole(test.count)} test rows${zero}`;
  print(`\n${kind}, as in the chapter: ${cell} ${UNITS}, seed ${seed}`);
  if (!stateful) {
    print(
      `Row i is data[i .. i + ${STEPS - 1}] and its label data[i + ${LABEL}], as the chapter's code has it: ` +
        `two steps (${durationText(2 * rhythm.step)}) ahead, not one.`,
    );
    print(`Its loop leaves inputs and labels of the last ${LABEL} rows zero. ${counts}.`);
  } else {
    print(`${counts}: whole batches of ${batch}, as Keras requires.`);
    const day = batch === rhythm.day ? ', a day' : '';
    print(
      `Row b of a batch starts from the state of row b of the previous batch, ${batch} readings earlier${day}.`,
    );
    print('The state is 0 at the start of each epoch and of each test.');
  }
}

/** The readings of an earlier day, by how many are on each side of the same time. */
const NEAR = ['one at', 'three around', 'five around'];

export function printForecaster(
  { parameters }: Model,
  { cell, units = FORECASTER_UNITS, seed }: TaskSettings,
  { starts, length }: Streams,
  { rhythm, record: { unit } }: Series,
  change: number,
): void {
  print(`\none step ahead: ${cell} ${units}, ${whole(parameters.values.size)} parameters, seed ${seed}`);
  print(
    `${starts.length} streams of ${plural(length / rhythm.day, 'day')} side by side, the state carried from each reading to the next.`,
  );
  print(
    `Its inputs are the last reading, the ${NEAR[around(rhythm)]} the same time on each of the seven days before, ` +
      'the time of day and the day of the week.',
  );
  print('It predicts the change from the last reading.');
  print(
    `Always predicting no change has a loss of 1; the typical change is ${change.toPrecision(3)}${unit}.`,
  );
}

/** @param next the prediction for the reading after the last, in the unit of the readings */
export function printResults(results: ElectricityResults, next: number): void {
  const { series, scaled, split, ahead } = results;
  const { length } = series.readings;
  print(`\nOn the test part, the last ${whole(length - split)} readings${leftOutText(series, split)}:`);
  printTable(scoreRows(results));
  if (ahead) return printAhead({ series, scaled, ahead });
  const time = timeText(timeOf(series, length));
  print(`\nPrediction for the reading after the last, at ${time}: ${amount(next)}${series.record.unit}.`);
}

/** Models and baselines with their errors, in the order of the scores. */
function scoreRows({ scores, scaled, series }: ElectricityResults): Rows {
  return {
    head: ['', 'minutes ahead', 'MSE', 'RMSE', `RMSE${inUnit(series) || ' unscaled'}`],
    rows: scores.map(({ name, stepsAhead, mse }) => [
      name,
      `${(stepsAhead * series.rhythm.step) / 60_000}`,
      mse.toFixed(5),
      Math.sqrt(mse).toFixed(4),
      significant(Math.sqrt(mse) * scaled.range),
    ]),
  };
}

/** Two decimals, or three digits of what is small. */
const significant = (value: number) => (value < 0.1 ? value.toPrecision(3) : value.toFixed(2));

/** The number of readings that the chapter draws. */
const FIRST = 1000;

const twoSteps = ({ rhythm }: Series) =>
  'The chapter says that its models predict the next reading, but in its code the label of ' +
  `data[i .. i + ${STEPS - 1}] is data[i + ${LABEL}]: the reading after the next, ${durationText(2 * rhythm.step)} ` +
  `ahead. The code also leaves the last ${LABEL} rows zero.`;

/** The page of a run: errors of models and baselines, the load, the loss curves, a week of forecasts. */
export function electricityPage(results: ElectricityResults): RunPage {
  const { chapter, epochs, series, scaled, ahead } = results;
  const { synthetic, start, source } = series.record;
  return {
    title: 'Recurrent networks predict an electricity meter',
    intro: [
      `One reading every ${everyText(series.rhythm.step)} from ${start}: ${source}.`,
      ...(synthetic ? ['These readings are synthetic. They show how the models work, not how well.'] : []),
    ],
    sections: [
      errors(results),
      forecasts(results),
      ...(ahead ? [aheadSection({ series, scaled, ahead })] : []),
      theLoad(series),
      ...(chapter ? [trainingOfChapter(chapter)] : []),
      ...(epochs.length ? [trainingOfForecaster(epochs)] : []),
    ],
    facts: factsOf(results),
  };
}

const errors = (results: ElectricityResults): Section => ({
  heading: 'Errors of models and baselines',
  text: `On the last 30% of the readings, scaled to (0, 1) and${inUnit(results.series) || ' unscaled'}${leftOutText(results.series, results.split)}.${results.chapter ? ` ${twoSteps(results.series)}` : ''}`,
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
    y: axisOf(series),
    series: [
      curve('reading', series, from, end, (n) => series.readings[n]!),
      ...shown.map(({ name, predictions }, n) => ({
        ...curve(name, series, from, end, (n) => scaled.toUnit(predictions![n - split]!)),
        dashed: n > 0,
      })),
    ],
  });
  return {
    heading: 'Forecasts, one step ahead',
    text:
      'Each reading is predicted from the earlier ones, the latest of which is ' +
      `${durationText(series.rhythm.step)} old.`,
    content: [
      chart('The last week of the test part', end - series.rhythm.week, forecasts.slice(0, 1)),
      chart('Its last two days, with baselines', end - Math.max(2 * series.rhythm.day, 2), forecasts),
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
      title: `The first ${whole(Math.min(FIRST, series.readings.length))} readings`,
      x: 'time',
      y: axisOf(series),
      series: [
        curve('reading', series, 0, Math.min(FIRST, series.readings.length), (n) => series.readings[n]!),
      ],
    },
  ],
});

const trainingOfChapter = ({ stateless, stateful }: ChapterResults): Section => ({
  heading: "Training of the chapter's two models",
  content: [
    epochChart('Loss after each epoch', 'mean squared error, scaled', [
      byEpoch('stateful, test', stateful.epochs, ({ validationLoss }) => validationLoss),
      byEpoch('stateless, test', stateless.epochs, ({ validationLoss }) => validationLoss),
      byEpoch('stateful, training', stateful.epochs, ({ loss }) => loss, true),
      byEpoch('stateless, training', stateless.epochs, ({ loss }) => loss, true),
    ]),
  ],
});

const trainingOfForecaster = (epochs: readonly EpochPoint[]): Section => ({
  heading: 'Training of the forecaster',
  text: 'A loss of 1 is that of predicting the last reading.',
  content: [
    epochChart('Loss after each epoch', 'mean squared error, in squared typical changes', [
      byEpoch('training', epochs, ({ loss }) => loss),
    ]),
  ],
});

function factsOf({ settings, series, split, chapter, epochs }: ElectricityResults): RunPage['facts'] {
  const { source, column, count, least, most, start, sha256, unit } = series.record;
  const { cell, units = FORECASTER_UNITS, batch, seed } = settings;
  const trained = (points: readonly EpochPoint[]) =>
    `${plural(points.length, 'epoch')}, in ${durationOf(points)}`;
  const facts: [string, string | number][] = [['data', source]];
  if (column !== null) facts.push(['column', column]);
  facts.push(
    ['readings', `${whole(count)}, from ${start}, ${amount(least)} to ${amount(most)}${unit}`],
    ...missingLines(series.record).map((line): [string, string] => ['of these', line]),
    ['test part', `the last ${whole(count - split)}`],
    ['sha256', sha256],
  );
  if (chapter) {
    facts.push(
      ["the chapter's models", `${cell} ${UNITS}, windows of ${STEPS}`],
      ['stateless', trained(chapter.stateless.epochs)],
      ['stateful', trained(chapter.stateful.epochs)],
    );
  }
  facts.push(['forecaster', `${cell} ${units}`]);
  if (epochs.length) facts.push(['its training', trained(epochs)]);
  return [...facts, ['rows of a batch', batch], ['seed', seed]];
}
