/** Weights to a state_dict of PyTorch, and back. */
import { InputError, type Tensor } from '../../../engine/index.js';
import { numbersOf, type FileTensor } from '../fileTensor.js';
import type { Parts, Weights } from '../openedFile.js';
import { naming, type Refuse } from '../refusal.js';
import { groupsOf } from './groups.js';
import { match, type Places } from './matching.js';
import { modulesOf } from './modules.js';

/**
 * The tensors of a model by PyTorch's names: `lstm.weight_ih_l0`.
 * @throws InputError when PyTorch has no equivalent of a layer
 */
export function toStateDict(
  { layers, specs }: Parts,
  ours: ReadonlyMap<string, Tensor>,
): Map<string, Tensor> {
  const all = new Map<string, Tensor>();
  for (const module of modulesOf(layers, specs)) {
    const packed = naming(
      `layer ${module.name}: `,
      (what) => new InputError(what),
      () => module.pack(ours),
    );
    for (const [base, t] of Object.entries(packed)) {
      const name = module.isRecurrent ? base.replace(/^(\w+_[ih]h)/, '$1_l0') : base;
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
  const places: Record<string, string> = {};
  const ours = new Map<string, Tensor>();
  for (const [module, group] of match(modules, groupsOf(tensors, refuse), names, refuse)) {
    places[module.name] = group.label;
    const theirs = [...group.tensors].map(([base, t]) => [base, numbersOf(t, like, refuse)] as const);
    const unpacked = naming(`layer ${module.name}: `, refuse, () =>
      module.unpack(Object.fromEntries(theirs)),
    );
    for (const [name, t] of Object.entries(unpacked)) ours.set(name, t);
  }
  return { ours, places };
}
