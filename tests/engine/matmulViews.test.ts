/** The product of views: transposed, reversed, repeated, every second entry. */
import { describe, expect, it } from '@jest/globals';
import ndarray from 'ndarray';
import { transpose } from '../../engine/tensor.js';
import { entries, expectClose, implementations, randomNumbers, SEED, window } from './products.js';

describe.each(implementations)('matmul(out, a, b) of $name', (kernels) => {
  it('writes into a transposed out', () => {
    const random = randomNumbers(SEED);
    const a = window(kernels, [9, 12], 1, 1, NaN, random).view;
    const b = window(kernels, [12, 21], 1, 1, NaN, random).view;
    const out = kernels.zeros(9, 21);
    const turned = kernels.zeros(21, 9);
    kernels.matmul(out, a, b);
    kernels.matmul(transpose(turned), a, b);
    expect(entries(transpose(turned))).toEqual(entries(out));
  });

  it('reads any strides: reversed, repeated, every second entry', () => {
    const random = randomNumbers(SEED);
    const a = window(kernels, [20, 24], 0, 0, NaN, random).view.step(-2, 2);
    const b = window(kernels, [24, 40], 0, 0, NaN, random).view.step(-2, -2);
    const out = kernels.zeros(10, 20);
    kernels.matmul(out, a, b);
    expectClose(
      out,
      a,
      b,
      entries(out).map(() => 0),
    );
  });

  it.each([1, 5, 90])('reads adjacent columns of rows that are reversed or the same, %d rows of a', (M) => {
    const random = randomNumbers(SEED);
    const a = window(kernels, [M, 24], 0, 0, NaN, random).view;
    const stored = window(kernels, [24, 40], 0, 0, NaN, random).view;
    const same = ndarray(stored.data, stored.shape, [0, 1], stored.offset);
    for (const left of [a, a.step(1, -1)]) {
      for (const b of [stored.step(-1, 1), same]) {
        const out = kernels.zeros(M, 40);
        kernels.matmul(out, left, b);
        expectClose(
          out,
          left,
          b,
          entries(out).map(() => 0),
        );
      }
    }
  });
});
