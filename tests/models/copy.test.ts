/** Copies between views: every number in its place, to the bit. */
import { describe, expect, it, test } from '@jest/globals';
import { createRandom, tensor, type FloatArray, type Tensor } from '../../engine/index.js';
import { copy } from '../../models/weights/copy.js';
import { copyBlocks, dense } from '../../models/weights/weightPackings.js';

type Numbers = Float32ArrayConstructor | Float64ArrayConstructor;
type Shape = readonly number[];

const sizeOf = (shape: Shape) => shape.reduce((product, n) => product * n, 1);
const empty = (of: Numbers, shape: Shape) => tensor(new of(sizeOf(shape)).fill(NaN) as FloatArray, ...shape);

/** Views of a shape: within larger arrays, with other strides. */
const views: Readonly<Record<string, (of: Numbers, shape: Shape) => Tensor>> = {
  dense: empty,
  'part of the rows': (of, shape) => {
    const wide = empty(
      of,
      shape.map((n) => n + 3),
    );
    return wide.hi(...shape.map((n) => n + 1)).lo(...shape.map(() => 1));
  },
  stepped: (of, shape) =>
    empty(
      of,
      shape.map((n) => 2 * n),
    ).step(...shape.map(() => 2)),
  reversed: (of, shape) => empty(of, shape).step(...shape.map(() => -1)),
  transposed: (of, shape) => {
    const order = shape.map((_, d) => shape.length - 1 - d);
    return empty(of, [...shape].reverse()).transpose(...order);
  },
};
const names = Object.keys(views);
const pairs = names.flatMap((from) => names.map((to) => [from, to] as const));

/** All places of a shape, in order. */
const placesOf = (shape: Shape): number[][] =>
  shape.reduce<number[][]>(
    (places, n) => places.flatMap((place) => Array.from({ length: n }, (_, i) => [...place, i])),
    [[]],
  );

const HARD = [-0, 0, 2 ** -149, -(2 ** -149), 3.4028234663852886e38, 2 ** -126, Infinity, -Infinity, NaN];

function filled(view: Tensor): Tensor {
  const random = createRandom(3);
  placesOf(view.shape).forEach((place, n) =>
    view.set(...place, n % 3 === 2 ? HARD[((n / 3) % HARD.length) | 0]! : Math.fround(random.normal())),
  );
  return view;
}
const listOf = (view: Tensor) => placesOf(view.shape).map((place) => view.get(...place));

const shapes: Shape[] = [
  [1],
  [33],
  [1, 1],
  [1, 40],
  [40, 1],
  [7, 15],
  [7, 16],
  [8, 64],
  [9, 65],
  [31, 130],
  [2, 3, 5],
  [3, 9, 70],
  [2, 2, 3, 4],
  [0, 3],
  [3, 0],
];

describe.each(shapes.map((shape) => [shape]))('copy of %j', (shape) => {
  it.each(pairs)('from %s to %s', (from, to) => {
    const x = filled(views[from]!(Float32Array, shape));
    const expected = listOf(x);
    for (const factor of [1, -1] as const) {
      const target = views[to]!(Float32Array, shape);
      copy(target, x, factor);
      // toEqual tells -0 from 0.
      expect(listOf(target)).toEqual(factor === 1 ? expected : expected.map((value) => -value));
      // What is around the view is as it was.
      const numbers = (list: ArrayLike<number>) => Array.from(list).filter((value) => !Number.isNaN(value));
      expect(numbers(target.data)).toHaveLength(numbers(expected).length);
    }
  });
});

test.each([
  [Float64Array, Float32Array],
  [Float32Array, Float64Array],
])('from %p to %p', (from, to) => {
  const x = filled(views.transposed!(from, [9, 70]));
  const target = empty(to, [9, 70]);
  copy(target, x);
  expect(listOf(target)).toEqual(listOf(x));
});

test('a dense copy has numbers of its own', () => {
  const x = filled(views.stepped!(Float32Array, [5, 6]));
  const own = dense(x);
  expect(listOf(own)).toEqual(listOf(x));
  expect(own.data.buffer).not.toBe(x.data.buffer);
  expect(own.data).toHaveLength(30);
});

describe('blocks of columns', () => {
  const x = tensor(
    Float32Array.from({ length: 12 }, (_, n) => n),
    2,
    6,
  );

  it.each([
    [
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ],
    [
      ['a', 'b', 'c'],
      ['c', 'a', 'b'],
      [4, 5, 0, 1, 2, 3, 10, 11, 6, 7, 8, 9],
    ],
    [
      ['a', 'b', 'c'],
      ['-b', 'b', 'a'],
      [-2, -3, 2, 3, 0, 1, -8, -9, 8, 9, 6, 7],
    ],
  ])('from %j to %j', (from, to, expected) => {
    const target = empty(Float32Array, [2, 6]);
    copyBlocks(target, x, from, to);
    expect(listOf(target)).toEqual(expected);
  });
});
