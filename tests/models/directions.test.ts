/**
 * Reading backwards, compared with the reversed sequence; reading both ways, compared with each way alone.
 */
import { describe, expect, it } from '@jest/globals';
import { createRandom, type Kernels } from '../../engine/index.js';
import {
  bidirectional,
  createModel,
  dense,
  features,
  lstm,
  recurrent,
  unroll,
  type Graph,
  type Layer,
  type MergeMode,
} from '../../models/index.js';
import { entries, expectClose, randomize, toRows } from '../tensors.js';
import { cellsOnKernels, gradientsOf, inputRows } from './fixtures.js';

const [B, T, D, H, V] = [4, 5, 3, 4, 6];
const loss = 'softmaxCrossEntropy';

/** For each example, which of its steps are real: padding before, after and within it, and padding only. */
const REAL = ['00111', '11110', '10011', '00000'];
const mask = Array.from({ length: T * B }, (_, m) => Number(REAL[m % B]![Math.floor(m / B)]));
const noMask = mask.map(() => 1);

/** The steps of a sequence in reverse order. */
function reversed<R>(rows: readonly R[]): R[] {
  return rows.map((_, m) => rows[(T - 1 - Math.floor(m / B)) * B + (m % B)]!);
}

const input = Array.from({ length: T * B }, (_, m) => inputRows(m, m + 1, D));

interface Setting {
  /** Rows of the input. Default: `input`. */
  x?: number[][];
  /** Default: no padding. */
  real?: number[];
}

/** Unrolls the layers with a mask; models with layers of the same shapes get the same random parameters. */
function graphOf(
  kernels: Kernels,
  layers: readonly Layer[],
  { x = input, real = noMask }: Setting = {},
): Graph {
  const model = createModel({ kernels, input: features(D), layers });
  randomize(model.parameters.values, createRandom(5));
  kernels.scale(model.parameters.values, 0.5);
  const graph = unroll(model, { batch: B, steps: T, loss, mask: true, inputGradient: true });
  graph.input.data.set(x.flat());
  graph.mask!.data.set(real);
  return graph;
}

describe.each(cellsOnKernels)('goBackwards with $title', ({ kernels, cell, tolerance }) => {
  const layer = (goBackwards: boolean, returnSequences = true) =>
    recurrent(cell, { units: H, returnSequences, goBackwards });

  describe.each([
    ['without padding', noMask],
    ['with padding', mask],
  ])('%s', (_, real) => {
    it.each([true, false])(
      'equals reading the reversed input; outputs are in reading order (returnSequences: %s)',
      (returnSequences) => {
        const back = graphOf(kernels, [layer(true, returnSequences), dense(V)], { real });
        const setting = { x: reversed(input), real: reversed(real) };
        const ahead = graphOf(kernels, [layer(false, returnSequences), dense(V)], setting);
        for (const graph of [back, ahead]) graph.labels!.data.forEach((_, n, y) => (y[n] = n % V));
        expectClose(gradientsOf(back), gradientsOf(ahead), tolerance);
        expect(entries(back.output)).toEqual(entries(ahead.output));
        // The loss skips the same steps: for sequences, the padding in reading order.
        expect(back.forward()).toBe(ahead.forward());
        expect(back.weight()).toBe(ahead.weight());
        expectClose(toRows(back.inputGradient!), reversed(toRows(ahead.inputGradient!)), tolerance);
      },
    );

    it('the layer above gets the mask in the order of its input', () => {
      const back = graphOf(kernels, [layer(true), layer(false)], { real });
      const ahead = graphOf(kernels, [layer(false), layer(false)], {
        x: reversed(input),
        real: reversed(real),
      });
      gradientsOf(back);
      gradientsOf(ahead);
      expect(entries(back.output)).toEqual(entries(ahead.output));
    });
  });

  it('ends in the state after the first step of the input', () => {
    const graph = graphOf(kernels, [layer(true, false)]);
    graph.forward();
    expect(entries(graph.states[cell.name]!.h!.final)).toEqual(entries(graph.output));
  });
});

type Merge = (h: number, g: number) => number;
const merges: Record<Exclude<MergeMode, 'concat'>, Merge> = {
  sum: (h, g) => h + g,
  ave: (h, g) => (h + g) / 2,
  mul: (h, g) => h * g,
};
const modes = ['concat', 'sum', 'ave', 'mul'] as const;

/** Merges the rows h of the forward direction and g of the backward one, both in the order of the input. */
function merged(mode: MergeMode, h: number[][], g: number[][]): number[][] {
  return h.map((row, m) =>
    mode === 'concat' ? [...row, ...g[m]!] : row.map((one, n) => merges[mode](one, g[m]![n]!)),
  );
}

describe.each(cellsOnKernels)('bidirectional with $title', ({ kernels, cell, tolerance }) => {
  describe.each(modes)('mergeMode %s', (mergeMode) => {
    it.each<[string, boolean, number[]]>([
      ['all states', true, noMask],
      ['last states', false, noMask],
      ['all states, padding, where the outputs are 0', true, mask],
      ['last states, padding', false, mask],
    ])('merges what both directions give alone: %s', (_, returnSequences, real) => {
      const options = { units: H, returnSequences };
      const both = graphOf(kernels, [bidirectional(cell, { ...options, mergeMode })], { real });
      both.forward();
      const [h, g] = ['forward', 'backward'].map((part) => {
        const goBackwards = part === 'backward';
        const graph = graphOf(kernels, [recurrent(cell, { ...options, goBackwards })], { real });
        const theirs = both.model.parameters.list.filter(({ name }) => name.includes(`.${part}.`));
        graph.model.parameters.list.forEach(({ value }, n) => kernels.copy(value, theirs[n]!.value));
        graph.forward();
        const rows = toRows(graph.output);
        return goBackwards && returnSequences ? reversed(rows) : rows;
      }) as [number[][], number[][]];
      const expected = merged(mergeMode, h, g).map((row, m) =>
        returnSequences && !real[m] ? row.map(() => 0) : row,
      );
      expectClose(toRows(both.output), expected, tolerance);
    });
  });

  it('a mask of 1s changes no bit', () => {
    const layers = () => [bidirectional(cell, { units: H, returnSequences: true }), dense(V)];
    const masked = graphOf(kernels, layers());
    const plain = unroll(masked.model, { batch: B, steps: T, loss });
    plain.input.data.set(entries(masked.input));
    expect(gradientsOf(plain)).toEqual(gradientsOf(masked));
    expect(entries(plain.output)).toEqual(entries(masked.output));
  });
});

it('refuses an unknown mergeMode', () => {
  const mergeMode = 'max' as MergeMode;
  expect(() => bidirectional(lstm, { units: H, mergeMode })).toThrow(
    new RangeError('bidirectional: mergeMode must be one of concat, sum, ave, mul, not "max"'),
  );
});
