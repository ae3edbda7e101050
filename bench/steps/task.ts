/** The input of every competitor of a step: the same batch and the same initial weights. */
import { dense as entriesOf } from '../../engine/shapes.js';
import { createRandom, referenceKernels } from '../../models/index.js';
import { buildModel } from './model.js';
import type { StepSpec } from './specs.js';

export interface Values {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export interface Task {
  readonly spec: StepSpec;
  /** Time-major: symbols [T,B], or numbers [T,B,D]. */
  readonly input: Values;
  /** Classes [T,B] or [B], or numbers [B,N]. */
  readonly labels: Values;
  /** By layer, in our order. */
  readonly weights: readonly (readonly Values[])[];
}

export function createTask(spec: StepSpec): Task {
  const { batch, steps, input, layers, loss } = spec;
  const random = createRandom(1);
  const symbols = (shape: number[], count: number): Values => ({
    shape,
    data: Int32Array.from({ length: sizeOf(shape) }, () => random.integer(count)),
  });
  const numbers = (shape: number[], next: () => number): Values => ({
    shape,
    data: Float32Array.from({ length: sizeOf(shape) }, next),
  });

  const perStep = layers.some((layer) => 'returnSequences' in layer);
  const outputs = (layers.at(-1) as { units: number }).units;
  const model = buildModel(referenceKernels(Float32Array), spec);
  return {
    spec,
    input:
      input.kind === 'oneHot'
        ? symbols([steps, batch], input.width)
        : numbers([steps, batch, input.width], () => 2 * random.uniform() - 1),
    labels: {
      softmaxCrossEntropy: () => symbols(perStep ? [steps, batch] : [batch], outputs),
      binaryCrossEntropy: () => numbers([batch, outputs], () => random.integer(2)),
      meanSquaredError: () => numbers([batch, outputs], () => random.uniform()),
    }[loss](),
    weights: model.layers.map(({ name }) =>
      model.parameters.list
        .filter((parameter) => parameter.name.startsWith(`${name}.`))
        .map(({ value }) => ({
          shape: value.shape,
          data: Float32Array.from(entriesOf(value)),
        })),
    ),
  };
}

const sizeOf = (shape: readonly number[]) => shape.reduce((size, n) => size * n, 1);
