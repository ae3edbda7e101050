/** The layers of a model as modules of PyTorch. */
import { InputError, type ParameterSpecs } from '../../../engine/index.js';
import type { CellName } from '../../../cells/index.js';
import type { LayerConfig } from '../../layers/config.js';
import type { Layer } from '../../layers/layer.js';
import { cellModule, matrixModule, sizesOf, type Direction, type Module } from '../module.js';

/** What is numbered in files: the layers of nn.LSTM(num_layers=..), and of nn.GRU and nn.RNN. */
export const RECURRENT = 'recurrent';

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
  const part = (letter: string) => specs[letter] as ParameterSpecs;
  switch (config.kind) {
    case 'residual':
    case 'timeDistributed':
      return ofConfig(name, config.layer as unknown as LayerConfig, specs);
    case 'recurrent':
      return [ofCell(name, cell, [[name, specs, '']])];
    case 'bidirectional':
      if (config.mergeMode !== 'concat')
        throw new InputError(
          `layer ${name} has the mergeMode ${config.mergeMode as string}; PyTorch has only concat`,
        );
      return [
        ofCell(name, cell, [
          [`${name}.forward`, part('forward'), ''],
          [`${name}.backward`, part('backward'), '_reverse'],
        ]),
      ];
    case 'encoderDecoder':
      return ['encoder', 'decoder'].map((of) =>
        ofCell(`${name}.${of}`, cell, [[`${name}.${of}`, part(of), '']]),
      );
    case 'dense':
      return [matrixModule({ name, series: null }, specs, { V: 'weight', c: 'bias' }, ['c'], true)];
    case 'embedding':
      return [matrixModule({ name, series: null }, specs, { E: 'weight' }, [])];
    case 'layerNormalization':
      return [matrixModule({ name, series: null }, specs, { gamma: 'weight', beta: 'bias' }, ['beta'])];
    default:
      throw new InputError(`layer ${name} is of the kind ${config.kind}, which PyTorch has not`);
  }
}

/** @param directions the full name of each direction's parameters, and what its tensors' names end in */
function ofCell(
  name: string,
  cell: CellName,
  directions: readonly [path: string, specs: ParameterSpecs, suffix: string][],
): Module {
  const ofDirection = ([path, specs, suffix]: (typeof directions)[number]): Direction => {
    const [D, H] = sizesOf(specs);
    const K = (BLOCKS[cell] ?? 0) * H;
    const tensors = {
      [`weight_ih${suffix}`]: { shape: [K, D], isBias: false },
      [`weight_hh${suffix}`]: { shape: [K, H], isBias: false },
      [`bias_ih${suffix}`]: { shape: [K], isBias: true },
      [`bias_hh${suffix}`]: { shape: [K], isBias: true },
    };
    return { path, specs, tensors, names: { suffix } };
  };
  return cellModule({ name, series: RECURRENT }, 'pytorch', cell, directions.map(ofDirection));
}
