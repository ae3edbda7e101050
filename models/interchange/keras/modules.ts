/** The layers of a model as layers of Keras and tfjs: which weights each has there. */
import { InputError, type ParameterSpec, type ParameterSpecs } from '../../../engine/index.js';
import type { CellName } from '../../../cells/index.js';
import type { LayerConfig } from '../../layers/config.js';
import { cellModule, matrixModule, sizesOf, type Direction, type Module } from '../module.js';
import type { Parts } from '../openedFile.js';
import { MEANING, type Dialect } from './dialect.js';
import { GROUPS } from './fileLayer.js';

/** Our cells, as classes. */
export const CLASSES: Readonly<Record<string, string>> = {
  ...{ rnn: 'SimpleRNN', lstm: 'LSTM', lstmCoupled: 'LSTM', gru: 'GRU', gruResetAfter: 'GRU' },
};

/**
 * The modules of all layers that have parameters. An embedding's matrix is called `kernel`, as that of a dense
 * layer: files that only number weights do not tell them apart.
 * @throws InputError when there is no equivalent of a layer
 */
export function modulesOf({ layers, specs }: Parts, dialect: Dialect): Module[] {
  return layers.flatMap(({ name, layer }) => {
    const own = specs[name]!;
    if (Object.keys(own).length === 0) return [];
    if (!layer.config)
      throw new InputError(
        `layer ${name} is one of your own, or has a cell or activation of your own; ${MEANING[dialect].program} has none`,
      );
    return ofConfig(name, layer.config, own, dialect);
  });
}

function ofConfig(name: string, config: LayerConfig, specs: ParameterSpecs, dialect: Dialect): Module[] {
  const cell = config.cell as CellName;
  const series = GROUPS[CLASSES[cell] ?? ''] ?? null;
  const part = (of: string, prefix = ''): Direction =>
    ofDirection(`${name}.${of}`, specs[of] as ParameterSpecs, cell, prefix);
  switch (config.kind) {
    case 'residual':
      return ofConfig(name, config.layer as unknown as LayerConfig, specs, dialect);
    case 'timeDistributed':
      return ofConfig(name, config.layer as unknown as LayerConfig, specs, dialect).map((module) => ({
        ...module,
        series: 'time_distributed',
      }));
    case 'recurrent':
      return [cellModule({ name, series }, dialect, cell, [ofDirection(name, specs, cell, '')])];
    case 'bidirectional': {
      const directions = [part('forward', 'forward/'), part('backward', 'backward/')];
      return [cellModule({ name, series: 'bidirectional' }, dialect, cell, directions)];
    }
    case 'encoderDecoder':
      return ['encoder', 'decoder'].map((of) =>
        cellModule({ name: `${name}.${of}`, series }, dialect, cell, [part(of)]),
      );
    case 'dense':
      return [matrixModule({ name, series: 'dense' }, specs, { V: 'kernel', c: 'bias' }, ['c'])];
    case 'embedding':
      return [matrixModule({ name, series: 'embedding' }, specs, { E: 'kernel' }, [])];
    case 'layerNormalization':
      return [
        matrixModule({ name, series: 'layer_normalization' }, specs, { gamma: 'gamma', beta: 'beta' }, []),
      ];
    default:
      throw new InputError(
        `layer ${name} is of the kind ${config.kind}, which ${MEANING[dialect].program} has not`,
      );
  }
}

/** @param prefix what its tensors' names begin with: the direction */
function ofDirection(path: string, specs: ParameterSpecs, cell: CellName, prefix: string): Direction {
  const [D, H] = sizesOf(specs);
  // A coupled cell has no block of its own for the input gate.
  const K = cell === 'lstmCoupled' ? 4 * H : (specs.U as ParameterSpec).shape[1]!;
  const tensors = {
    [`${prefix}kernel`]: { shape: [D, K], isBias: false },
    [`${prefix}recurrent_kernel`]: { shape: [H, K], isBias: false },
    [`${prefix}bias`]: { shape: 'bW' in specs ? [2, K] : [K], isBias: true },
  };
  return { path, specs, tensors, names: { prefix } };
}
