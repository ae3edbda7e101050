/**
 * A synthetic load, for use without the data set: its length, resolution and patterns are those of a real
 * client in LD2011_2014.txt, but it contains no real data.
 */
import { requireThat, requireWhole } from './checks.js';

/** Readings per day, one every quarter of an hour. */
const DAY = 96;

/** As in LD2011_2014.txt: 2011 to 2014, with one leap year. */
const DAYS = 1461;

/** kW at night, on average. */
const BASE = 45;
/** kW that a working day adds at its peak. */
const BUSY = 60;
/** The fraction of it on Saturdays and on Sundays. The first day is a Saturday. */
const WEEKEND = [0.6, 0.35];
/** The resolution of the meter, in kW. */
const STEP = 0.5;

/** A source of random numbers. */
export interface Normal {
  /** Mean 0, standard deviation 1. */
  normal(): number;
}

/**
 * Mean loads in kW for each quarter of an hour from 1 January 2011: daily and weekly patterns, seasons,
 * weather that lasts for days, people who come and go within the hour, and a meter with discrete steps.
 * @param random draws from the standard normal distribution; determines the series
 * @param days   how many days of 96 readings. Default 1461, the four years of LD2011_2014.txt
 * @throws TypeError when random draws no numbers; RangeError when the days are no whole number
 */
export function syntheticLoad(random: Normal, days = DAYS): Float64Array {
  const isRandom = typeof (random as Partial<Normal> | null | undefined)?.normal === 'function';
  requireThat('syntheticLoad', isRandom, 'random must draw normal() numbers', random);
  requireWhole('syntheticLoad', 'days', days);
  const readings = new Float64Array(days * DAY);
  const weather = persistent(random, 2 * DAY);
  const people = persistent(random, 4);
  for (let n = 0; n < readings.length; n++) {
    const day = Math.floor(n / DAY);
    const hour = (n % DAY) / 4;
    const season = 1 + 0.12 * Math.cos((2 * Math.PI * (day - 20)) / 365.25);
    const busy = BUSY * (WEEKEND[day % 7] ?? 1) * activity(hour);
    const usual = (BASE + busy) * season * (1 + 0.06 * weather());
    const load = usual * (1 + 0.06 * people()) + 2 * random.normal();
    readings[n] = Math.max(0, Math.round(load / STEP) * STEP);
  }
  return readings;
}

/** Activity at an hour of the day, 0 to about 1: one peak before noon, another in the evening. */
function activity(hour: number): number {
  const peak = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2));
  return peak(11, 3.5) + 0.9 * peak(19, 2.5);
}

/** First-order autoregressive noise of mean 0 and variance 1, correlated over about `steps` steps. */
function persistent(random: Normal, steps: number): () => number {
  const kept = Math.exp(-1 / steps);
  let value = random.normal();
  return () => (value = kept * value + Math.sqrt(1 - kept * kept) * random.normal());
}
