/** Models give logits; the file of one may give probabilities, by the activation of its last dense layer. */
import { InputError } from '../../../engine/index.js';
import type { ModelConfig } from '../../graph/modelConfig.js';
import type { LayerConfig } from '../../layers/config.js';
import type { ExportOptions } from '../outgoing.js';
import type { Network } from '../openedFile.js';
import { arrayOf, isRecord, recordOf, type JsonRecord } from '../record.js';

const DROPPING = new Set(['dropout', 'spatialDropout1D']);
const ODDS = new Set(['softmax', 'sigmoid']);

/**
 * The model with these outputs.
 * @throws InputError when probabilities are asked for and it does not end in a dense layer
 */
export function withOutputs(model: ModelConfig, outputs: Required<ExportOptions>['outputs']): ModelConfig {
  if (outputs === 'logits') return model;
  const layers = [...model.layers];
  let last = layers.length - 1;
  while (last > 0 && DROPPING.has(layers[last]!.config!.kind)) last--;
  const { name, config } = layers[last]!;
  const dense = denseIn(config!);
  if (!dense || (dense.activation !== 'linear' && !ODDS.has(dense.activation as string)))
    throw new InputError(
      `outputs: probabilities are those of a dense layer without activation at the end, and layer ${name} is none`,
    );
  if (dense.activation !== 'linear') return model;
  const odds = { ...dense, activation: dense.units === 1 ? 'sigmoid' : 'softmax' };
  layers[last] = { name, config: config === dense ? odds : { ...config!, layer: odds } };
  return { ...model, layers };
}

/** The dense layer itself, or that within timeDistributed; null: it is another one. */
const denseIn = (config: LayerConfig): LayerConfig | null => {
  const own = config.kind === 'timeDistributed' ? (config.layer as unknown as LayerConfig) : config;
  return own.kind === 'dense' ? own : null;
};

/** What a file of ours says: the model, and whether the file gives its probabilities. */
export function ownNetwork(config: ModelConfig, topology: unknown): Network {
  const here = lastOf(config.layers, (layer) => denseIn(layer.config!)?.activation);
  const there = lastOf(arrayOf(recordOf(recordOf(topology).config).layers), activationIn);
  if (here !== 'linear' || here === there) return { config, notes: [] };
  return {
    config,
    notes: [`its outputs are probabilities (${String(there)}); those of the model are logits`],
  };
}

/** The last one that is known. */
const lastOf = <T>(layers: readonly T[], find: (layer: T) => unknown): unknown =>
  layers
    .map(find)
    .filter((one) => one !== undefined)
    .at(-1);

/** The activation of a layer in a file, or of the one within; undefined: it has none. */
function activationIn(layer: unknown): unknown {
  const { class_name: className, config }: JsonRecord = recordOf(layer);
  const { layer: inner, activation } = recordOf(config);
  if (className === 'TimeDistributed' && isRecord(inner)) return activationIn(inner);
  return className === 'Dense' ? activation : undefined;
}
