/**
 * The layers of a model as modules of PyTorch: which tensors each has in a state_dict, and how its weights
 * become ours. Without its place in a file, `rnn.weight_ih_l1_reverse` is called `weight_ih_reverse`.
 */
import {
  InputError,
  transpose,
  type ParameterSpec,
  type ParameterSpecs,
  type Tensor,
} from '../../../engine/index.js';
import type { CellName, Named } from '../../../cells/index.js';
import type { LayerConfig } from '../../layers/config.js';
import type { Layer } from '../../layers/layer.js';
import { fromLayout, toLayout } from '../../weights/weightLayouts.js';
import { dense } from '../../weights/weightPackings.js';

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** A module: a part of a model with tensors of its own. */
export interface Module {
  /** That of the layer, or of its part: `lstm`, `encoderDecoder.encoder`. */
  readonly name: string;
  /** Whether it can be one of several layers of nn.LSTM, nn.GRU or nn.RNN. */
  readonly isRecurrent: boolean;
  /** Its tensors in PyTorch, and whether they may be missing: biases. */
  readonly tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly isBias: boolean }>>;
  /** From our parameters, by their full names. */
  readonly pack: (ours: ReadonlyMap<string, Tensor>) => Tensors;
  /** To our parameters, by their full names. */
  readonly unpack: (theirs: Tensors) => Tensors;
}

/** Blocks of a cell in PyTorch. */
const BLOCKS: Readonly<Record<string, number>> = { rnn: 1, lstm: 4, lstmCoupled: 4, gruResetAfter: 3 };

type Specs = Readonly<Record<string, ParameterSpecs>>;

/**
 * The modules of all layers that have parameters.
 * @throws InputError when PyTorch has no equivalent of a layer
 */
export function modulesOf(
  layers: readonly { readonly name: string; readonly layer: Layer }[],
  specs: Specs,
): Module[] {
  return layers.flatMap(({ name, layer }) => {
    const own = specs[name]!;
    if (Object.keys(own).length === 0) return [];
    if (!layer.config)
      throw new InputError(
        `layer ${name} is one of your own, or has a cell or activation of your own; PyTorch has none`,
      );
    return ofConfig(name, layer.config, own);
  });
}

function ofConfig(name: string, config: LayerConfig, specs: ParameterSpecs): Module[] {
  const cell = config.cell as CellName;
  const part = (letter: string) => specs[letter] as Named<string> & Record<string, ParameterSpec>;
  switch (config.kind) {
    case 'residual':
    case 'timeDistributed':
      return ofConfig(name, config.layer as unknown as LayerConfig, specs);
    case 'recurrent':
      return [ofCell(name, cell, { '': [name, specs] })];
    case 'bidirectional':
      if (config.mergeMode !== 'concat')
        throw new InputError(
          `layer ${name} has the mergeMode ${config.mergeMode as string}; PyTorch has only concat`,
        );
      return [
        ofCell(name, cell, {
          '': [`${name}.forward`, part('forward')],
          _reverse: [`${name}.backward`, part('backward')],
        }),
      ];
    case 'encoderDecoder':
      return ['encoder', 'decoder'].map((of) =>
        ofCell(`${name}.${of}`, cell, { '': [`${name}.${of}`, part(of)] }),
      );
    case 'dense':
      return [ofMatrix(name, specs, { V: 'weight', c: 'bias' }, ['c'], true)];
    case 'embedding':
      return [ofMatrix(name, specs, { E: 'weight' }, [], false)];
    case 'layerNormalization':
      return [ofMatrix(name, specs, { gamma: 'weight', beta: 'bias' }, ['beta'], false)];
    default:
      throw new InputError(`layer ${name} is of the kind ${config.kind}, which PyTorch has not`);
  }
}

/**
 * @param directions the full name of each direction's parameters, and their specs, by what its tensors' names
 * end in
 */
function ofCell(name: string, cell: CellName, directions: Record<string, [string, ParameterSpecs]>): Module {
  const G = BLOCKS[cell];
  const tensors: Record<string, { shape: number[]; isBias: boolean }> = {};
  for (const [suffix, [, specs]] of Object.entries(directions)) {
    const [D, H] = [specs.U, specs.W].map((spec) => (spec as ParameterSpec).shape[0]!) as [number, number];
    const K = (G ?? 0) * H;
    tensors[`weight_ih${suffix}`] = { shape: [K, D], isBias: false };
    tensors[`weight_hh${suffix}`] = { shape: [K, H], isBias: false };
    for (const bias of ['bias_ih', 'bias_hh']) tensors[`${bias}${suffix}`] = { shape: [K], isBias: true };
  }
  const each = (convert: (suffix: string, path: string, letters: string[]) => Tensors): Tensors =>
    Object.assign(
      {},
      ...Object.entries(directions).map(([suffix, [path, specs]]) =>
        convert(suffix, path, Object.keys(specs)),
      ),
    ) as Tensors;
  return {
    ...{ name, isRecurrent: true, tensors },
    pack: (ours) =>
      each((suffix, path, letters) => {
        const own = Object.fromEntries(letters.map((letter) => [letter, ours.get(`${path}.${letter}`)!]));
        return toLayout('pytorch', cell, own, { suffix });
      }),
    unpack: (theirs) =>
      each((suffix, path) => {
        const bases = ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map((base) => base + suffix);
        const given = bases.filter((base) => theirs[base]).map((base) => [base, theirs[base]!]);
        const own = fromLayout('pytorch', cell, Object.fromEntries(given) as Tensors, { suffix });
        return Object.fromEntries(Object.entries(own).map(([letter, t]) => [`${path}.${letter}`, t]));
      }),
  };
}

/** @param names theirs, by our letters */
function ofMatrix(
  name: string,
  specs: ParameterSpecs,
  names: Readonly<Record<string, string>>,
  biases: readonly string[],
  isTransposed: boolean,
): Module {
  const letters = Object.entries(names);
  const turn = (t: Tensor) => (isTransposed && t.shape.length === 2 ? dense(transpose(t)) : dense(t));
  const shapes = letters.map(([letter, theirs]) => {
    const { shape } = specs[letter] as ParameterSpec;
    const shown = isTransposed ? [...shape].reverse() : shape;
    return [theirs, { shape: shown, isBias: biases.includes(letter) }] as const;
  });
  return {
    ...{ name, isRecurrent: false, tensors: Object.fromEntries(shapes) },
    pack: (ours) =>
      Object.fromEntries(letters.map(([letter, theirs]) => [theirs, turn(ours.get(`${name}.${letter}`)!)])),
    unpack: (theirs) =>
      Object.fromEntries(
        letters.flatMap(([letter, their]) =>
          theirs[their] ? [[`${name}.${letter}`, turn(theirs[their])]] : [],
        ),
      ),
  };
}
