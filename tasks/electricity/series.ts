/** The load, from a file or synthetic, and its scaling. */
import { encodeNpy, QUARTER, syntheticLoad, type Series as Table } from '../../datasets/index.js';
import { createRandom, InputError } from '../../models/index.js';
import { sha256, sourceName } from '../common/files.js';
import { everyText, rhythmOf, type Rhythm } from './clock.js';
import { countedOf } from './counted.js';
import { firstPredicted } from './features.js';
import { readSeriesFile, withoutTimes } from './seriesFile.js';
import { blockOf } from './streams.js';

/** Facts about a series. */
export interface SeriesRecord extends Pick<Table, 'missing' | 'gaps' | 'longest' | 'shared'> {
  /** Its origin. */
  source: string;
  /** Whether it is synthetic. */
  synthetic: boolean;
  /** Of the file, or of the text in the zip; for synthetic readings, of their .npy file. */
  sha256: string;
  /** The column's name, if the file has columns. */
  column: string | null;
  /** What the file turned out to be; null: it was made up. */
  form: string | null;
  count: number;
  /** The unit of the readings after a space, ` kW`; empty: not known. */
  unit: string;
  least: number;
  most: number;
  /** The time of the first reading, `2011-01-01 00:15`. */
  start: string;
  /** From one reading to the next, in milliseconds. */
  step: number;
}

export interface Series {
  readonly record: SeriesRecord;
  /** At equal distances, none missing. */
  readonly readings: Float64Array;
  /** 1 for readings that were missing and are filled with straight lines, 0 for others. */
  readonly filled: Uint8Array;
  readonly rhythm: Rhythm;
  /** The time of the first reading, in milliseconds as of `Date.UTC`. */
  readonly start: number;
}

/** The start of LD2011_2014.txt, also assumed for readings without times. */
const START = Date.UTC(2011, 0, 1, 0, 15);

/**
 * Reads a series of readings.
 * @param path a table or an array; null for the synthetic load; `-`: standard input
 * @param column its name, or its number among the columns of numbers, 0 for the first; null: the only one, or the
 *               chapter's client
 * @throws InputError or DataError when the file cannot be read, or no model can learn from it
 */
export async function readSeries(path: string | null, column: string | null): Promise<Series> {
  if (path === null && column !== null)
    throw new InputError(
      'the synthetic load has no columns: leave --column out, or give a table with --data',
    );
  const { source, synthetic, sha256, file } = path === null ? madeUp() : await fromFile(path, column);
  const { readings, filled, start, step } = file;
  const rhythm = rhythmOf(step ?? QUARTER);
  if (!rhythm) {
    const every = everyText(step!);
    throw new InputError(`${source}: one reading every ${every}; the program needs steps that divide a day`);
  }
  const name = file.column === null ? source : `${source}, column ${file.column}`;
  const [least, most] = requireUsable(file, rhythm, name);
  const from = start ?? START;
  const { missing, gaps, longest, shared, form, unit } = file;
  const facts = { count: readings.length, least, most, unit, start: timeText(from), step: rhythm.step };
  const record = {
    source,
    synthetic,
    sha256,
    column: file.column,
    form,
    ...facts,
    missing,
    gaps,
    longest,
    shared,
  };
  return { readings, filled, start: from, rhythm, record };
}

async function fromFile(path: string, column: string | null) {
  const { sha256, ...file } = await readSeriesFile(path, column);
  return { source: sourceName(path), synthetic: false, sha256, file };
}

/** Synthetic, and the same in every run. */
function madeUp() {
  const readings = syntheticLoad(createRandom(0, 'load'));
  return {
    source: 'a synthetic load, made up by this program (a real one: --data FILE)',
    synthetic: true,
    sha256: sha256(encodeNpy(readings)),
    file: { ...withoutTimes(readings, ''), form: null },
  };
}

/** @returns the minimum and the maximum */
function requireUsable(
  { readings, filled }: Pick<Series, 'readings' | 'filled'>,
  rhythm: Rhythm,
  source: string,
): [least: number, most: number] {
  const bad = readings.findIndex((reading) => !Number.isFinite(reading));
  if (bad >= 0)
    throw new InputError(`${source}: reading ${bad + 1} is ${readings[bad]}, which is not a load`);
  // The last 30% cover the week in the chart, the rest the week that the features need and a block to train on.
  const weeks = 4 * rhythm.week;
  const fewest = Math.max(weeks, Math.ceil((firstPredicted(rhythm) + rhythm.day + blockOf(rhythm)) / 0.7));
  if (readings.length < fewest) {
    const least = fewest === weeks ? `four weeks (${fewest})` : `${fewest}`;
    throw new InputError(`${source} is too short: ${readings.length} readings; at least ${least} are needed`);
  }
  const split = splitOf(readings);
  const counted = countedOf(filled, 1);
  if ([counted.subarray(0, split), counted.subarray(split)].some((part) => !part.includes(1)))
    throw new InputError(`${source}: too many readings are missing; all of the training or of the test part`);
  const least = readings.reduce((a, b) => Math.min(a, b));
  const most = readings.reduce((a, b) => Math.max(a, b));
  if (least === most)
    throw new InputError(`${source}: every reading is ${least}, and there is nothing to learn; give others`);
  if (most - least === Infinity) {
    throw new InputError(
      `${source}: readings from ${least} to ${most} are too far apart to be scaled to (0, 1)`,
    );
  }
  return [least, most];
}

/** The time of reading n, in milliseconds as of `Date.UTC`. */
export const timeOf = ({ start, rhythm }: Pick<Series, 'start' | 'rhythm'>, n: number): number =>
  start + n * rhythm.step;

/** @throws InputError when a forecaster was trained on readings at other distances */
export function requireSameStep(
  { record }: Series,
  { step = QUARTER }: Partial<SeriesRecord>,
  path: string,
): void {
  if (record.step === step) return;
  const [here, there] = [record.step, step].map(everyText);
  throw new InputError(
    `${path} was trained on one reading every ${there}, and ${record.source} has one every ${here}: train on it`,
  );
}

/** `2011-01-01 00:15` */
export function timeText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** Readings scaled to 0 to 1, as in the chapter. */
export interface Scaled {
  readonly values: Float64Array;
  /** The factor from scaled errors to errors in the unit of the readings. */
  readonly range: number;
  /** A scaled value in the unit of the readings. */
  readonly toUnit: (value: number) => number;
}

/**
 * Scales `least` to 0 and `most` to 1. The chapter takes them from the whole series, including the test part.
 * (scikit-learn: MinMaxScaler.)
 */
export function scale(readings: Float64Array, { least, most }: { least: number; most: number }): Scaled {
  const range = most - least;
  return {
    values: readings.map((reading) => (reading - least) / range),
    range,
    toUnit: (value) => least + value * range,
  };
}

/** The chapter's split in time: the first 70% for training, the rest for testing. */
export const splitOf = (values: Float64Array): number => Math.trunc(0.7 * values.length);
