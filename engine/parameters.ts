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

/** What a layer asks for, by letter; a layer of parts has a record for each part. */
export interface ParameterSpecs {
  readonly [name: string]: ParameterSpec | ParameterSpecs;
}

/** Tensors in the places of specs. */
export type Tensors<S> = S extends ParameterSpec ? Tensor : { readonly [N in keyof S]: Tensors<S[N]> };

/** A tensor that is trained, and its gradient. */
export interface Parameter {
  /** Its place in the specs: `lstm.W`, `bidirectional.forward.W`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** A view on `values`. */
  readonly value: Tensor;
  /** A view on `gradients`. */
  readonly gradient: Tensor;
}

/** All parameters of a model: one flat array, and the views on it. */
export interface Parameters<S extends ParameterSpecs = ParameterSpecs> {
  /** Every parameter, one after another. */
  readonly values: Tensor;
  /** dLoss/dparameter, in the same places. */
  readonly gradients: Tensor;
  readonly list: readonly Parameter[];
  /** The views on `values` in the places of the specs: `value.lstm.W`. */
  readonly value: Tensors<S>;
  /** The views on `gradients`. */
  readonly gradient: Tensors<S>;
}

/** Lays out and initializes parameters, in the order of `specs`; the order is part of the seed's meaning. */
export function createParameters<S extends ParameterSpecs>(
  k: Kernels,
  specs: S,
  random: Random,
): Parameters<S> {
  const entries = flatten(specs);
  const total = entries.reduce((sum, [, { shape }]) => sum + sizeOf(shape), 0);
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

  function place(field: 'value' | 'gradient'): Tensors<S> {
    let next = 0;
    return mapSpecs(specs, () => list[next++]![field]) as Tensors<S>;
  }
  return { values, gradients, list, value: place('value'), gradient: place('gradient') };
}

const isSpec = (one: ParameterSpec | ParameterSpecs): one is ParameterSpec =>
  typeof one.initialize === 'function';

/** All specs with their full names, in order. */
function flatten(specs: ParameterSpecs, prefix = ''): (readonly [name: string, spec: ParameterSpec])[] {
  return Object.entries(specs).flatMap(([name, one]) =>
    isSpec(one) ? [[prefix + name, one] as const] : flatten(one, `${prefix}${name}.`),
  );
}

/** A record of the same form, with something else in the place of each spec. */
function mapSpecs(specs: ParameterSpecs, take: () => Tensor): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, one]) => [name, isSpec(one) ? take() : mapSpecs(one, take)]),
  );
}
