/** Weights to a state_dict of PyTorch, and back. */
import type { Tensor } from '../../../engine/index.js';
import { packAll, unpackAll } from '../convert.js';
import type { FileTensor } from '../fileTensor.js';
import type { Places } from '../matching.js';
import type { Parts, Weights } from '../openedFile.js';
import { naming, type Refuse } from '../refusal.js';
import { groupsOf } from './groups.js';
import { modulesOf, RECURRENT } from './modules.js';

/**
 * The tensors of a model by PyTorch's names: `lstm.weight_ih_l0`.
 * @throws InputError when PyTorch has no equivalent of a layer
 */
export function toStateDict(
  { layers, specs }: Parts,
  ours: ReadonlyMap<string, Tensor>,
): Map<string, Tensor> {
  const all = new Map<string, Tensor>();
  for (const [module, packed] of packAll(modulesOf(layers, specs), ours)) {
    for (const [base, t] of Object.entries(packed)) {
      const name = module.series === RECURRENT ? base.replace(/^(\w+_[ih]h)/, '$1_l0') : base;
      all.set(`${module.name}.${name}`, t);
    }
  }
  return all;
}

/**
 * Our parameters by their full names, from the tensors of a file.
 * @param like  numbers of the type that the model has
 * @param names which module of the file a layer is
 * @throws InputError when a layer or a tensor has no place, or its numbers do not fit
 */
export function fromStateDict(
  { layers, specs }: Parts,
  tensors: readonly FileTensor[],
  like: Tensor['data'],
  names: Places,
  refuse: Refuse,
): Weights {
  const modules = naming('', refuse, () => modulesOf(layers, specs));
  return unpackAll(modules, groupsOf(tensors, refuse), like, names, false, refuse);
}
