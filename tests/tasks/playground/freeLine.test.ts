import { describe, expect, it } from '@jest/globals';
import { ASCENT, DESCENT, freeLine } from '../../../tasks/playground/page/freeLine.js';

const RANGE = [ASCENT, 100 - DESCENT] as const;

describe('a label', () => {
  it.each<[string, number[][], number]>([
    ['above a flat line', [[50, 50]], 50 - DESCENT],
    ['below a line at the top', [[2, 2]], 2 + ASCENT],
    ['above a line that falls away from it', [[30, 90]], 30 - DESCENT],
    [
      'below its line when another one is above',
      [
        [50, 50],
        [45, 40],
      ],
      50 + ASCENT,
    ],
    [
      'away from both when there is no room between',
      [
        [50, 50],
        [60, 60],
      ],
      50 - DESCENT,
    ],
  ])('is %s', (_, curves, line) => {
    expect(freeLine(curves, RANGE)).toBe(line);
  });

  it('touches no line where there is a place for it', () => {
    for (let first = 0; first <= 100; first += 5)
      for (let second = 0; second <= 100; second += 5) {
        const line = freeLine([[first], [second]], RANGE);
        for (const y of [first, second]) expect(line + DESCENT <= y || line - ASCENT >= y).toBe(true);
      }
  });

  it('is as far from the lines as it can be where they are everywhere', () => {
    expect(freeLine([[0, 100]], RANGE)).toBeGreaterThanOrEqual(ASCENT);
  });
});
