/**
 * Weights as Keras 3 numbers them: `layers/lstm_1/cell/vars/0` is the first one of the second LSTM. What its
 * layer is called is an attribute of `layers/lstm_1/vars`, since version 3.6.
 */
import type { FileTensor } from '../fileTensor.js';
import { isGroup, type Hdf5Group } from '../hdf5/tree.js';
import type { Group } from '../module.js';
import type { Refuse } from '../refusal.js';

/** A group, and where in the file it is: `layers/lstm_1`. */
export interface PlacedGroup extends Group {
  readonly path: string;
}

/** The weights of one object, in order. */
interface Variables {
  readonly path: string;
  readonly tensors: readonly FileTensor[];
}

/** @throws InputError when something has other weights than the layers that are known here */
export function numberedGroups(root: Hdf5Group, refuse: Refuse): PlacedGroup[] {
  const found: Variables[] = [];
  const names = new Map<string, string>();
  collect(root, '', found, names);
  const groups = new Map<string, Omit<PlacedGroup, 'tensors'> & { tensors: Map<string, FileTensor> }>();
  for (const { path, tensors } of found) {
    // The cell of a layer, that of a direction, and the layer within TimeDistributed.
    const [, place = path, direction] =
      /^(.*?)(?:(?:\/(forward|backward)_layer)?\/cell|\/layer)$/.exec(path) ?? [];
    const [, prefix = '', series = place, count] = /^(.*\/)?(.*?)(?:_(\d+))?$/.exec(place) ?? [];
    const group = groups.get(place) ?? {
      ...{ path: place, label: names.get(place) ?? place.replace(/^layers\//, '') },
      ...{ series, prefix, level: Number(count ?? 0), tensors: new Map<string, FileTensor>() },
    };
    const bases = basesOf(tensors);
    if (!bases)
      throw refuse(
        `${place} has ${tensors.map(shapeOf).join(', ')}, which are of no layer that is known here`,
      );
    tensors.forEach((tensor, n) =>
      group.tensors.set(direction ? `${direction}/${bases[n]}` : bases[n]!, tensor),
    );
    groups.set(place, group);
  }
  return withUniqueLabels([...groups.values()]);
}

function collect(group: Hdf5Group, path: string, found: Variables[], names: Map<string, string>): void {
  for (const [name, child] of group.children) {
    if (!isGroup(child) || (path === '' && name === 'optimizer')) continue;
    if (name !== 'vars') {
      collect(child, path === '' ? name : `${path}/${name}`, found, names);
      continue;
    }
    const label = child.attributes.get('name');
    if (typeof label === 'string') names.set(path, label);
    const tensors = [...child.children]
      .filter((entry): entry is [string, FileTensor] => !isGroup(entry[1]))
      .sort(([a], [b]) => Number(a) - Number(b));
    if (tensors.length > 0) found.push({ path, tensors: tensors.map(([, tensor]) => tensor) });
  }
}

/** What weights are called, by how many dimensions each has; null: no layer that is known has such. */
function basesOf(tensors: readonly FileTensor[]): string[] | null {
  const dimensions = tensors.map(({ shape }) => shape.length).join('');
  // The bias of a GRU may be two.
  if (/^22[12]?$/.test(dimensions)) return ['kernel', 'recurrent_kernel', 'bias'];
  if (/^21?$/.test(dimensions)) return ['kernel', 'bias'];
  return dimensions === '11' ? ['gamma', 'beta'] : null;
}

const shapeOf = ({ shape }: FileTensor) => `[${shape.join(', ')}]`;

/** Models within models may have the same names: then places are the labels. */
function withUniqueLabels(groups: readonly PlacedGroup[]): PlacedGroup[] {
  const isUnique = new Set(groups.map(({ label }) => label)).size === groups.length;
  return groups.map((group) => (isUnique ? group : { ...group, label: group.path }));
}
