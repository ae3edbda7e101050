/**
 * All parameters of a model in one flat array, with named views of it, and their gradients in a second array.
 * This makes the optimizer, clipping, gradient check and saving one loop each.
 */
import type { Initializer } from './initializers.js';
import type { Kernels } from './kernels.js';
import { isRecord, requireKernels, show } from './checks.js';
import { isRandom, type Random } from './random.js';
import { requireSizes, rows, sizeOf, type Tensor } from './tensor.js';
import ndarray from '#ndarray';

/** A parameter of a layer: its shape, and how it is initialized. */
export interface ParameterSpec {
  readonly shape: readonly number[];
  readonly initialize: Initializer;
}

/** The parameters of a layer by letter; a composite layer has a record for each part. */
export interface ParameterSpecs {
  readonly [name: string]: ParameterSpec | ParameterSpecs;
}

/** A record of tensors with the structure of the specs. */
export type Tensors<S> = S extends ParameterSpec ? Tensor : { readonly [N in keyof S]: Tensors<S[N]> };

/** A trainable tensor and its gradient. */
export interface Parameter {
  /** Its path in the specs: `lstm.W`, `bidirectional.forward.W`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** A view of `values`. */
  readonly value: Tensor;
  /** A view of `gradients`. */
  readonly gradient: Tensor;
}

/** All parameters of a model: one flat array, and views of it. */
export interface Parameters<S extends ParameterSpecs = ParameterSpecs> {
  /** Every parameter, one after another. */
  readonly values: Tensor;
  /** dLoss/dparameter, in the same order. */
  readonly gradients: Tensor;
  readonly list: readonly Parameter[];
  /** The views of `values`, in the structure of the specs: `value.lstm.W`. */
  readonly value: Tensors<S>;
  /** The same views of `gradients`. */
  readonly gradient: Tensors<S>;
}

/**
 * Lays out and initializes parameters in the order of `specs`. Another order gives other initial values.
 * @throws TypeError or RangeError when a parameter has no shape or no initializer
 */
export function createParameters<S extends ParameterSpecs>(
  k: Kernels,
  specs: S,
  random: Random,
): Parameters<S> {
  requireKernels('createParameters', k);
  if (!isRandom(random))
    throw new TypeError(`createParameters: random must be that of createRandom(), not ${show(random)}`);
  if (!isRecord(specs))
    throw new TypeError(`createParameters: specs must be an object of parameters, not ${show(specs)}`);
  const entries = flatten(specs);
  const total = entries.reduce((sum, [, { shape }]) => sum + sizeOf(shape), 0);
  const values = k.zeros(total);
  const gradients = k.zeros(total);

  let offset = 0;
  const list = entries.map(([name, { shape, initialize }]): Parameter => {
    const [from, to] = [offset, (offset += sizeOf(shape))];
    const view = (flat: Tensor) => ndarray(rows(flat, from, to).data, [...shape]);
    const parameter = { name, shape, value: view(values), gradient: view(gradients) };
    initialize(parameter.value, random, k);
    return parameter;
  });

  function place(field: 'value' | 'gradient'): Tensors<S> {
    let next = 0;
    return mapSpecs(specs, () => list[next++]![field]) as Tensors<S>;
  }
  return { values, gradients, list, value: place('value'), gradient: place('gradient') };
}

const isSpec = (one: ParameterSpec | ParameterSpecs): one is ParameterSpec => 'shape' in one;

/**
 * All specs with their full names, in order.
 * @throws RangeError that names a parameter without a shape or an initializer
 */
export function flatten(
  specs: ParameterSpecs,
  prefix = '',
): (readonly [name: string, spec: ParameterSpec])[] {
  return Object.entries(specs).flatMap(([letter, one]) => {
    const name = prefix + letter;
    if (typeof one !== 'object' || one === null) throw new RangeError(`the parameter ${name} has no shape`);
    if (!isSpec(one)) return flatten(one, `${name}.`);
    const { shape } = one;
    if (!Array.isArray(shape))
      throw new TypeError(`the parameter ${name}: a shape is an array, not ${show(shape)}`);
    requireSizes(`the parameter ${name}`, shape);
    if (typeof one.initialize === 'function') return [[name, one] as const];
    throw new RangeError(`the parameter ${name} has no initializer, such as glorotUniform`);
  });
}

/** A record of the same structure, with each spec replaced. */
function mapSpecs(specs: ParameterSpecs, take: () => Tensor): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, one]) => [name, isSpec(one) ? take() : mapSpecs(one, take)]),
  );
}
