import { describe, expect, it } from '@jest/globals';
import { columns, rows, sizeOf, tensor, transpose } from '../../engine/index.js';
import { dense } from '../../engine/shapes.js';
import { toRows } from '../tensors.js';

/** 0 1 2 / 3 4 5 */
const counting = () => tensor(Float64Array.from([0, 1, 2, 3, 4, 5]), 2, 3);

describe('tensor(data, ...shape)', () => {
  it('is a row-major view of data, not a copy', () => {
    const data = new Float32Array(6);
    const t = tensor(data, 2, 3);
    t.set(1, 0, 9);
    expect(data[3]).toBe(9);
    expect(t.data).toBe(data);
  });
});

describe('sizeOf(shape)', () => {
  it.each([
    [[], 1],
    [[7], 7],
    [[2, 3, 4], 24],
    [[2, 0], 0],
  ])('of %j is %i', (shape, size) => expect(sizeOf(shape)).toBe(size));
});

describe('transpose(x)', () => {
  it('swaps rows and columns and shares the memory', () => {
    const x = counting();
    const xT = transpose(x);
    expect(toRows(xT)).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    xT.set(2, 0, 9);
    expect(x.get(0, 2)).toBe(9);
  });

  it('is created once per tensor', () => {
    const [x, y] = [counting(), counting()];
    expect(transpose(x)).toBe(transpose(x));
    expect(transpose(x)).not.toBe(transpose(y));
  });
});

describe('columns(x, from, to)', () => {
  it('has these columns and shares the memory', () => {
    const x = counting();
    const right = columns(x, 1, 3);
    expect(toRows(right)).toEqual([
      [1, 2],
      [4, 5],
    ]);
    right.set(1, 1, 9);
    expect(x.get(1, 2)).toBe(9);
  });

  it('is created once per tensor and range', () => {
    const x = counting();
    expect(columns(x, 0, 2)).toBe(columns(x, 0, 2));
    expect(columns(x, 0, 2)).not.toBe(columns(x, 1, 2));
    expect(columns(x, 0, 2)).not.toBe(columns(counting(), 0, 2));
  });

  it('can be nested and transposed', () => {
    const middle = transpose(columns(columns(counting(), 1, 3), 0, 1));
    expect(toRows(middle)).toEqual([[1, 4]]);
  });
});

describe('rows(x, from, to)', () => {
  it('has these rows, dense and from offset 0, and shares the memory', () => {
    const x = counting();
    const last = rows(x, 1, 2);
    expect(toRows(last)).toEqual([[3, 4, 5]]);
    expect(last.offset).toBe(0);
    last.data[0] = 9;
    expect(x.get(1, 0)).toBe(9);
  });

  it('can be applied to a vector and to rows', () => {
    const vector = rows(tensor(Float32Array.from([0, 1, 2, 3, 4]), 5), 1, 5);
    expect(Array.from(rows(vector, 1, 3).data)).toEqual([2, 3]);
  });
});

describe('dense(t)', () => {
  it('returns the entries of a dense tensor without copying them', () => {
    const x = counting();
    expect(dense(x)).toBe(x.data);
    const second = dense(x.lo(1, 0));
    expect(Array.from(second)).toEqual([3, 4, 5]);
    expect(second.buffer).toBe(x.data.buffer);
  });

  it('rejects a tensor with gaps, naming its shape', () => {
    expect(() => dense(columns(counting(), 0, 2))).toThrow('the tensor [2, 2] is not dense');
    expect(() => dense(transpose(counting()))).toThrow(RangeError);
  });
});
