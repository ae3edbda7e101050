/** Weights to the tensors of another program, and back. */
import { InputError, type Tensor } from '../../engine/index.js';
import type { Source } from '../weights/copy.js';
import { numbersOf } from './fileTensor.js';
import { match, type Places } from './matching.js';
import type { Group, Module, Tensors } from './module.js';
import type { Weights } from './openedFile.js';
import { naming, type Refuse } from './refusal.js';

/**
 * The tensors of each module.
 * @throws InputError when the other program has no equivalent of a layer
 */
export function packAll(modules: readonly Module[], ours: ReadonlyMap<string, Tensor>): Map<Module, Tensors> {
  const refuse = (what: string) => new InputError(what);
  return new Map(
    modules.map((module) => [module, naming(`layer ${module.name}: `, refuse, () => module.pack(ours))]),
  );
}

/**
 * Our parameters by their full names, from the groups of a file.
 * @param like       numbers of the type that the model has
 * @param names      which group of the file a module is
 * @param isNumbered as in `match`
 * @throws InputError when a layer or a tensor has no place, or its numbers do not fit
 */
export function unpackAll(
  modules: readonly Module[],
  groups: readonly Group[],
  like: Tensor['data'],
  names: Places,
  isNumbered: boolean,
  refuse: Refuse,
): Weights {
  const places: Record<string, string> = {};
  const ours = new Map<string, Source>();
  for (const [module, group] of match(modules, groups, names, isNumbered, refuse)) {
    places[module.name] = group.label;
    const theirs = [...group.tensors].map(([base, t]) => [base, numbersOf(t, like, refuse)] as const);
    const unpacked = naming(`layer ${module.name}: `, refuse, () =>
      module.unpack(Object.fromEntries(theirs)),
    );
    for (const [name, source] of Object.entries(unpacked)) ours.set(name, source);
  }
  return { ours, places };
}
