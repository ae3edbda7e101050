/**
 * Learning rates, steps of optimizers and clipping as in Keras and PyTorch, whose figures are in
 * training/updates.json, written by training/updates.py. What differs, and how, is in docs/numerics.md.
 */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  clipByGlobalNorm,
  cosine,
  createParameters,
  createRandom,
  optimizers,
  rateAt,
  schedules,
  zeros,
  type Kernels,
  type Optimizer,
  type Schedule,
} from '../../models/index.js';
import { allKernels, float64 } from '../kernels.js';
import { entries, expectClose, vector } from '../tensors.js';

/** One of our schedules or optimizers. */
interface Spec {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

interface Updates {
  readonly schedules: readonly { of: string; ours: Spec; rates: number[] }[];
  /** Of a cosine from 0.2 in 6 steps, in PyTorch. */
  readonly rising: number[];
  readonly start: number[];
  readonly gradients: number[][];
  /** `same`: whether ours take the same steps. */
  readonly optimizers: readonly { of: string; ours: Spec; same: boolean; weights: number[] }[];
  readonly clipped: readonly { gradient: number[]; limit: number; clipped: number[] }[];
}

// The JSON file is not compiled, so it is next to the source of this file.
const file = join(process.cwd(), 'tests', 'parity', 'training', 'updates.json');
const theirs = JSON.parse(readFileSync(file, 'utf8')) as Updates;

const isSpec = (value: unknown): value is Spec =>
  typeof value === 'object' && value !== null && 'options' in value;

/** The options, with schedules instead of their specs. */
const made = (options: Spec['options']): object =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, isSpec(value) ? scheduleOf(value) : value]),
  );
const scheduleOf = ({ name, options }: Spec): Schedule =>
  (schedules as unknown as Record<string, (options: object) => Schedule>)[name]!(made(options));
const optimizerOf = ({ name, options }: Spec) =>
  (optimizers as Record<string, (options: object) => Optimizer>)[name]!(made(options));

test.each(theirs.schedules)('the rates of $of', ({ ours, rates }) => {
  const rate = scheduleOf(ours);
  expectClose(
    rates.map((_, n) => rateAt(rate, n + 1)),
    rates,
    1e-8,
  );
});

test('a cosine ends where that of PyTorch begins to rise', () => {
  const rates = theirs.rising.map((_, n) => rateAt(cosine({ from: 0.2, steps: 6 }), n + 1));
  expectClose(rates.slice(0, 7), theirs.rising.slice(0, 7), 1e-9);
  expect(rates.slice(7).every((rate) => rate === 0)).toBe(true);
  expect(theirs.rising[12]).toBeCloseTo(0.2, 9);
});

test('every schedule and every optimizer is compared', () => {
  const compared = (list: readonly { ours: Spec }[]) => new Set(list.map(({ ours }) => ours.name));
  expect(compared(theirs.schedules)).toEqual(new Set(Object.keys(schedules)));
  expect(compared(theirs.optimizers)).toEqual(new Set(Object.keys(optimizers)));
});

/** The largest difference of two movements from the start, relative to theirs, which may be 0. */
function apart(ours: readonly number[], others: readonly number[]): number {
  const moved = others.map((w, n) => Math.abs(w - theirs.start[n]!));
  return Math.max(...others.map((w, n) => Math.abs(ours[n]! - w) / (moved[n]! + 1e-9)));
}

function train(k: Kernels, ours: Spec): number[] {
  const optimizer = optimizerOf(ours);
  const w = vector(k, theirs.start);
  const memory = optimizer.memory.map(() => k.zeros(w.size));
  theirs.gradients.forEach((g, n) => optimizer.update(k, w, vector(k, g), memory, n + 1));
  return entries(w);
}

describe('ten steps', () => {
  const [same, different] = [true, false].map((wanted) =>
    theirs.optimizers.filter(({ same }) => same === wanted),
  );

  test.each(same!)('as $of', ({ ours, weights }) => {
    expect(apart(train(float64, ours), weights)).toBeLessThan(1e-6);
  });

  test.each(different!)('not as $of', ({ ours, weights }) => {
    expect(apart(train(float64, ours), weights)).toBeGreaterThan(0.01);
  });

  describe.each(allKernels)('on $name kernels', ({ kernels }) => {
    test.each(same!)('as $of', ({ ours, weights }) => {
      expectClose(train(kernels, ours), weights, 1e-6);
    });
  });
});

describe.each(allKernels)('clipping on $name kernels', ({ kernels: k }) => {
  // PyTorch: g *= limit / (‖g‖ + 1e-6).
  test.each(theirs.clipped)(
    'to $limit is that of PyTorch but for its 1e-6, which shows in the smallest gradients',
    ({ gradient, limit, clipped }) => {
      const spec = { w: { shape: [gradient.length], initialize: zeros } };
      const parameters = createParameters(k, spec, createRandom(1));
      parameters.gradients.data.set(gradient);
      clipByGlobalNorm(limit)(k, parameters);
      const norm = Math.hypot(...gradient);
      const inUnits = (g: readonly number[]) => g.map((value) => value / limit);
      const shorter = entries(parameters.gradients).map((g) => g * (norm / (norm + 1e-6)));
      expectClose(inUnits(shorter), inUnits(clipped), 1e-6);
    },
  );

  test('of a gradient of 2e-6 to 1e-6 gives PyTorch two thirds of that', () => {
    const { clipped, limit } = theirs.clipped.find(({ limit }) => limit === 1e-6)!;
    expect(Math.hypot(...clipped) / limit).toBeCloseTo(2 / 3, 6);
  });
});
