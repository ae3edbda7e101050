/** The input of every competitor: the same batch and the same initial weights. */
import { dense as entriesOf } from '../../engine/shapes.js';
import { createRandom, referenceKernels } from '../../models/index.js';
import { buildModel } from './model.js';
import type { NetworkSpec, StepSpec } from './specs.js';

export interface Values {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export interface ForwardTask {
  readonly spec: NetworkSpec;
  /** Time-major: symbols [T,B], or numbers [T,B,D]. */
  readonly input: Values;
  /** By layer, in our order. */
  readonly weights: readonly (readonly Values[])[];
}

export interface Task extends ForwardTask {
  readonly spec: StepSpec;
  /** Classes [T,B] or [B], or numbers [B,N]. */
  readonly labels: Values;
}

export function createForwardTask(spec: NetworkSpec, random = createRandom(1)): ForwardTask {
  const { batch, steps, input } = spec;
  const model = buildModel(referenceKernels(Float32Array), spec);
  return {
    spec,
    input:
      input.kind === 'oneHot'
        ? integers([steps, batch], () => random.integer(input.width))
        : numbers([steps, batch, input.width], () => 2 * random.uniform() - 1),
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

export function createTask(spec: StepSpec): Task {
  const { batch, steps, layers, loss } = spec;
  const random = createRandom(1);
  const perStep = layers.some((layer) => 'returnSequences' in layer);
  const outputs = (layers.at(-1) as { units: number }).units;
  return {
    ...createForwardTask(spec, random),
    spec,
    labels: {
      softmaxCrossEntropy: () => integers(perStep ? [steps, batch] : [batch], () => random.integer(outputs)),
      binaryCrossEntropy: () => numbers([batch, outputs], () => random.integer(2)),
      meanSquaredError: () => numbers([batch, outputs], () => random.uniform()),
    }[loss](),
  };
}

const integers = (shape: readonly number[], next: () => number): Values => ({
  shape,
  data: Int32Array.from({ length: sizeOf(shape) }, next),
});

const numbers = (shape: readonly number[], next: () => number): Values => ({
  shape,
  data: Float32Array.from({ length: sizeOf(shape) }, next),
});

const sizeOf = (shape: readonly number[]) => shape.reduce((size, n) => size * n, 1);
