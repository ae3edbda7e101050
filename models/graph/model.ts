/// <reference lib="esnext.disposable" preserve="true" />
/**
 * A model: a chain of named layers, and their parameters in one flat array. It knows neither batch nor time.
 */
import {
  createParameters,
  createRandom,
  type Kernels,
  type Parameters,
  type ParameterSpecs,
  type Random,
  type Region,
} from '../../engine/index.js';
import type { Layer } from '../layers/layer.js';
import { DISPOSE } from './dispose.js';

/** The model's input at a time step. */
export interface InputSpec {
  /** `oneHot`: a number below `width`, standing for a one-hot row. `features`: `width` real numbers. */
  readonly kind: 'oneHot' | 'features';
  readonly width: number;
  /** How many symbols per step; 1 for features. */
  readonly columns: number;
}

/**
 * `columns` symbols per step, each a number below `size`: such as a word, its suffix, and whether it is
 * capitalized. With more than one column the first layer must be an embedding, which learns what they mean.
 * @param columns how many symbols a step has. Default 1
 */
export const oneHot = (size: number, columns = 1): InputSpec => ({ kind: 'oneHot', width: size, columns });

/** `width` real numbers per step. */
export const features = (width: number): InputSpec => ({ kind: 'features', width, columns: 1 });

/** Layers and their parameters. */
export interface Model extends Disposable {
  readonly kernels: Kernels;
  readonly input: InputSpec;
  readonly layers: readonly { readonly name: string; readonly layer: Layer }[];
  readonly parameters: Parameters;
  /** The random stream of dropout. */
  readonly dropoutRandom: Random;
  /** What its parameters and its trainers' arrays belong to. */
  readonly memory: Region;
  /** What `dispose` gives back besides: the graphs that `fit`, evaluators and predictors keep. */
  readonly owned: Set<Disposable>;
  /** Gives back the memory of the parameters, the trainers and the kept graphs. Graphs of your own have their own `dispose`. */
  dispose(): void;
  readonly isDisposed: boolean;
}

/** Options of `createModel`. */
export interface ModelOptions {
  kernels: Kernels;
  input: InputSpec;
  /** From input to output. */
  layers: readonly Layer[];
  /** Determines the initial weights and the dropout masks. Default 0. */
  seed?: number;
}

/**
 * Creates a model with initial weights. Layers of the same kind are numbered: `lstm`, `lstm2`.
 * @throws RangeError when a layer's options are invalid, or several columns of symbols have no embedding
 */
export function createModel({ kernels, input, layers, seed = 0 }: ModelOptions): Model {
  const specs: Record<string, ParameterSpecs> = {};
  let { width, columns } = input;
  if (columns > 1 && layers[0]?.kind !== 'embedding') {
    throw new RangeError(`an input of ${columns} symbols per step needs an embedding as the first layer`);
  }

  const namedLayers = layers.map((layer) => {
    let [name, count] = [layer.kind, 1];
    while (Object.hasOwn(specs, name)) name = `${layer.kind}${++count}`;
    specs[name] = layer.parameters(width);
    width = layer.outputWidth(width, columns);
    columns = 1;
    return { name, layer };
  });

  const memory = kernels.region('model');
  const parameters = memory.run(() => createParameters(kernels, specs, createRandom(seed, 'weights')));
  const owned = new Set<Disposable>();
  let isDisposed = false;
  const dispose = () => {
    isDisposed = true;
    for (const one of owned) one[DISPOSE]();
    owned.clear();
    memory.release();
  };
  return {
    ...{ kernels, input, layers: namedLayers, parameters, dropoutRandom: createRandom(seed, 'dropout') },
    ...{ memory, owned, dispose, [DISPOSE]: dispose },
    get isDisposed() {
      return isDisposed;
    },
  };
}
