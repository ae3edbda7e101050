import { describe, expect, it } from '@jest/globals';
import { syntheticLoad } from '../../datasets/index.js';
import { createRandom } from '../../engine/index.js';

const load = (seed: number, days?: number) => syntheticLoad(createRandom(seed, 'load'), days);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('syntheticLoad(random)', () => {
  const readings = load(0);
  const of = (hour: number, weekday: (day: number) => boolean) =>
    mean(
      [...readings].filter((_, n) => Math.floor((n % 96) / 4) === hour && weekday(Math.floor(n / 96) % 7)),
    );
  const always = () => true;

  it('has the length of the original: four years, every quarter of an hour', () => {
    expect(readings).toHaveLength(140_256);
  });

  it('is determined by its random numbers', () => {
    expect(load(1, 3)).toEqual(load(1, 3));
    expect(load(2, 3)).not.toEqual(load(1, 3));
  });

  it('has steps of half a kilowatt, and is never below 0', () => {
    expect(readings.every((reading) => reading >= 0 && Number.isInteger(reading * 2))).toBe(true);
  });

  it('has days and weekends; the first day is a Saturday', () => {
    expect(of(11, always)).toBeGreaterThan(1.5 * of(3, always));
    expect(of(11, (day) => day > 1)).toBeGreaterThan(1.2 * of(11, (day) => day < 2));
  });

  it('has seasons', () => {
    const january = mean([...readings.subarray(0, 31 * 96)]);
    const july = mean([...readings.subarray(181 * 96, 212 * 96)]);
    expect(january).toBeGreaterThan(1.1 * july);
  });
});
