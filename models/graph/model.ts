/** A model: a chain of layers with names, and their parameters in one flat array. It knows no batch and no time. */
import {
  createParameters,
  createRandom,
  type Kernels,
  type Parameters,
  type ParameterSpecs,
  type Random,
} from '../../engine/index.js';
import type { Layer } from '../layers/layer.js';

/** What the model reads at a time step. */
export interface InputSpec {
  /** `oneHot`: a row number below `width`, standing for a one-hot row. `features`: `width` real numbers. */
  readonly kind: 'oneHot' | 'features';
  readonly width: number;
  /** How many of them. */
  readonly columns: number;
}

/**
 * `columns` of `size` symbols, each given by its number: such as a word, its ending, and whether it has a capital. What
 * they are, an embedding learns; with more than one column it is to be the first layer.
 */
export const oneHot = (size: number, columns = 1): InputSpec => ({ kind: 'oneHot', width: size, columns });

/** `width` real numbers. */
export const features = (width: number): InputSpec => ({ kind: 'features', width, columns: 1 });

/** Layers and their parameters. */
export interface Model {
  readonly kernels: Kernels;
  readonly input: InputSpec;
  readonly layers: readonly { readonly name: string; readonly layer: Layer }[];
  readonly parameters: Parameters;
  /** What dropout draws from. */
  readonly dropoutRandom: Random;
}

/** What a model is made of. */
export interface ModelOptions {
  kernels: Kernels;
  input: InputSpec;
  /** From input to output. */
  layers: readonly Layer[];
  /** Fixes the initial weights, and what dropout drops. Default 0. */
  seed?: number;
}

/**
 * Creates a model with initial weights. Layers of the same kind are numbered: `lstm`, `lstm2`.
 * @throws RangeError when a layer cannot be made so, or symbols of several columns meet no embedding
 */
export function createModel({ kernels, input, layers, seed = 0 }: ModelOptions): Model {
  const specs: Record<string, ParameterSpecs> = {};
  let { width, columns } = input;
  if (columns > 1 && layers[0]?.kind !== 'embedding') {
    throw new RangeError(`an input of ${columns} symbols a step needs an embedding as the first layer`);
  }
  const used = new Map<string, number>();

  const namedLayers = layers.map((layer) => {
    const count = (used.get(layer.kind) ?? 0) + 1;
    used.set(layer.kind, count);
    const name = count === 1 ? layer.kind : `${layer.kind}${count}`;
    specs[name] = layer.parameters(width);
    width = layer.outputWidth(width, columns);
    columns = 1;
    return { name, layer };
  });

  const parameters = createParameters(kernels, specs, createRandom(seed, 'weights'));
  return { kernels, input, layers: namedLayers, parameters, dropoutRandom: createRandom(seed, 'dropout') };
}
