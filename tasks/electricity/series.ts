/** The load, from a file or synthetic, and its scaling. */
import { encodeNpy, QUARTER, syntheticLoad } from '../../datasets/index.js';
import { createRandom, InputError } from '../../models/index.js';
import { sha256 } from '../common/files.js';
import { WEEK } from './clock.js';
import { readSeriesFile } from './seriesFile.js';

/** Facts about a series. */
export interface SeriesRecord {
  /** Its origin. */
  source: string;
  /** Whether it is synthetic. */
  synthetic: boolean;
  /** Of the file, or of the text in the zip; for synthetic readings, of their .npy file. */
  sha256: string;
  /** The client's name, if the file has names. */
  client: string | null;
  count: number;
  /** kW */
  least: number;
  most: number;
  /** The time of the first reading, `2011-01-01 00:15`. */
  start: string;
}

export interface Series {
  readonly record: SeriesRecord;
  /** Mean loads in kW, one per quarter of an hour. */
  readonly readings: Float64Array;
  /** The time of the first reading, in milliseconds as of `Date.UTC`. */
  readonly start: number;
}

/** The chapter's client: column 250, counted from 0, which is MT_251. */
const CHAPTER_CLIENT = '250';

/** The start of LD2011_2014.txt, also assumed for .npy files and the synthetic load, which have no times. */
const START = Date.UTC(2011, 0, 1, 0, 15);

/** Four weeks: the last 30% cover the week in the chart, the rest the week that the features need. */
const FEWEST = 4 * WEEK;

/**
 * Reads a series of readings.
 * @param path LD2011_2014.txt, the zip with it, or a .npy file; null for the synthetic load
 * @param client of LD2011_2014.txt: its name, or its column counted from 0; null for the chapter's
 * @throws InputError or DataError when the file cannot be read, or no model can learn from it
 */
export async function readSeries(path: string | null, client: string | null): Promise<Series> {
  const { source, readings, load, ...origin } =
    path === null
      ? madeUp()
      : { source: path, synthetic: false, ...(await readSeriesFile(path, client ?? CHAPTER_CLIENT)) };
  if (client !== null && !load) {
    throw new InputError(
      `${source} is the series of one client: leave --client out, or give LD2011_2014.txt with --data`,
    );
  }
  const [least, most] = requireUsable(readings, source);
  const start = load?.start ?? START;
  const record = { source, ...origin, client: load?.client ?? null, count: readings.length, least, most };
  return { readings, start, record: { ...record, start: timeText(start) } };
}

/** Synthetic, and the same in every run. */
function madeUp() {
  const readings = syntheticLoad(createRandom(0, 'load'));
  return {
    source: 'a synthetic load, made up by this program (a real one: --data FILE)',
    synthetic: true,
    load: null,
    readings,
    sha256: sha256(encodeNpy(readings)),
  };
}

/** @returns the minimum and the maximum */
function requireUsable(readings: Float64Array, source: string): [least: number, most: number] {
  const bad = readings.findIndex((reading) => !Number.isFinite(reading));
  if (bad >= 0)
    throw new InputError(`${source}: reading ${bad + 1} is ${readings[bad]}, which is not a load`);
  if (readings.length < FEWEST) {
    throw new InputError(
      `${source} is too short: ${readings.length} readings; at least four weeks (${FEWEST}) are needed`,
    );
  }
  const least = readings.reduce((a, b) => Math.min(a, b));
  const most = readings.reduce((a, b) => Math.max(a, b));
  const range = most - least;
  if (range === 0 || range === Infinity) {
    throw new InputError(`${source}: readings from ${least} to ${most} cannot be scaled to (0, 1)`);
  }
  return [least, most];
}

/** The time of reading n, in milliseconds as of `Date.UTC`. */
export const timeOf = ({ start }: Pick<Series, 'start'>, n: number): number => start + n * QUARTER;

/** `2011-01-01 00:15` */
export function timeText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** Readings scaled to 0 to 1, as in the chapter. */
export interface Scaled {
  readonly values: Float64Array;
  /** The kW between 0 and 1: the factor from scaled errors to errors in kW. */
  readonly range: number;
  /** A scaled value in kW. */
  readonly toKilowatts: (value: number) => number;
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
    toKilowatts: (value) => least + value * range,
  };
}

/** The chapter's split in time: the first 70% for training, the rest for testing. */
export const splitOf = (values: Float64Array): number => Math.trunc(0.7 * values.length);
