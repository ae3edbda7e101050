import { describe, expect, it } from '@jest/globals';
import {
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  createParameters,
  createRandom,
  zeros,
} from '../../engine/index.js';
import { allKernels } from '../kernels.js';
import { entries, expectClose } from '../tensors.js';

const norm = (x: readonly number[]) => Math.hypot(...x);

describe.each(allKernels)('on kernels.$name', ({ kernels: k, tolerance }) => {
  /** Two tensors: U with the gradient [3 4 / 0 0], of norm 5, and b with [0 12]; their joint norm is 13. */
  function example() {
    const spec = (...shape: number[]) => ({ shape, initialize: zeros });
    const parameters = createParameters(k, { U: spec(2, 2), b: spec(2) }, createRandom(1));
    parameters.gradients.data.set([3, 4, 0, 0, 0, 12]);
    return parameters;
  }

  describe('clipByGlobalNorm(limit)', () => {
    it('scales the gradient of all parameters to the limit and keeps its direction', () => {
      const parameters = example();
      clipByGlobalNorm(6.5)(k, parameters);
      expectClose(entries(parameters.gradients), [1.5, 2, 0, 0, 0, 6], tolerance);
    });

    it('does not change a gradient whose norm is within the limit', () => {
      for (const limit of [13, 20]) {
        const parameters = example();
        clipByGlobalNorm(limit)(k, parameters);
        expect(entries(parameters.gradients)).toEqual([3, 4, 0, 0, 0, 12]);
      }
    });

    it('leaves a gradient of 0 at 0', () => {
      const parameters = example();
      k.fill(parameters.gradients, 0);
      clipByGlobalNorm(1)(k, parameters);
      expect(norm(entries(parameters.gradients))).toBe(0);
    });
  });

  describe('clipByNorm(limit)', () => {
    it('scales the gradient of each tensor separately', () => {
      const parameters = example();
      clipByNorm(1)(k, parameters);
      expectClose(entries(parameters.gradients), [0.6, 0.8, 0, 0, 0, 1], tolerance);
    });

    it('does not change tensors whose norm is within the limit', () => {
      const parameters = example();
      clipByNorm(6)(k, parameters);
      expectClose(entries(parameters.gradients), [3, 4, 0, 0, 0, 6], tolerance);
      expect(entries(parameters.list[0]!.gradient)).toEqual([3, 4, 0, 0]);
    });
  });

  describe('clipByValue(limit)', () => {
    it('moves entries into [-limit, limit] and leaves the others unchanged', () => {
      const parameters = example();
      parameters.gradients.data[2] = -7;
      clipByValue(3.5)(k, parameters);
      expect(entries(parameters.gradients)).toEqual([3, 3.5, -3.5, 0, 0, 3.5]);
    });
  });

  it.each([clipByGlobalNorm, clipByNorm, clipByValue])('%p changes gradients, never parameters', (clip) => {
    const parameters = example();
    k.fill(parameters.values, 100);
    clip(1)(k, parameters);
    expect(entries(parameters.values)).toEqual(new Array(6).fill(100));
  });
});
