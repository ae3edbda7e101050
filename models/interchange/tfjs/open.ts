/**
 * Models of tfjs: a JSON file with the layers and a manifest, which says which numbers are in which files, in
 * their order.
 */
import { concatenate } from '../../weights/digest.js';
import { decodeConfig } from '../config.js';
import { unpackAll } from '../convert.js';
import { modulesOf } from '../keras/modules.js';
import { namedGroups } from '../keras/namedGroups.js';
import { ownNetwork } from '../keras/probabilities.js';
import { readNetwork } from '../keras/readNetwork.js';
import { listLayers } from '../keras/readTopology.js';
import { isRecord, recordOf, type JsonRecord } from '../record.js';
import type { OpenFile } from '../openedFile.js';
import { naming, type Refuse } from '../refusal.js';
import { readManifest } from './manifest.js';

/** Whether a JSON text describes a model of tfjs. */
export const isTfjs = (file: unknown): file is JsonRecord => isRecord(file) && 'modelTopology' in file;

/**
 * @param file   what is in its model.json
 * @param others the files with its numbers, by name
 * @throws InputError when one of them is missing, or has too few numbers or too many
 */
export function openTfjs(
  file: JsonRecord,
  others: ReadonlyMap<string, Uint8Array>,
  refuse: Refuse,
): OpenFile {
  const { modelTopology: given, weightsManifest: manifest, unrolled } = file;
  // Keras and the converter from Python have the model one level deeper.
  const topology = recordOf(given).model_config ?? given;
  if (file.format === 'graph-model' || 'node' in recordOf(topology))
    throw refuse('a graph model, which has no layers any more; convert it as a layers model');
  const { tensors, files } = readManifest(manifest, others, refuse);
  const groups = () => namedGroups(tensors, listLayers(topology), refuse);

  async function own() {
    const text = typeof unrolled === 'string' ? unrolled : undefined;
    const config = await decodeConfig(text, headerOf(topology, manifest), concatenate(files), refuse);
    return config && ownNetwork(config, topology);
  }
  async function network() {
    const known = await own();
    if (known) return known;
    const read = readNetwork(topology, 'tfjs', refuse);
    return { ...read, places: read.placesIn(groups(), ({ name }) => name) };
  }
  const weights: OpenFile['weights'] = (model, like, names) => {
    const modules = naming('', refuse, () => modulesOf(model, 'tfjs'));
    return unpackAll(modules, groups(), like, names, true, refuse);
  };
  return { format: 'tfjs', tensors, network, verify: own, weights };
}

/** What the checksum is over, besides the numbers. */
export const headerOf = (topology: unknown, manifest: unknown): string =>
  JSON.stringify({ topology, manifest });
