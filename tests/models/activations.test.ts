import { describe, expect, it } from '@jest/globals';
import {
  activations,
  createModel,
  dense,
  elementwiseActivation,
  features,
  timeDistributed,
  unroll,
  type Activation,
  type ActivationName,
  type Kernels,
  type LossName,
} from '../../models/index.js';
import { allKernels, float64 } from '../kernels.js';
import { entries, expectClose } from '../tensors.js';

const Z = [-30, -1.5, -0, 0, 0.25, 2, 30, NaN];

/** The output for each z, by a dense layer that copies its input. */
function outputs(kernels: Kernels, activation: Activation | ActivationName, z: readonly number[]): number[] {
  const layers = [dense(1, { activation })];
  const model = createModel({ kernels, input: features(1), layers });
  model.parameters.values.data.set([1, 0]);
  const graph = unroll(model, { batch: z.length, steps: 1 });
  graph.input.data.set(z);
  graph.forward();
  return entries(graph.output);
}

describe.each(allKernels)('on $name', ({ kernels, tolerance }) => {
  it.each<[ActivationName, (z: number) => number]>([
    ['linear', (z) => z],
    ['relu', (z) => Math.max(z, 0)],
    ['tanh', Math.tanh],
    ['sigmoid', (z) => 1 / (1 + Math.exp(-z))],
    ['softmax', () => 1],
  ])('%s is what the textbook says, and keeps NaN', (name, f) => {
    const expected = Z.map((z) => (Number.isNaN(z) ? NaN : f(z)));
    const actual = outputs(kernels, name, Z);
    expect(actual.map(Number.isNaN)).toEqual(expected.map(Number.isNaN));
    expectClose(actual.slice(0, -1), expected.slice(0, -1), tolerance);
  });

  it('an activation of your own runs as a plain loop', () => {
    const softsign = elementwiseActivation({
      name: 'tanh', // not mistaken for that of the library
      f: (z) => z / (1 + Math.abs(z)),
      slope: (y) => (1 - Math.abs(y)) ** 2,
    });
    expect(outputs(kernels, softsign, [-1, 0, 3])).toEqual([-0.5, 0, 0.75]);
  });
});

it('a list names them', () => {
  for (const [name, activation] of Object.entries<Activation>(activations))
    expect(activation.name).toBe(name);
});

describe('a loss that takes logits', () => {
  const unrolled = (activation: ActivationName, loss: LossName) => () =>
    unroll(
      createModel({
        kernels: float64,
        input: features(2),
        layers: [dense(2, { activation }), timeDistributed(dense(3, { activation }))],
      }),
      { batch: 1, steps: 2, loss },
    );

  it.each<[ActivationName, LossName]>([
    ['softmax', 'softmaxCrossEntropy'],
    ['sigmoid', 'softmaxCrossEntropy'],
    ['sigmoid', 'binaryCrossEntropy'],
    ['softmax', 'binaryCrossEntropy'],
  ])('refuses a model that ends in %s: %s', (activation, loss) => {
    const message = `unroll: ${loss} takes logits, but dense2 ends in ${activation}; leave out its activation`;
    expect(unrolled(activation, loss)).toThrow(new RangeError(message));
  });

  it.each<[ActivationName, LossName]>([
    ['tanh', 'softmaxCrossEntropy'],
    ['linear', 'binaryCrossEntropy'],
    ['softmax', 'meanSquaredError'],
    ['sigmoid', 'meanSquaredError'],
  ])('takes one that ends in %s: %s', (activation, loss) => {
    expect(unrolled(activation, loss)).not.toThrow();
  });
});
