/** The model in a file of Keras or tfjs, as ours: its layers, their names, and where their weights are. */
import type { LayerConfig } from '../../layers/config.js';
import type { InputSpec } from '../../graph/model.js';
import type { ModelConfig } from '../../graph/modelConfig.js';
import type { Places } from '../matching.js';
import type { Group } from '../module.js';
import type { Refuse } from '../refusal.js';
import { chainOf, type Link } from './chain.js';
import { MEANING, type Dialect } from './dialect.js';
import { GROUPS, type FileLayer } from './fileLayer.js';
import { readLayer, type Reading } from './readLayer.js';
import { readTopology } from './readTopology.js';
import { innermost } from './requireMasks.js';
import { arrayOf, shown } from '../record.js';

/** What the layers of a file are here. */
export interface FileModel {
  readonly config: ModelConfig;
  readonly notes: readonly string[];
  /**
   * Where the weights of each layer are.
   * @param labelOf the group of a layer of the file
   * @throws InputError when one has none
   */
  readonly placesIn: (groups: readonly Group[], labelOf: (layer: FileLayer) => string) => Places;
}

/**
 * @param topology what the file says: `{ class_name, config }`
 * @throws InputError when it has what cannot be had here
 */
export function readNetwork(topology: unknown, dialect: Dialect, refuse: Refuse): FileModel {
  const network = readTopology(topology, refuse);
  const { input, links } = chainOf(network, refuse);
  const reading: Reading = { dialect, refuse, notes: [] };
  const layers: { name: string; config: LayerConfig }[] = [];
  const weighted = new Map<string, FileLayer>();
  const taken = new Set<string>();
  const reads = links.map((link) => readLink(link, reading));
  for (const read of reads) {
    if (!read) continue;
    const automatic = freeName(kindOf(read.config), taken, '');
    const name = freeName(read.name, taken);
    taken.add(name);
    layers.push({ name, config: name === automatic ? read.config : { ...read.config, name } });
    for (const [part, layer] of read.weights) weighted.set(name + part, layer);
  }
  notePadding(links, reads, reading);
  const spec = inputOf(input, links[0], refuse);
  return {
    ...{ config: { input: spec, layers }, notes: reading.notes },
    placesIn(groups, labelOf) {
      const labels = new Set(groups.map(({ label }) => label));
      const without = [...weighted.values()].find((layer) => !labels.has(labelOf(layer)));
      if (without) throw refuse(`layer '${without.name}' has no weights in the file`);
      return Object.fromEntries([...weighted].map(([name, layer]) => [name, labelOf(layer)]));
    },
  };
}

interface ReadLink {
  readonly name: string;
  readonly config: LayerConfig;
  /** The layers that have weights, by what follows the layer's name here. */
  readonly weights: readonly (readonly [part: string, layer: FileLayer])[];
}

function readLink(link: Link, reading: Reading): ReadLink | null {
  if (link.kind === 'layer') {
    const { className, name, config } = link.layer;
    const layer = readLayer(className, name, config, reading);
    const weights = Object.hasOwn(GROUPS, className) ? [['', link.layer] as const] : [];
    return layer && { name, config: layer, weights };
  }
  if (link.kind === 'residual') {
    const inner = readLink(link.inner, reading);
    return inner && { ...inner, config: { kind: 'residual', layer: inner.config } };
  }
  const { encoder, decoder, sourceSteps } = link;
  const parts = { encoder, decoder };
  const [read, twin] = [encoder, decoder].map(({ className, name, config }) =>
    readLayer(className, name, config, reading),
  );
  const { kind, goBackwards, cell, units, dropout, recurrentDropout, dropoutPerGate } = read!;
  const wanted = { ...read, returnSequences: true };
  if (kind !== 'recurrent' || goBackwards !== false || JSON.stringify(twin) !== JSON.stringify(wanted))
    throw reading.refuse(
      `layer '${decoder.name}' begins with the state of '${encoder.name}': both have to be the same but for return_sequences, which the decoder has`,
    );
  return {
    name: decoder.name.replace(/[._]?decoder$/, '') || decoder.name,
    config: {
      ...{ kind: 'encoderDecoder', cell: cell!, units: units!, sourceSteps },
      ...{ dropout: dropout!, recurrentDropout: recurrentDropout!, dropoutPerGate: dropoutPerGate! },
    },
    weights: Object.entries(parts).map(([part, layer]) => [`.${part}`, layer] as const),
  };
}

/** What models call a layer that has no name. */
const kindOf = ({ kind, cell, layer }: LayerConfig): string =>
  layer ? kindOf(layer as unknown as LayerConfig) : kind === 'recurrent' ? (cell as string) : kind;

/** A name that can be one here, and that no layer has yet: numbered from the second one on. */
function freeName(name: string, taken: ReadonlySet<string>, separator = '_'): string {
  const word = name.replace(/[\s.@]+/g, '_') || '_';
  const base = word === '__proto__' ? 'proto' : word;
  let free = base;
  for (let n = 2; taken.has(free); n++) free = `${base}${separator}${n}`;
  return free;
}

/**
 * Notes where padding means another thing there. Here a mask is passed on to the last layer that reads a
 * sequence; Keras 3.3 has none after a sum.
 */
function notePadding(
  links: readonly Link[],
  reads: readonly (ReadLink | null)[],
  { dialect, notes }: Reading,
): void {
  const { program, zeroesPadding } = MEANING[dialect];
  let [isMasked, isTurned] = [false, false];
  links.forEach((link, n) => {
    const { kind, returnSequences, maskZero, goBackwards } = innermost(reads[n]?.config ?? NOTHING);
    const layer = layerOf(link);
    const where = `layer '${layer?.name}'`;
    if (isMasked && returnSequences !== undefined && layer?.mask === null)
      notes.push(`${where}: reads padded steps too there, and here it skips them`);
    if (isMasked && kind === 'bidirectional' && returnSequences === true && !zeroesPadding)
      notes.push(`${where}: at padded steps ${program} repeats the last state, and here it is 0`);
    if (isTurned && returnSequences !== undefined)
      notes.push(`${where}: reads a mask there whose steps were not turned around, and here one whose were`);
    const begins = maskZero === true || reads[n] === null;
    isMasked = returnSequences !== false && (isMasked || begins);
    isTurned = isMasked && (isTurned || goBackwards === true);
  });
}

const layerOf = (link: Link): FileLayer | null =>
  link.kind === 'residual' ? layerOf(link.inner) : link.kind === 'layer' ? link.layer : null;
/** Of a layer that computes nothing. */
const NOTHING: LayerConfig = { kind: '' };

/** What the model reads at each step. */
function inputOf(input: FileLayer, first: Link | undefined, refuse: Refuse): InputSpec {
  const { batch_shape: own, batch_input_shape: old } = input.config;
  const shape = arrayOf(own ?? old);
  if (first?.kind === 'layer' && first.layer.className === 'Embedding') {
    if (shape.length > 2)
      throw refuse(`its input is ${shown(shape)}; an embedding here reads one symbol per step, [null, null]`);
    return { kind: 'oneHot', width: sizeOf(first.layer.config.input_dim, 'input_dim', refuse), columns: 1 };
  }
  if (shape.length !== 2 && shape.length !== 3)
    throw refuse(
      shape.length === 0
        ? 'it does not say the shape of its input; build the model before saving it'
        : `its input is ${shown(shape)}; [batch, steps, features] can be had`,
    );
  return {
    kind: 'features',
    width: sizeOf(shape[shape.length - 1], 'width of its input', refuse),
    columns: 1,
  };
}

function sizeOf(size: unknown, what: string, refuse: Refuse): number {
  if (Number.isSafeInteger(size) && (size as number) >= 1) return size as number;
  throw refuse(`the ${what} is ${shown(size)}; a whole number is needed`);
}
