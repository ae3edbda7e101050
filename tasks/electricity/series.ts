/** The load that the models learn from, and the same scaled: a file's, or a made-up one. */
import { encodeNpy, QUARTER, syntheticLoad } from '../../datasets/index.js';
import { createRandom, InputError } from '../../models/index.js';
import { sha256 } from '../common/files.js';
import { WEEK } from './clock.js';
import { readSeriesFile } from './seriesFile.js';

/** What is said of a series. */
export interface SeriesRecord {
  /** Where it came from. */
  source: string;
  /** Whether it was made up. */
  synthetic: boolean;
  /** Of the file, or of the text in the zip; of the made-up readings as a .npy file. */
  sha256: string;
  /** The client's name, where the file has names. */
  client: string | null;
  count: number;
  /** kW */
  least: number;
  most: number;
  /** When the first reading was taken, `2011-01-01 00:15`. */
  start: string;
}

export interface Series {
  readonly record: SeriesRecord;
  /** Mean loads in kW, one for each quarter of an hour. */
  readonly readings: Float64Array;
  /** When the first was taken, in milliseconds as of `Date.UTC`. */
  readonly start: number;
}

/** The chapter's client: column 250, counted from 0, which is MT_251. */
const CHAPTER_CLIENT = '250';

/** The original begins then. A .npy file and the made-up load tell no time, and are taken to begin with it. */
const START = Date.UTC(2011, 0, 1, 0, 15);

/** Four weeks: their last 30% are the week that is drawn, and before them is more than the week that features look back. */
const FEWEST = 4 * WEEK;

/**
 * Reads a series of readings.
 * @param path LD2011_2014.txt, the zip with it, or a .npy file; null for the made-up load
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

/** The same in every run. */
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

/** @returns the least and the most of them */
function requireUsable(readings: Float64Array, source: string): [least: number, most: number] {
  const bad = readings.findIndex((reading) => !Number.isFinite(reading));
  if (bad >= 0) throw new InputError(`${source}: reading ${bad + 1} is ${readings[bad]}, which is no load`);
  if (readings.length < FEWEST) {
    throw new InputError(
      `${source} is too short: ${readings.length} readings, and four weeks are needed, ${FEWEST}`,
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

/** When reading n was taken, in milliseconds as of `Date.UTC`. */
export const timeOf = ({ start }: Pick<Series, 'start'>, n: number): number => start + n * QUARTER;

/** `2011-01-01 00:15` */
export function timeText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** Readings between 0 and 1, as the chapter has them. */
export interface Scaled {
  readonly values: Float64Array;
  /** kW from 0 to 1: errors in kW are errors here times this. */
  readonly range: number;
  /** A scaled value in kW. */
  readonly toKilowatts: (value: number) => number;
}

/**
 * Scales so that `least` becomes 0 and `most` 1. The chapter takes them from the whole series, the test part included.
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

/** The chapter's split in time: the first 70% to learn from, the rest to be tried on. */
export const splitOf = (values: Float64Array): number => Math.trunc(0.7 * values.length);
