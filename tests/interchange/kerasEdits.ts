/** Files of ours whose config is edited, as if another program had written them. */
import { InputError } from '../../engine/index.js';
import {
  bidirectional,
  cells,
  createModel,
  dense,
  features,
  layer,
  lstm,
  recurrent,
} from '../../models/index.js';
import type { InputSpec, Layer } from '../../models/index.js';
import { exportModel } from '../../models/interchange/index.js';
import { openZip } from '../../models/interchange/zip.js';
import { writeZip } from '../../models/interchange/zipWriter.js';
import { all, D, kernels } from './networks.js';
import { jsonOf, withJson } from './tfjsModels.js';

export type Config = Record<string, unknown> & { layers: Config[]; config: Config; layer: Config };
export type Edit = (config: Config) => void;

export const simple = () => [
  layer('both', bidirectional(lstm, all)),
  layer('one', recurrent(cells.gru, all)),
  dense(2),
];

export const modelOf = (own: Layer[], input: InputSpec = features(D)) =>
  createModel({ kernels, input, layers: own, seed: 1 });
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** A file without our own text, and with another config. */
export async function edited(format: 'keras' | 'tfjs', own: Layer[], edit: Edit, input?: InputSpec) {
  const files = await exportModel(modelOf(own, input), format);
  if (format === 'tfjs') {
    const json = { ...jsonOf(files), unrolled: undefined };
    edit(json.modelTopology as Config);
    return withJson(files, json);
  }
  const zip = openZip(files.get('model.keras')!, (what) => new Error(what) as InputError);
  const config = JSON.parse(new TextDecoder().decode(await zip.read('config.json'))) as Config;
  edit(config);
  const weights = await zip.read('model.weights.h5');
  const entries = new Map([['config.json', bytes(config)], ['model.weights.h5', weights] as const]);
  return new Map([['model.keras', writeZip(entries)]]);
}

/** The config of a layer, or of the one within. */
export const of = (config: Config, name: string, isInner = false): Config => {
  const found = config.config.layers.find((one) => one.config.name === name)!.config;
  return isInner ? found.layer.config : found;
};
export const set =
  (name: string, options: object, isInner = false): Edit =>
  (config) =>
    void Object.assign(of(config, name, isInner), options);
