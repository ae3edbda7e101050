/**
 * Learning-rate schedules: where they begin and end, and what they refuse. ../parity/updates.test.ts compares
 * them with those of other libraries.
 */
import { describe, expect, it, test } from '@jest/globals';
import {
  cosine,
  exponential,
  linear,
  piecewise,
  rateAt,
  schedules,
  warmup,
  type Rate,
  type Schedule,
} from '../../engine/index.js';
import { expectClose } from '../tensors.js';

type Name = keyof typeof schedules;
type OptionsOf = { [N in Name]: Parameters<(typeof schedules)[N]>[0] };

/** For each schedule, options with which its first rate is 0.1. */
const options: OptionsOf = {
  linear: { from: 0.1, steps: 10 },
  exponential: { from: 0.1, factor: 0.5, steps: 10 },
  cosine: { from: 0.1, to: 0.02, steps: 10 },
  piecewise: { rates: [0.1, 0.2, linear({ from: 0.3, steps: 5 })], milestones: [3, 7] },
  warmup: { from: 0.1, steps: 4, then: cosine({ from: 0.2, steps: 10 }) },
};
const names = Object.keys(schedules) as Name[];
const create = (name: Name, changes: object = {}) =>
  (schedules[name] as (given: object) => Schedule)({ ...options[name], ...changes });
const ratesOf = (rate: Rate, count: number) => Array.from({ length: count }, (_, n) => rateAt(rate, n + 1));

test.each(names)('%s begins at its rate, and depends on nothing but the step', (name) => {
  const steps = Array.from({ length: 30 }, (_, n) => n + 1);
  const rates = ratesOf(create(name), 30);
  expect(rates[0]).toBe(0.1);
  expect(steps.reverse().map(create(name)).reverse()).toEqual(rates);
});

describe('the rates of', () => {
  it.each([
    ['linear', linear({ from: 1, to: 0.5, steps: 5 }), [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.5, 0.5]],
    ['exponential', exponential({ from: 8, factor: 0.25, steps: 2 }), [8, 4, 2, 1, 0.5]],
    [
      'exponential, staircase',
      exponential({ from: 8, factor: 0.25, steps: 2, staircase: true }),
      [8, 8, 2, 2, 0.5],
    ],
    ['cosine', cosine({ from: 3, to: 1, steps: 4 }), [3, 2 + Math.SQRT1_2, 2, 2 - Math.SQRT1_2, 1, 1]],
    ['piecewise', piecewise({ rates: [1, 3, 2], milestones: [2, 3] }), [1, 1, 3, 2, 2]],
    [
      'piecewise, each from its first step',
      piecewise({ rates: [linear({ from: 4, steps: 2 }), linear({ from: 9, steps: 3 })], milestones: [2] }),
      [4, 2, 9, 6, 3, 0],
    ],
    ['warmup', warmup({ steps: 4, then: 1 }), [0, 0.25, 0.5, 0.75, 1, 1]],
    [
      'warmup, then linear',
      warmup({ from: 1, steps: 2, then: linear({ from: 3, steps: 3 }) }),
      [1, 2, 3, 2, 1, 0],
    ],
  ] as const)('%s', (_, rate, expected) => {
    expectClose(ratesOf(rate, expected.length), expected, 1e-12);
  });
});

describe('bad options', () => {
  const numbers = names.flatMap((name) =>
    Object.entries(options[name])
      .filter(([, value]) => typeof value === 'number')
      .flatMap(([option]) => [NaN, Infinity, -1, '0.1', null].map((value) => ({ name, option, value }))),
  );

  it.each(numbers)('$name: $option: $value is refused', ({ name, option, value }) => {
    const call = () => create(name, { [option]: value });
    expect(call).toThrow(RangeError);
    expect(call).toThrow(`${name}: ${option} must be`);
  });

  it.each(names)('%s has no option "rate", and needs its options', (name) => {
    expect(() => create(name, { rate: 1 })).toThrow(`${name} has no option "rate"; its options are`);
    expect(() => (schedules[name] as (given?: unknown) => unknown)()).toThrow(
      new RegExp(`^${name} takes an object of options \\(.*\\), not undefined$`),
    );
    expect(() => (schedules[name] as (given: object) => unknown)({})).toThrow(
      /: the option ".*" is missing$/,
    );
  });

  it.each<[Name, object, string]>([
    ['linear', { steps: 0 }, 'linear: steps must be above 0, not 0'],
    ['exponential', { factor: 0 }, 'exponential: factor must be above 0, not 0'],
    ['exponential', { staircase: 1 }, 'exponential: staircase must be one of false, true, not 1'],
    ['cosine', { steps: 0 }, 'cosine: steps must be above 0, not 0'],
    ['warmup', { steps: 1.5 }, 'warmup: steps must be a whole number of at least 1, not 1.5'],
    ['warmup', { then: -1 }, 'warmup: then must be at least 0, not -1'],
    ['warmup', { then: () => NaN }, 'the learning rate of step 1 must be at least 0, not NaN'],
    ['piecewise', { rates: 1 }, 'piecewise: rates must be an array, not 1'],
    ['piecewise', { rates: [1, -1, 1] }, 'piecewise: rates[1] must be at least 0, not -1'],
    ['piecewise', { milestones: {} }, 'piecewise: milestones must be an array, not an object'],
    ['piecewise', { milestones: [3] }, 'piecewise: 3 rates need 2 milestones, not 1'],
    [
      'piecewise',
      { milestones: [3, 3] },
      'piecewise: milestones[1] must be a whole number of at least 4, not 3',
    ],
  ])('%s with %j is refused', (name, changes, message) => {
    expect(() => create(name, changes)).toThrow(message);
  });
});

test.each([0, 1.5, NaN, '1', undefined])('there is no rate at step %p', (step) => {
  expect(() => rateAt(0.1, step as number)).toThrow(
    'rateAt: step must be a whole number of at least 1, not ',
  );
});

test.each([NaN, Infinity, -0.1, '0.1', undefined, Promise.resolve(1)])(
  'a schedule that returns %p is told with its step',
  (value) => {
    const rate = piecewise({ rates: [0.1, () => value as number], milestones: [6] });
    expect(rateAt(rate, 6)).toBe(0.1);
    expect(() => rateAt(rate, 7)).toThrow(/^the learning rate of step 7 must be at least 0, not /);
  },
);
