/** The readings after the last one, as `--horizon` asks for, and how far off such forecasts are at each step. */
import { InputError, type Model } from '../../models/index.js';
import { forecastAhead, type Known } from './ahead.js';
import { clockOf, type Rhythm } from './clock.js';
import { splitOf, type Series } from './series.js';

/** About as many forecasts are tried. */
const TRIED = 512;

/** Between these quantiles of the errors, a forecast has its interval. */
export const LEVELS = [0.1, 0.9] as const;

/** Forecasts without a network: the latest known reading that stands at the same place of its period. */
const BASELINES = [
  { key: 'LastReading', name: 'last reading', period: () => 1 },
  { key: 'Yesterday', name: 'same time yesterday', period: ({ day }: Rhythm) => day },
  { key: 'LastWeek', name: 'same time last week', period: ({ week }: Rhythm) => week },
] as const;

interface BaselineErrors {
  readonly key: (typeof BASELINES)[number]['key'];
  readonly name: string;
  readonly rmse: Float64Array;
}

/** Scaled; an array has a number for each step. */
export interface Ahead {
  /** Of the readings after the last one. */
  readonly forecast: Float64Array;
  /** The interval that is to contain the reading four times out of five. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The root mean squared error of forecasts from starting points in the test part. */
  readonly rmse: Float64Array;
  /** The same of baselines. */
  readonly baselines: readonly BaselineErrors[];
  /** How many starting points. */
  readonly starts: number;
  /** The share of readings in the second half of the test part that lie within the quantiles of the first. */
  readonly coverage: number;
}

/** @throws InputError when too few forecasts so far ahead could be tried on the test part */
export function requireHorizon({ readings, filled, rhythm, record }: Series, horizon: number): void {
  const most = Math.floor((readings.length - splitOf(readings)) / 4);
  const tooFar = `--horizon ${horizon} is too far for ${record.source}`;
  if (horizon > most)
    throw new InputError(
      `${tooFar}: at most ${most}, a quarter of the test part, on which forecasts are tried`,
    );
  // Each step has an error in both halves.
  const starts = startsOf(readings, filled, rhythm, horizon);
  const { endsBefore, isAfter } = halvesOf(readings, horizon);
  const isTried = (pick: (start: number) => boolean) =>
    Array.from({ length: horizon }).every((_, step) =>
      starts.some((start) => pick(start) && !filled[start + step]),
    );
  if (isTried(endsBefore) && isTried(isAfter)) return;
  const why = 'too many readings of the test part are missing, on which forecasts are tried';
  throw new InputError(`${tooFar}: ${why}; give fewer steps, or leave it out`);
}

/**
 * Forecasts the readings after the last one, and tries such forecasts from starting points all over the test
 * part.
 * @param filled 1 for readings that are filled in: nothing is compared with them, or starts right after one
 */
export async function lookAhead(
  model: Model,
  known: Known,
  filled: Uint8Array,
  horizon: number,
): Promise<Ahead> {
  const { values, series } = known;
  const starts = startsOf(values, filled, series.rhythm, horizon);
  const tried = await forecastAhead(model, known, starts, horizon);
  const [forecast] = (await forecastAhead(model, known, [values.length], horizon)) as [Float64Array];

  const errorsOf = (forecastOf: (n: number, step: number) => number): Errors =>
    Array.from({ length: horizon }, (_, step) =>
      Float64Array.from(starts, (start, n) =>
        filled[start + step] ? NaN : values[start + step]! - forecastOf(n, step),
      ),
    );
  const errors = errorsOf((n, step) => tried[n]![step]!);
  const rmse = (errors: Errors) => Float64Array.from(errors, rootMeanSquare);
  const hourOf = (n: number) => Math.floor(24 * clockOf(series.rhythm, series.start, n).time);
  const boundsAt = boundsOf(errors, starts, hourOf, () => true);
  const [low, high] = [0, 1].map((side) =>
    forecast.map((value, step) => value + boundsAt(step, values.length + step)[side]!),
  ) as [Float64Array, Float64Array];
  return {
    ...{ forecast, low, high, rmse: rmse(errors) },
    baselines: BASELINES.map(({ key, name, period }) => {
      const lag = period(series.rhythm);
      const back = (step: number) => lag * Math.ceil((step + 1) / lag) - step;
      return { key, name, rmse: rmse(errorsOf((n, step) => values[starts[n]! - back(step)]!)) };
    }),
    starts: starts.length,
    coverage: coverageOf(errors, starts, hourOf, halvesOf(values, horizon)),
  };
}

/** Readings minus forecasts, by step and starting point; NaN where the reading was filled in. */
type Errors = readonly Float64Array[];

/**
 * Starting points at equal distances without a common divisor with a day, so that they fall on all its times;
 * but none right after a filled reading.
 */
function startsOf(values: Float64Array, filled: Uint8Array, { day }: Rhythm, horizon: number): number[] {
  const split = splitOf(values);
  const room = values.length - horizon - split;
  let distance = Math.max(1, Math.floor(room / TRIED));
  while (commonDivisor(distance, day) > 1) distance--;
  const all = Array.from({ length: Math.floor(room / distance) + 1 }, (_, n) => split + n * distance);
  return all.filter((start) => !filled[start - 1]);
}

/** Whether the forecasts from a starting point end in the first half of the test part, or begin in the second. */
function halvesOf(values: Float64Array, horizon: number) {
  const middle = (splitOf(values) + values.length) / 2;
  return {
    endsBefore: (start: number) => start + horizon <= middle,
    isAfter: (start: number) => start >= middle,
  };
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

/**
 * The interval of an error at a step and a reading. Nights are quiet and mornings are not, so the quantiles at
 * each step are those of errors in proportion to the usual one of their hour, scaled by that of the reading's. An
 * hour of which no reading is known has the usual error of all.
 * @param hourOf the hour of the day of a reading
 * @param pick   the starting points whose errors are used
 */
function boundsOf(
  errors: Errors,
  starts: readonly number[],
  hourOf: (n: number) => number,
  pick: (start: number) => boolean,
): (step: number, n: number) => number[] {
  const byHour: number[][] = Array.from({ length: 24 }, () => []);
  const each = errors.map((atStep, step) =>
    Array.from(atStep, (error, n) => ({ error, hour: hourOf(starts[n]! + step) })).filter(
      ({ error }, n) => !Number.isNaN(error) && pick(starts[n]!),
    ),
  );
  for (const { error, hour } of each.flat()) byHour[hour]!.push(error);
  const ofAll = rootMeanSquare(each.flat().map(({ error }) => error));
  const usual = byHour.map((errors) => (errors.length > 0 ? rootMeanSquare(errors) : ofAll));
  const quantiles = each.map((atStep) => {
    const sorted = Float64Array.from(atStep, ({ error, hour }) => error / usual[hour]!).sort();
    return LEVELS.map((level) => quantile(sorted, level));
  });
  return (step, n) => quantiles[step]!.map((quantile) => quantile * usual[hourOf(n)]!);
}

/** The share of errors of the second half within the bounds from those of the first. */
function coverageOf(
  errors: Errors,
  starts: readonly number[],
  hourOf: (n: number) => number,
  { endsBefore, isAfter }: ReturnType<typeof halvesOf>,
): number {
  const boundsAt = boundsOf(errors, starts, hourOf, endsBefore);
  let [within, count] = [0, 0];
  errors.forEach((atStep, step) => {
    atStep.forEach((error, n) => {
      if (Number.isNaN(error) || !isAfter(starts[n]!)) return;
      const [low, high] = boundsAt(step, starts[n]! + step) as [number, number];
      if (error >= low && error <= high) within++;
      count++;
    });
  });
  return within / count;
}

function rootMeanSquare(errors: ArrayLike<number>): number {
  const present = Array.from(errors).filter((error) => !Number.isNaN(error));
  return Math.sqrt(present.reduce((sum, error) => sum + error ** 2, 0) / present.length);
}

/** Between the two nearest of the sorted values in proportion, as NumPy's default. */
function quantile(sorted: Float64Array, level: number): number {
  const place = level * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place % 1);
}
