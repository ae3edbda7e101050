/**
 * Weights by names that begin with their layer's and end in their own, as in tfjs and in files of Keras 2:
 * `both/forward_lstm/lstm_cell/kernel:0`. What is between matters only where it says the direction.
 */
import type { FileTensor } from '../fileTensor.js';
import type { Group } from '../module.js';
import type { Refuse } from '../refusal.js';
import type { FileLayer } from './fileLayer.js';
import { GROUPS } from './fileLayer.js';

const BASES = new Set(['kernel', 'recurrent_kernel', 'bias', 'gamma', 'beta']);

/**
 * @param layers the file's own list of layers; empty if it has none
 * @throws InputError when a tensor is of no layer that is known here
 */
export function namedGroups(
  tensors: readonly FileTensor[],
  layers: readonly Pick<FileLayer, 'name' | 'className'>[],
  refuse: Refuse,
): Group[] {
  const groups = new Map<string, Group & { readonly tensors: Map<string, FileTensor> }>();
  const order = new Map(layers.map(({ name }, n) => [name, n]));
  const classes = new Map(layers.map(({ name, className }) => [name, GROUPS[className] ?? null]));
  for (const tensor of tensors) {
    const parts = tensor.name.split('/');
    const label = parts[0]!;
    const last = parts[parts.length - 1]!.replace(/:0$/, '');
    const base = last === 'embeddings' ? 'kernel' : last;
    if (parts.length < 2 || !BASES.has(base))
      throw refuse(`${tensor.name} is of no layer that is known here: its name ends in ${last}`);
    const series = classes.get(label) ?? null;
    const isDirected = series === 'bidirectional' || (series === null && layers.length === 0);
    const direction = isDirected ? directionOf(parts.slice(1, -1)) : '';
    const group = groups.get(label) ?? {
      ...{ label, series, prefix: '', level: order.get(label) ?? 0 },
      tensors: new Map<string, FileTensor>(),
    };
    if (group.tensors.has(direction + base)) throw refuse(`${label} has ${direction + base} twice`);
    group.tensors.set(direction + base, tensor);
    groups.set(label, group);
  }
  return [...groups.values()];
}

function directionOf(parts: readonly string[]): string {
  const found = parts.map((part) => /^(forward|backward)_/.exec(part)?.[1]).find((one) => one !== undefined);
  return found === undefined ? '' : `${found}/`;
}
