/** The fused loops of the cells against the loops in the cells' files. */
import { describe, expect, it, test } from '@jest/globals';
import { cells, type Cell } from '../../cells/index.js';
import type { Kernels, Loop, Tensor } from '../../engine/index.js';
import { allKernels, float64 } from '../kernels.js';
import { expectClose, matrix } from '../tensors.js';
import { createStep, rowsOf, run, written } from './oneStep.js';

const fast = allKernels.filter(({ name }) => name.startsWith('wasm'));
const heights = [1, 3, 8];
const widths = [1, 2, 3, 4, 5, 7, 8, 13, 16, 33, 128];
/** The cells with twins. Other cells run their own loops. */
const twinned: readonly string[] = Object.keys(cells);

describe.each(fast)('on $name kernels', ({ kernels: k, tolerance }) => {
  describe.each(Object.values<Cell>(cells))('$name', (cell) => {
    it(`has ${twinned.includes(cell.name) ? 'a twin for each of its loops' : 'no twins, or one for each loop'}`, () => {
      const [names, known]: [string[], string[]] = [[], []];
      const loop = <L extends Loop>(name: string, plain: L): L => {
        const twin = k.loop(name, plain);
        names.push(name);
        if (twin !== plain) known.push(name);
        return twin;
      };
      run({ ...k, loop }, cell, createStep(k, cell, 2, 3));
      expect(names.length).toBeGreaterThanOrEqual(2);
      expect(known).toEqual(known.length > 0 || twinned.includes(cell.name) ? names : []);
    });

    test.each(widths)('forward and backward equal the plain loops in float64, H = %i', (H) => {
      const result = (kernels: Kernels, B: number) => {
        const step = createStep(kernels, cell, B, H);
        run(kernels, cell, step);
        return written(step);
      };
      for (const B of heights) {
        const [actual, expected] = [result(k, B), result(float64, B)];
        for (const name in expected) expectClose(actual[name]!, expected[name]!, tolerance);
      }
    });

    test.each(widths)('six rows at once, or two and four, are bit-identical, H = %i', (H) => {
      const [whole, parts] = [createStep(k, cell, 6, H), createStep(k, cell, 6, H)];
      run(k, cell, whole);
      // The later rows first, so that writes beyond the end of the others would show.
      run(k, cell, rowsOf(parts, 2, 6));
      run(k, cell, rowsOf(parts, 0, 2));
      expect(written(parts)).toEqual(written(whole));
    });
  });

  it('rejects tensors that do not fit, have gaps, or belong to other kernels', () => {
    const twin = k.loop<Loop>('rnn.forward', () => {});
    const [a, gaps] = [
      k.zeros(2, 3),
      matrix(
        k,
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        2,
      ),
    ];
    expect(() => twin(a, k.zeros(2, 4))).toThrow('rnn.forward: tensor 1 is [2, 4], not a dense [2, 3]');
    expect(() => twin(a, gaps)).toThrow(RangeError);
    expect(() => twin(gaps, a)).toThrow(RangeError);
    expect(() => twin(a, float64.zeros(2, 3))).toThrow('rnn.forward: a tensor was made by other kernels');
  });

  it('rejects a shared parameter of another width, or a batch of parameters', () => {
    const twin = k.loop<Loop>('lstmPeephole.forward', () => {});
    const states = Array.from({ length: 4 }, () => k.zeros(2, 3));
    const call = (p: Tensor) => () => twin(k.zeros(2, 12), p, ...states);

    expect(call(k.zeros(12))).toThrow('lstmPeephole.forward: tensor 1 is [12], not a dense [9]');
    expect(call(k.zeros(2, 9))).toThrow('lstmPeephole.forward: tensor 1 is [2, 9], not a dense [9]');
    expect(call(k.zeros(9))).not.toThrow();
  });

  it('returns a loop of unknown name unchanged', () => {
    const loop = () => {};
    expect(k.loop('mine.forward', loop)).toBe(loop);
  });
});
