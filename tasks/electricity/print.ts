/** What the program prints. */
import type { Kernels, Model } from '../../models/index.js';
import { describeKernels } from '../common/kernels.js';
import { printable } from '../common/printable.js';
import { printTable } from '../common/printTable.js';
import { LABEL, STEPS, UNITS, type ChapterData } from './chapter.js';
import { DAY } from './clock.js';
import { FORECASTER_UNITS } from './forecaster.js';
import type { ElectricityResults } from './run.js';
import { timeOf, timeText, type Series } from './series.js';
import type { ElectricitySettings } from './state.js';
import type { Streams } from './streams.js';
import { scoreRows, whole } from './tables.js';

export function printSeries({ record }: Series, kernels: Kernels): void {
  const { source, client, count, least, most, start, sha256 } = record;
  const name = client === null ? '' : `, client ${client}`;
  console.log(printable(`data     ${source}${name}`));
  console.log(
    `         ${whole(count)} readings, one every 15 minutes from ${start}, ${least.toFixed(1)} to ${most.toFixed(1)} kW`,
  );
  console.log(`         sha256 ${sha256}`);
  console.log(`kernels  ${describeKernels(kernels)}`);
}

/** What is particular about the chapter's data, and what carrying a state over it means. */
export function printChapter(
  { cell, batch, seed }: ElectricitySettings,
  { stateful, training, test, zeroRows }: ChapterData,
): void {
  const kind = stateful ? 'stateful' : 'stateless';
  const zero = zeroRows > 0 ? `, the last ${zeroRows} of them zero` : '';
  const counts = `${whole(training.count)} rows to learn from, ${whole(test.count)} to be tried on${zero}`;
  console.log(`\n${kind}, as in the chapter: ${cell} ${UNITS}, seed ${seed}`);
  if (!stateful) {
    console.log(
      `Row i is data[i .. i + ${STEPS - 1}] and its label data[i + ${LABEL}], as the chapter's code has it:`,
    );
    console.log(
      `two steps ahead, half an hour, not one. Its loop leaves the last ${LABEL} rows zero, input and label.`,
    );
    console.log(`${counts}.`);
  } else {
    console.log(`${counts}: whole batches of ${batch}, as Keras wants it.`);
    const day = batch === DAY ? ', a day' : '';
    console.log(
      `Row b of a batch starts from the state of row b of the batch before, ${batch} readings earlier${day}.`,
    );
    console.log('The state is 0 at the beginning of each epoch and of each test.');
  }
}

export function printForecaster(
  { parameters }: Model,
  { cell, seed }: ElectricitySettings,
  { starts, days }: Streams,
  change: number,
): void {
  console.log(
    `\none step ahead: ${cell} ${FORECASTER_UNITS}, ${whole(parameters.values.size)} parameters, seed ${seed}`,
  );
  console.log(
    `${starts.length} streams of ${days} days side by side, the state carried from each reading to the next.`,
  );
  console.log('It is told the last reading, the five around the same time on each of the seven days before,');
  console.log('the time of the day and the day of the week. It predicts the change from the last reading.');
  console.log(
    `Its loss is 1 when it always predicts no change; the typical change is ${change.toFixed(2)} kW.`,
  );
}

export function printScores(results: ElectricityResults): void {
  const { count } = results.series.record;
  console.log(`\nOn the test part, the last ${whole(count - results.split)} readings:`);
  printTable(scoreRows(results));
}

/** @param next the prediction for the reading after the last, in kW */
export function printNext(series: Series, next: number): void {
  const time = timeText(timeOf(series, series.readings.length));
  console.log(`\nThe reading after the last, of ${time}, should be ${next.toFixed(1)} kW.`);
}
