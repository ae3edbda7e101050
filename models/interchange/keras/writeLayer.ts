/** Our layers as layers of Keras and tfjs, one by one. */
import { InputError } from '../../../engine/index.js';
import type { Json, LayerConfig } from '../../layers/config.js';
import { MEANING, type Dialect } from './dialect.js';
import { CLASSES } from './modules.js';

/** A layer as such files have it. */
export interface WrittenLayer {
  readonly class_name: string;
  readonly config: { readonly name: string; readonly [option: string]: unknown };
  readonly [more: string]: unknown;
}

/** How layers are written. */
export interface Writing {
  readonly dialect: Dialect;
  /** float32 or float64 */
  readonly dtype: string;
}

/**
 * A layer without what is around it: a residual one is written as what it adds.
 * @throws InputError when there is no equivalent
 */
export function writeLayer(name: string, config: LayerConfig, writing: Writing): WrittenLayer {
  const { dialect, dtype } = writing;
  const common = { name, dtype };
  switch (config.kind) {
    case 'recurrent':
      return layerOf(dialect, CLASSES[config.cell as string]!, {
        ...common,
        ...cellOptions(config, dialect),
        go_backwards: config.goBackwards,
      });
    case 'bidirectional': {
      const layer = writeLayer(
        `${name}_cells`,
        { ...config, kind: 'recurrent', goBackwards: false },
        writing,
      );
      return layerOf(dialect, 'Bidirectional', { ...common, layer, merge_mode: config.mergeMode });
    }
    case 'timeDistributed': {
      const layer = writeLayer(`${name}_layer`, config.layer as unknown as LayerConfig, writing);
      if (layer.class_name !== 'Dense')
        throw new InputError(`layer ${name} is timeDistributed of another layer than dense`);
      return layerOf(dialect, 'TimeDistributed', { ...common, layer });
    }
    case 'dense':
      return layerOf(dialect, 'Dense', {
        ...common,
        ...{ units: config.units, activation: config.activation, use_bias: true },
      });
    case 'layerNormalization':
      return layerOf(dialect, 'LayerNormalization', { ...common, axis: -1, epsilon: config.epsilon });
    case 'dropout':
      return layerOf(dialect, 'Dropout', { ...common, rate: config.rate });
    case 'spatialDropout1D':
      return layerOf(dialect, 'SpatialDropout1D', { ...common, rate: config.rate });
    case 'repeatVector':
      return layerOf(dialect, 'RepeatVector', { ...common, n: config.steps });
    default:
      throw new InputError(
        `layer ${name} is of the kind ${config.kind}, which ${MEANING[dialect].program} has not`,
      );
  }
}

/** @param size of the vocabulary */
export const writeEmbedding = (
  name: string,
  config: LayerConfig,
  size: number,
  { dialect, dtype }: Writing,
) =>
  layerOf(dialect, 'Embedding', {
    ...{ name, dtype, input_dim: size, output_dim: config.units, mask_zero: config.maskZero },
  });

/** What Keras also asks for. */
export const layerOf = (
  dialect: Dialect,
  className: string,
  config: WrittenLayer['config'],
): WrittenLayer => ({
  ...(dialect === 'keras' && { module: 'keras.layers', registered_name: null }),
  ...{ class_name: className, config },
});

/**
 * What every version takes for granted in its own way is said. `stateful` is not: there it goes with a size
 * of the batch, which a model here does not have.
 */
export const cellOptions = (config: LayerConfig, dialect: Dialect): Readonly<Record<string, Json>> => ({
  ...{ units: config.units!, activation: 'tanh', use_bias: true },
  ...(config.cell !== 'rnn' && { recurrent_activation: 'sigmoid' }),
  ...(CLASSES[config.cell as string] === 'GRU' && { reset_after: config.cell === 'gruResetAfter' }),
  ...{ dropout: config.dropout!, recurrent_dropout: config.recurrentDropout! },
  ...{
    return_sequences: config.returnSequences ?? false,
    return_state: false,
    stateful: false,
    unroll: false,
  },
  // Weights follow; an orthogonal matrix to begin with takes tfjs long.
  ...(dialect === 'tfjs' && { recurrent_initializer: { class_name: 'Zeros', config: {} } }),
});
