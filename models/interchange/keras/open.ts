/**
 * Files of Keras: .keras, a zip with a config and numbered weights; weights.h5, these alone; and the h5 of
 * Keras 2, which has both by name.
 */
import { decodeConfig } from '../config.js';
import { unpackAll } from '../convert.js';
import type { FileTensor } from '../fileTensor.js';
import { readHdf5 } from '../hdf5/read.js';
import { isGroup, type Hdf5Group } from '../hdf5/tree.js';
import { parseJson } from '../json.js';
import type { Group } from '../module.js';
import type { OpenFile } from '../openedFile.js';
import { naming, type Refuse } from '../refusal.js';
import type { Zip } from '../zip.js';
import { GROUPS, type FileLayer } from './fileLayer.js';
import { modulesOf } from './modules.js';
import { namedGroups } from './namedGroups.js';
import { numberedGroups, type PlacedGroup } from './numberedGroups.js';
import { ownNetwork } from './probabilities.js';
import { readNetwork } from './readNetwork.js';
import { listLayers } from './readTopology.js';
import { recordOf } from '../record.js';

export const [CONFIG, METADATA, WEIGHTS] = ['config.json', 'metadata.json', 'model.weights.h5'] as const;

/** A .keras; those of `exportModel` also say what the model is here. */
export async function openKeras(zip: Zip, refuse: Refuse): Promise<OpenFile> {
  if (!zip.names.includes(WEIGHTS))
    throw refuse(`a model of Keras whose weights are not in ${WEIGHTS}; it has ${zip.names.join(', ')}`);
  const config = await zip.read(CONFIG);
  const data = await zip.read(WEIGHTS);
  const metadata = zip.names.includes(METADATA) ? parseJson(await zip.read(METADATA)) : null;
  const header = new TextDecoder().decode(config);
  const root = readHdf5(data, refuse);
  const groups = () => numberedGroups(root, refuse);
  const topology = parseJson(config);
  async function own() {
    const { unrolled } = recordOf(metadata);
    const known = await decodeConfig(
      typeof unrolled === 'string' ? unrolled : undefined,
      header,
      data,
      refuse,
    );
    return known && ownNetwork(known, topology);
  }
  async function network() {
    const known = await own();
    if (known) return known;
    const read = readNetwork(topology, 'keras', refuse);
    return { ...read, places: read.placesIn(groups(), labelsIn(groups(), listLayers(topology))) };
  }
  return { format: 'keras', network, verify: own, ...withWeights(root, groups, refuse) };
}

/** Weights alone, or the h5 of Keras 2. */
export function openH5(bytes: Uint8Array, refuse: Refuse): OpenFile {
  const root = readHdf5(bytes, refuse);
  const nothing = () => Promise.resolve(null);
  const within = root.children.get('model_weights');
  const config = root.attributes.get('model_config');
  if (!root.attributes.has('layer_names') && !within) {
    const groups = () => numberedGroups(root, refuse);
    return { format: 'weights.h5', network: nothing, verify: nothing, ...withWeights(root, groups, refuse) };
  }
  const topology = typeof config === 'string' ? parseJson(new TextEncoder().encode(config)) : null;
  const weights = within && isGroup(within) ? within : root;
  // The names of layers, without the folder that all are in.
  const named = tensorsOf(weights).map((tensor) => ({
    ...tensor,
    name: tensor.name.replace(/^model_weights\//, ''),
  }));
  const groups = () => namedGroups(named, listLayers(topology), refuse);
  async function network() {
    if (typeof config !== 'string') return null;
    const read = readNetwork(topology, 'keras', refuse);
    return Promise.resolve({ ...read, places: read.placesIn(groups(), ({ name }) => name) });
  }
  return { format: 'h5', network, verify: nothing, ...withWeights(root, groups, refuse) };
}

const withWeights = (root: Hdf5Group, groups: () => Group[], refuse: Refuse) => ({
  tensors: tensorsOf(root),
  weights: (...[parts, like, names]: Parameters<OpenFile['weights']>) => {
    const modules = naming('', refuse, () => modulesOf(parts, 'keras'));
    return unpackAll(modules, groups(), like, names, true, refuse);
  },
});

function tensorsOf(group: Hdf5Group): FileTensor[] {
  return [...group.children.values()].flatMap((child) => (isGroup(child) ? tensorsOf(child) : [child]));
}

type Listed = Pick<FileLayer, 'name' | 'className'>;

/** Which group each layer of a config has: the first LSTM `layers/lstm`, the second one `layers/lstm_1`. */
function labelsIn(groups: readonly PlacedGroup[], layers: readonly Listed[]): (layer: Listed) => string {
  const counts = new Map<string, number>();
  const paths = new Map<string, string>();
  for (const { name, className } of layers) {
    const group = Object.hasOwn(GROUPS, className) ? GROUPS[className]! : className;
    const count = counts.get(group) ?? 0;
    counts.set(group, count + 1);
    paths.set(name, `layers/${group}${count > 0 ? `_${count}` : ''}`);
  }
  return ({ name }) => {
    const path = paths.get(name)!;
    return groups.find((group) => group.path === path)?.label ?? path;
  };
}
