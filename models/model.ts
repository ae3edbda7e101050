/** A model: a chain of layers with names, and their parameters in one flat array. It knows no batch and no time. */
import {
  createParameters,
  createRandom,
  type Kernels,
  type Parameters,
  type ParameterSpec,
} from '../engine/index.js';
import type { Layer } from './layer.js';

/** What the model reads at a time step. */
export interface InputSpec {
  /** `oneHot`: a row number below `width`, standing for a one-hot row. `dense`: `width` real numbers. */
  readonly kind: 'oneHot' | 'dense';
  readonly width: number;
}

/** One of `size` symbols, given by its number. */
export const oneHot = (size: number): InputSpec => ({ kind: 'oneHot', width: size });

/** `width` real numbers. */
export const features = (width: number): InputSpec => ({ kind: 'dense', width });

export interface Model {
  readonly kernels: Kernels;
  readonly input: InputSpec;
  readonly layers: readonly { readonly name: string; readonly layer: Layer }[];
  readonly parameters: Parameters;
}

export interface ModelOptions {
  kernels: Kernels;
  input: InputSpec;
  /** From input to output. */
  layers: readonly Layer[];
  /** Fixes the initial weights. Default 0. */
  seed?: number;
}

/** Creates a model with initial weights. Layers of the same kind are numbered: `lstm`, `lstm2`. */
export function createModel({ kernels, input, layers, seed = 0 }: ModelOptions): Model {
  const specs: Record<string, ParameterSpec> = {};
  let width = input.width;
  const used = new Map<string, number>();

  const namedLayers = layers.map((layer) => {
    const count = (used.get(layer.kind) ?? 0) + 1;
    used.set(layer.kind, count);
    const name = count === 1 ? layer.kind : `${layer.kind}${count}`;
    for (const [letter, spec] of Object.entries(layer.parameters(width))) specs[`${name}.${letter}`] = spec;
    width = layer.outputWidth(width);
    return { name, layer };
  });

  const parameters = createParameters(kernels, specs, createRandom(seed, 'weights'));
  return { kernels, input, layers: namedLayers, parameters };
}
