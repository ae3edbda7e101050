/**
 * All parameters of a model in one flat array, with named views on it; the gradient is a second array of the same
 * length. Optimizer, clipping, gradient check and saving are then one loop each.
 */
import type { Initializer } from './initializers.js';
import type { Kernels } from './kernels.js';
import type { Random } from './random.js';
import { rows, sizeOf, type Tensor } from './tensor.js';
import ndarray from 'ndarray';

/** What a layer asks for: a shape, and how its first values are drawn. */
export interface ParameterSpec {
  readonly shape: readonly number[];
  readonly initialize: Initializer;
}

/** A tensor that is trained, and its gradient. */
export interface Parameter {
  /** The layer and the letter: `lstm.W`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** A view on `values`. */
  readonly value: Tensor;
  /** A view on `gradients`. */
  readonly gradient: Tensor;
}

/** All parameters of a model: one flat array, and the views on it. */
export interface Parameters {
  /** Every parameter, one after another. */
  readonly values: Tensor;
  /** dLoss/dparameter, in the same places. */
  readonly gradients: Tensor;
  readonly list: readonly Parameter[];
}

/** Lays out and initializes parameters, in the order of `specs`; the order is part of the seed's meaning. */
export function createParameters(
  k: Kernels,
  specs: Readonly<Record<string, ParameterSpec>>,
  random: Random,
): Parameters {
  const entries = Object.entries(specs);
  const total = entries.reduce((sum, [, spec]) => sum + sizeOf(spec.shape), 0);
  const values = k.zeros(total);
  const gradients = k.zeros(total);

  let offset = 0;
  const list = entries.map(([name, { shape, initialize }]): Parameter => {
    const [from, to] = [offset, (offset += sizeOf(shape))];
    const view = (flat: Tensor) => ndarray(rows(flat, from, to).data, [...shape]);
    const parameter = { name, shape, value: view(values), gradient: view(gradients) };
    initialize(parameter.value, random);
    return parameter;
  });
  return { values, gradients, list };
}
