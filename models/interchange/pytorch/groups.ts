/** The tensors of a state_dict, grouped by the module that has them. */
import type { FileTensor } from '../fileTensor.js';
import type { Refuse } from '../refusal.js';
import type { Group } from '../module.js';
import { RECURRENT } from './modules.js';

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
    const group = groups.get(label) ?? {
      ...{ label, prefix, level: Number(level), tensors: new Map<string, FileTensor>() },
      series: plain === undefined ? RECURRENT : null,
    };
    group.tensors.set(plain ?? `${base}${direction}`, tensor);
    groups.set(label, group);
  }
  return [...groups.values()];
}
