/**
 * What has weights, on both sides: modules are parts of our models, groups are parts of files. Their tensors
 * are called as the other program calls them, without their place in the file: what is
 * `rnn.weight_ih_l1_reverse` in a file of PyTorch is `weight_ih_reverse`.
 */
import { transpose, type ParameterSpec, type ParameterSpecs, type Tensor } from '../../engine/index.js';
import type { CellName } from '../../cells/index.js';
import { sourceOf, type Source } from '../weights/copy.js';
import { sourcesOf, toLayout, type LayoutNames, type WeightLayout } from '../weights/weightLayouts.js';
import { dense } from '../weights/weightPackings.js';
import type { FileTensor } from './fileTensor.js';

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** The tensors of a module by name, and whether they may be missing: biases. */
export type Shapes = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly isBias: boolean }>
>;

/** A part of a model with tensors of its own. */
export interface Module {
  /** That of the layer, or of its part: `lstm`, `encoderDecoder.encoder`. */
  readonly name: string;
  /** Files number what is of one series, in the order of the layers; null: they do not. */
  readonly series: string | null;
  readonly tensors: Shapes;
  /** From our parameters, by their full names. */
  readonly pack: (ours: ReadonlyMap<string, Tensor>) => Tensors;
  /** To our parameters, by their full names. Nothing is copied yet, and nothing can be wrong after it. */
  readonly unpack: (theirs: Tensors) => Readonly<Record<string, Source>>;
}

/** The tensors of one module in a file. */
export interface Group {
  /** Its name, as `names` calls it: `rnn`, `rnn_l1` for the second layer of nn.LSTM(num_layers=..). */
  readonly label: string;
  /** As of modules; what is numbered together has the same prefix too. */
  readonly series: string | null;
  readonly prefix: string;
  readonly level: number;
  readonly tensors: ReadonlyMap<string, FileTensor>;
}

/** Why a group cannot be a module's; null: it can. Biases may be missing, but all of them. */
export function mismatch({ tensors, name }: Module, group: Group): string | null {
  const isUnbiased = Object.entries(tensors).every(
    ([base, { isBias }]) => !isBias || !group.tensors.has(base),
  );
  for (const [base, { shape, isBias }] of Object.entries(tensors)) {
    const there = group.tensors.get(base);
    if (!there && isBias && isUnbiased) continue;
    if (!there)
      return `layer ${name} needs ${base} [${shape.join(', ')}], which ${group.label || 'the file'} has not`;
    if (String(there.shape) !== String(shape))
      return `layer ${name}: ${there.name} is [${there.shape.join(', ')}], not [${shape.join(', ')}]`;
  }
  const more = [...group.tensors].find(([base]) => !Object.hasOwn(tensors, base));
  return more ? `layer ${name} has no place for ${more[1].name} [${more[1].shape.join(', ')}]` : null;
}

/** A direction of a recurrent layer. */
export interface Direction {
  /** The full name of its parameters: `bidirectional.forward`. */
  readonly path: string;
  readonly specs: ParameterSpecs;
  readonly names: LayoutNames;
  readonly tensors: Shapes;
}

/** A layer of cells, of one direction or two. */
export function cellModule(
  module: Pick<Module, 'name' | 'series'>,
  layout: WeightLayout,
  cell: CellName,
  directions: readonly Direction[],
): Module {
  const each = <R>(convert: (direction: Direction) => Readonly<Record<string, R>>) =>
    Object.assign({}, ...directions.map(convert)) as Readonly<Record<string, R>>;
  return {
    ...module,
    tensors: each(({ tensors }) => tensors),
    pack: (ours) =>
      each(({ path, specs, names }) => {
        const letters = Object.keys(specs);
        const own = Object.fromEntries(letters.map((letter) => [letter, ours.get(`${path}.${letter}`)!]));
        return toLayout(layout, cell, own, names);
      }),
    unpack: (theirs) =>
      each(({ path, names, tensors }) => {
        const given = Object.keys(tensors).filter((name) => theirs[name]);
        const own = Object.fromEntries(given.map((name) => [name, theirs[name]!]));
        const sources = Object.entries(sourcesOf(layout, cell, own, names));
        return Object.fromEntries(sources.map(([letter, source]) => [`${path}.${letter}`, source]));
      }),
  };
}

/** D and H of a cell, from its parameters. */
export const sizesOf = ({ U, W }: ParameterSpecs) =>
  [U, W].map((spec) => (spec as ParameterSpec).shape[0]!) as [D: number, H: number];

/**
 * A module with the same tensors as ours, or transposed ones.
 * @param names theirs, by our letters
 */
export function matrixModule(
  module: Pick<Module, 'name' | 'series'>,
  specs: ParameterSpecs,
  names: Readonly<Record<string, string>>,
  biases: readonly string[],
  isTransposed = false,
): Module {
  const letters = Object.entries(names);
  const turn = (t: Tensor) => (isTransposed && t.shape.length === 2 ? transpose(t) : t);
  const shapes = letters.map(([letter, theirs]) => {
    const { shape } = specs[letter] as ParameterSpec;
    const shown = isTransposed ? [...shape].reverse() : shape;
    return [theirs, { shape: shown, isBias: biases.includes(letter) }] as const;
  });
  const path = (letter: string) => `${module.name}.${letter}`;
  return {
    ...module,
    tensors: Object.fromEntries(shapes),
    pack: (ours) =>
      Object.fromEntries(letters.map(([letter, theirs]) => [theirs, dense(turn(ours.get(path(letter))!))])),
    unpack: (theirs) =>
      Object.fromEntries(
        letters.flatMap(([letter, their]) =>
          theirs[their] ? [[path(letter), sourceOf(turn(theirs[their]))]] : [],
        ),
      ),
  };
}
