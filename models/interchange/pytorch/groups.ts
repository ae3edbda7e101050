/** The tensors of a state_dict, grouped by the module that has them. */
import type { FileTensor } from '../fileTensor.js';
import type { Refuse } from '../refusal.js';
import type { Module } from './modules.js';

/** The tensors of one module, or of one layer of nn.LSTM(num_layers=..). */
export interface Group {
  /** Its name, as `names` calls it: `rnn`, `rnn_l1` for the second layer. */
  readonly label: string;
  readonly prefix: string;
  readonly level: number;
  /** By name without prefix and level: `weight_ih_reverse`, `bias`. */
  readonly tensors: ReadonlyMap<string, FileTensor>;
}

const NAME = /^(?:(.*)\.)?(?:((?:weight|bias)_(?:ih|hh))(?:_l(\d{1,4}))?(_reverse)?|(weight|bias))$/;

/** @throws InputError when a tensor is of no module that is known here */
export function groupsOf(tensors: readonly FileTensor[], refuse: Refuse): Group[] {
  const groups = new Map<string, Group & { readonly tensors: Map<string, FileTensor> }>();
  for (const tensor of tensors) {
    const { name } = tensor;
    if (/weight_hr_l\d+/.test(name))
      throw refuse(`${name} is of an LSTM with proj_size, which is not known here`);
    const found = NAME.exec(name);
    if (!found)
      throw refuse(
        `${name} is of no layer that is known here: nn.LSTM, GRU, RNN, Linear, Embedding, LayerNorm`,
      );
    const [, prefix = '', base, level = '0', direction = '', plain] = found;
    const label = Number(level) > 0 ? `${prefix}_l${level}` : prefix;
    const group = groups.get(label) ?? { label, prefix, level: Number(level), tensors: new Map() };
    group.tensors.set(plain ?? `${base}${direction}`, tensor);
    groups.set(label, group);
  }
  return [...groups.values()];
}

/** Why a group cannot be a module's; null: it can. Biases may be missing, but all of them. */
export function mismatch({ tensors, name }: Module, group: Group): string | null {
  const isUnbiased = Object.entries(tensors).every(
    ([base, { isBias }]) => !isBias || !group.tensors.has(base),
  );
  for (const [base, { shape, isBias }] of Object.entries(tensors)) {
    const there = group.tensors.get(base);
    if (!there && isBias && isUnbiased) continue;
    if (!there)
      return `layer ${name} needs ${base} [${shape.join(', ')}], which ${group.label || 'the file'} has not`;
    if (String(there.shape) !== String(shape))
      return `layer ${name}: ${there.name} is [${there.shape.join(', ')}], not [${shape.join(', ')}]`;
  }
  const more = [...group.tensors].find(([base]) => !Object.hasOwn(tensors, base));
  return more ? `layer ${name} has no place for ${more[1].name} [${more[1].shape.join(', ')}]` : null;
}
