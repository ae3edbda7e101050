/// <reference lib="esnext.disposable" preserve="true" />
/**
 * A model: a chain of named layers, and their parameters in one flat array. It knows neither batch nor time.
 */
import { readOptions, requireWhole, show } from '../../engine/checks.js';
import {
  createParameters,
  createRandom,
  type Kernels,
  type Parameters,
  type ParameterSpecs,
  type Random,
  type Region,
} from '../../engine/index.js';
import { requireLayer, requireName, type Layer } from '../layers/layer.js';
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
 * @throws RangeError unless both are whole numbers of at least 1
 */
export function oneHot(size: number, columns = 1): InputSpec {
  requireWhole('oneHot: size', size);
  requireWhole('oneHot: columns', columns);
  return { kind: 'oneHot', width: size, columns };
}

/**
 * `width` real numbers per step.
 * @throws RangeError unless it is a whole number of at least 1
 */
export function features(width: number): InputSpec {
  requireWhole('features: width', width);
  return { kind: 'features', width, columns: 1 };
}

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
  /**
   * Gives back the memory of the parameters, the trainers and the kept graphs. Graphs of your own have their own
   * `dispose`.
   */
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

const REQUIRED = ['kernels', 'input', 'layers'] as const;

/**
 * Creates a model with initial weights. A layer is named after its kind, numbered from the second one on: `lstm`,
 * `lstm2`; or by `layer(name, ..)`.
 * @throws TypeError when kernels, input or layers are something else
 * @throws RangeError when two layers have the same name, or several columns of symbols have no embedding
 */
export function createModel(options: ModelOptions): Model {
  const { kernels, input, layers, seed } = readOptions('createModel', options, { seed: 0 }, REQUIRED);
  requireKernels(kernels);
  requireInput(input);
  requireLayers(layers);
  const { namedLayers, specs } = specsOf(input, layers);
  return assemble({ kernels, input, layers: namedLayers, seed }, specs);
}

/**
 * The layers with their names, and their parameters by name.
 * @throws RangeError when two layers have the same name, or several columns of symbols have no embedding
 */
export function specsOf(input: InputSpec, layers: readonly Layer[]) {
  const specs: Record<string, ParameterSpecs> = {};
  let { width, columns } = input;
  if (columns > 1 && layers[0]?.kind !== 'embedding') {
    throw new RangeError(`an input of ${columns} symbols per step needs an embedding as the first layer`);
  }
  const names = nameLayers(layers);
  const namedLayers = layers.map((layer, n) => {
    specs[names[n]!] = layer.parameters(width);
    width = layer.outputWidth(width, columns);
    columns = 1;
    return { name: names[n]!, layer };
  });
  return { namedLayers, specs };
}

/** The model with these parameters. */
export function assemble(
  { kernels, input, layers, seed }: Pick<Model, 'kernels' | 'input' | 'layers'> & { readonly seed: number },
  specs: ParameterSpecs,
): Model {
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
    ...{ kernels, input, layers, parameters, dropoutRandom: createRandom(seed, 'dropout') },
    ...{ memory, owned, dispose, [DISPOSE]: dispose },
    get isDisposed() {
      return isDisposed;
    },
  };
}

/** The layers' names: those given to them, and numbered kinds that are still free. */
function nameLayers(layers: readonly Layer[]): string[] {
  const taken = new Set<string>();
  for (const { name, kind } of layers) {
    requireName(
      name === undefined ? 'createModel: the kind of a layer' : 'createModel: a name',
      name ?? kind,
    );
    if (name === undefined) continue;
    if (taken.has(name)) throw new RangeError(`createModel: two layers are called ${name}`);
    taken.add(name);
  }
  return layers.map(({ name, kind }) => {
    if (name !== undefined) return name;
    let [free, count] = [kind, 1];
    while (taken.has(free)) free = `${kind}${++count}`;
    taken.add(free);
    return free;
  });
}

function requireKernels(kernels: Kernels): void {
  if (typeof kernels?.zeros === 'function' && typeof kernels.matmul === 'function') return;
  if (kernels instanceof Promise)
    throw new TypeError('createModel: kernels are a promise; await them: await createKernels()');
  throw new TypeError(`createModel: kernels must be those of createKernels(), not ${show(kernels)}`);
}

function requireInput(input: InputSpec): void {
  if (input?.kind === 'oneHot' || input?.kind === 'features') return;
  throw new TypeError(`createModel: input must be features(width) or oneHot(size), not ${show(input)}`);
}

function requireLayers(layers: readonly Layer[]): void {
  if (!Array.isArray(layers) || layers.length === 0) {
    const given = Array.isArray(layers) ? 'an empty one' : show(layers);
    throw new TypeError(`createModel: layers must be an array of at least one layer, not ${given}`);
  }
  layers.forEach((layer, n) => requireLayer(`createModel: layer ${n + 1}: expected`, layer));
}
