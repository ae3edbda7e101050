/** Forecasts of several steps: in the terminal, in a file, among the results, and on the page. */
import { whole } from '../common/printable.js';
import { printTable, type Rows } from '../common/printTable.js';
import { print } from '../common/say.js';
import type { Section } from '../report/index.js';
import type { LineFormat } from '../task/lines.js';
import { durationText } from './clock.js';
import { LEVELS, type Ahead } from './horizon.js';
import { timeOf, timeText, type Scaled, type Series } from './series.js';
import { amount, axisOf, inUnit } from './seriesLines.js';

/** Forecasts, and what they are in the unit of the readings. */
export interface AheadResults {
  readonly series: Series;
  readonly scaled: Scaled;
  readonly ahead: Ahead;
}

const percent = (share: number) => `${Number((100 * share).toFixed(1))}%`;
const [LOW, HIGH] = LEVELS.map(percent) as [string, string];

/** Prints the forecasts of some of the steps, and their errors. */
export function printAhead(results: AheadResults): void {
  const { heading, tried, coverage, verdict } = linesOf(results);
  print(`\n${heading}:`);
  printTable(forecastRows(results));
  print(coverage);
  print(`\n${tried}:`);
  printTable(errorRows(results));
  print(verdict);
}

/** Steps 1, 2, 4 and so on, and the last. */
const someSteps = (horizon: number) =>
  Array.from({ length: horizon }, (_, n) => n).filter(
    (n) => Number.isInteger(Math.log2(n + 1)) || n === horizon - 1,
  );

function forecastRows({ series, scaled, ahead: { forecast, low, high } }: AheadResults): Rows {
  return {
    head: ['time', 'steps ahead', 'forecast', LOW, HIGH],
    rows: someSteps(forecast.length).map((n) => [
      timeText(timeOf(series, series.readings.length + n)),
      whole(n + 1),
      ...[forecast, low, high].map((values) => amount(scaled.toUnit(values[n]!))),
    ]),
  };
}

function errorRows({ scaled, ahead: { rmse, baselines } }: AheadResults): Rows {
  return {
    head: ['steps ahead', 'forecaster', ...baselines.map(({ name }) => name)],
    rows: someSteps(rmse.length).map((n) => [
      whole(n + 1),
      ...[rmse, ...baselines.map((one) => one.rmse)].map((errors) => amount(errors[n]! * scaled.range)),
    ]),
    words: 0,
  };
}

function linesOf({ series, ahead }: AheadResults) {
  const { starts, coverage, forecast } = ahead;
  return {
    heading: `The next ${whole(forecast.length)} readings${inUnit(series)}, each from the forecasts before it`,
    coverage:
      `From ${LOW} to ${HIGH}: quantiles of errors at this step, scaled by the usual error at that hour. Those of the first ` +
      `half of the test part contain ${percent(coverage)} of the readings in the second half.`,
    tried: `RMSE${inUnit(series)} of such forecasts from ${whole(starts)} starting points in the test part, and of baselines`,
    verdict: verdictOf(ahead, series.rhythm.step),
  };
}

/** Where the forecaster is the best, and from where on it is not. */
function verdictOf({ rmse, baselines }: Ahead, step: number): string {
  const bestAt = (n: number) => baselines.reduce((a, b) => (b.rmse[n]! < a.rmse[n]! ? b : a));
  const won = [...rmse.keys()].filter((n) => rmse[n]! < bestAt(n).rmse[n]!);
  const lost = rmse.length - won.length;
  if (lost === 0) return 'The forecaster is better than these baselines at every step.';
  const times = `at ${whole(lost)} of ${whole(rmse.length)} steps`;
  // From `tail` on, it is never better.
  const tail = (won.at(-1) ?? -1) + 1;
  if (tail === rmse.length) return `A baseline is better ${times}.`;
  if (tail === 0)
    return `A baseline is better at every step; at the last one it is ${bestAt(lost - 1).name}.`;
  const { name } = bestAt(rmse.length - 1);
  const from = `from step ${whole(tail + 1)} on, ${durationText((tail + 1) * step)} ahead`;
  return `A baseline is better ${times}, and always ${from}; at the last one it is ${name}.`;
}

/** What `--forecast-file` writes: a line for each step, in the unit of the readings. */
export function aheadText(results: AheadResults, format: LineFormat): string {
  const rows = stepsOf(results).map(({ time, forecast, low, high, rmseUnscaled: rmse }) => {
    return { time, forecast, low, high, rmse };
  });
  const lines =
    format === 'jsonl'
      ? rows.map((row) => JSON.stringify(row))
      : [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))].map((row) => row.join('\t'));
  return lines.map((line) => `${line}\n`).join('');
}

/** For `--json`. Forecasts are in the unit of the readings; errors are scaled, as the others. */
export function aheadJson(results: AheadResults): object {
  const { starts, coverage, forecast } = results.ahead;
  return {
    horizon: forecast.length,
    startingPoints: starts,
    levels: LEVELS,
    coverage,
    steps: stepsOf(results),
  };
}

function stepsOf({ series, scaled: { toUnit, range }, ahead }: AheadResults) {
  const { forecast, low, high, rmse, baselines } = ahead;
  return Array.from(forecast, (value, n) => ({
    step: n + 1,
    time: timeText(timeOf(series, series.readings.length + n)),
    forecast: toUnit(value),
    low: toUnit(low[n]!),
    high: toUnit(high[n]!),
    rmse: rmse[n]!,
    rmseUnscaled: rmse[n]! * range,
    ...Object.fromEntries(baselines.map(({ key, rmse }) => [`baseline${key}`, rmse[n]!])),
  }));
}

/** As in the charts of one step ahead. */
const COLORS = { reading: 0, forecaster: 1, LastWeek: 2, Yesterday: 3, LastReading: 4 } as const;

/** The section of the page. */
export function aheadSection(results: AheadResults): Section {
  const { series, scaled, ahead } = results;
  const { forecast, low, high, rmse, baselines } = ahead;
  const end = series.readings.length;
  const time = (n: number) => new Date(timeOf(series, n));
  const shown = Math.min(end, Math.max(2 * series.rhythm.day, forecast.length));
  const before = Array.from({ length: shown }, (_, n) => end - shown + n);
  const after = [...forecast.keys()];
  const errors = [
    { name: 'forecaster', color: COLORS.forecaster, rmse },
    ...baselines.map((one) => ({ ...one, color: COLORS[one.key] })),
  ];
  const { heading, coverage, tried, verdict } = linesOf(results);
  return {
    heading,
    text: `${coverage} ${verdict}`,
    content: [
      {
        kind: 'lineChart',
        title: 'Forecast after the last reading',
        ...{ x: 'time', y: axisOf(series) },
        series: [
          {
            name: `forecast, ${LOW} to ${HIGH}`,
            color: COLORS.forecaster,
            points: after.map((n) => [time(end + n), scaled.toUnit(forecast[n]!)]),
            band: after.map((n) => [scaled.toUnit(low[n]!), scaled.toUnit(high[n]!)]),
          },
          {
            name: 'reading',
            color: COLORS.reading,
            points: before.map((n) => [time(n), series.readings[n]!]),
          },
        ],
      },
      {
        kind: 'lineChart',
        title: 'Error by step',
        ...{ x: 'steps ahead', y: `RMSE${inUnit(series)}` },
        series: errors.map(({ name, color, rmse }, n) => ({
          ...{ name, color },
          points: Array.from(rmse, (error, step) => [step + 1, error * scaled.range] as const),
          dashed: n > 0,
        })),
      },
      { kind: 'table', ...forecastRows(results) },
      { kind: 'table', title: tried, ...errorRows(results) },
    ],
  };
}
