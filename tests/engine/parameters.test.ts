import { describe, expect, it } from '@jest/globals';
import {
  blocks,
  createParameters,
  createRandom,
  glorotUniform,
  uniform,
  zeros,
  type ParameterSpecs,
} from '../../engine/index.js';
import { allKernels } from '../kernels.js';
import { entries } from '../tensors.js';

describe.each(allKernels)('createParameters(kernels, specs, random) on $name', ({ kernels }) => {
  const specs = {
    'rnn.U': { shape: [2, 3], initialize: glorotUniform },
    'rnn.b': { shape: [3], initialize: blocks(1, 2, 3) },
  };
  const create = () => createParameters(kernels, specs, createRandom(1));

  it('lays out the tensors one after another in a flat array', () => {
    const { values, gradients, list } = create();
    expect(values.shape).toEqual([9]);
    expect(gradients.shape).toEqual([9]);
    expect(list.map(({ name, shape }) => [name, shape])).toEqual([
      ['rnn.U', [2, 3]],
      ['rnn.b', [3]],
    ]);
    expect(entries(values).slice(6)).toEqual([1, 2, 3]);
  });

  it('returns views that share memory', () => {
    const { values, gradients, list } = create();
    list[0]!.value.set(1, 2, 8);
    expect(values.get(5)).toBe(8);
    gradients.set(6, 7);
    expect(list[1]!.gradient.get(0)).toBe(7);
  });

  it('gives views in the places of the specs, of parts as well', () => {
    const specs = { one: { U: { shape: [2], initialize: zeros } }, b: { shape: [3], initialize: zeros } };
    const { list, value, gradient } = createParameters(kernels, specs, createRandom(1));
    expect(list.map(({ name }) => name)).toEqual(['one.U', 'b']);
    expect(value.one.U).toBe(list[0]!.value);
    expect(gradient.b).toBe(list[1]!.gradient);
  });

  it.each<[string, unknown, string]>([
    ['no initializer', { U: { shape: [2] } }, 'the parameter U has no initializer'],
    ['the name of one', { U: { shape: [2], initialize: 'zeros' } }, 'the parameter U has no initializer'],
    ['nothing in a part', { one: { U: null } }, 'the parameter one.U has no shape'],
  ])('refuses a spec with %s', (_, specs, message) => {
    expect(() => createParameters(kernels, specs as ParameterSpecs, createRandom(1))).toThrow(message);
  });

  it('starts with gradients of 0', () => {
    expect(entries(create().gradients)).toEqual(new Array(9).fill(0));
  });

  it('draws the values in the order of specs, so that a seed determines them', () => {
    expect(entries(create().values)).toEqual(entries(create().values));
    const random = createRandom(5);
    const pair = { a: { shape: [4], initialize: uniform(1) }, b: { shape: [4], initialize: uniform(1) } };
    const together = entries(createParameters(kernels, pair, random).values);
    random.restore(createRandom(5).state());
    const apart = entries(
      createParameters(kernels, { all: { shape: [8], initialize: uniform(1) } }, random).values,
    );
    expect(together).toEqual(apart);
  });
});
