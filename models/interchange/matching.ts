/**
 * Which tensors are which layer's. Files of weights do not say what comes after what, so: what is named is
 * taken; then what is called like a layer; then what can be nothing else; then what the file numbers, in its
 * order. What is left is an error, and never a guess.
 */
import { mismatch, type Group, type Module } from './module.js';
import type { Refuse } from './refusal.js';

/** The labels of groups by the names of modules. */
export type Places = Readonly<Record<string, string>>;

/**
 * @param isNumbered whether the program makes up the names: then names decide only if all are the same, and
 * what is numbered comes before what fits
 * @throws InputError when a layer or a tensor has no place, or more than one
 */
export function match(
  modules: readonly Module[],
  groups: readonly Group[],
  names: Places,
  isNumbered: boolean,
  refuse: Refuse,
): Map<Module, Group> {
  const matched = new Map<Module, Group>();
  const free = new Set(groups);
  const open = new Set(modules);
  function take(module: Module, group: Group): void {
    const wrong = mismatch(module, group);
    if (wrong) throw refuse(wrong);
    matched.set(module, group);
    free.delete(group);
    open.delete(module);
  }
  takeNamed(modules, groups, free, names, take, refuse);
  const same = [...open].flatMap((module) => {
    const group = [...free].find(({ label }) => label === module.name);
    return group ? [[module, group] as const] : [];
  });
  if (!isNumbered || same.length === open.size) for (const [module, group] of same) take(module, group);
  if (!isNumbered) takeOnly(open, free, take);
  takeSeries(open, free, take);
  takeOnly(open, free, take);
  const [unmatched] = open;
  if (unmatched) throw refuse(whyOpen(unmatched, [...free]));
  const [rest] = free;
  if (rest) throw refuse(`${rest.label || 'the file'} (${listOf(rest)}) has no layer in the model`);
  return matched;
}

type Take = (module: Module, group: Group) => void;

function takeNamed(
  modules: readonly Module[],
  groups: readonly Group[],
  free: ReadonlySet<Group>,
  names: Places,
  take: Take,
  refuse: Refuse,
): void {
  for (const [name, label] of Object.entries(names)) {
    const module = modules.find((one) => one.name === name);
    if (!module)
      throw refuse(
        `names: the model has no layer ${name} with weights, but ${modules.map((one) => one.name).join(', ')}`,
      );
    const group = groups.find((one) => one.label === label);
    if (!group) throw refuse(`names: there is no ${label} in the file, but ${labelsOf(groups)}`);
    if (!free.has(group)) throw refuse(`names: ${label} is given to two layers`);
    take(module, group);
  }
}

/** Takes what fits only one, as often as that decides something. */
function takeOnly(open: ReadonlySet<Module>, free: ReadonlySet<Group>, take: Take): void {
  for (let before = -1; before !== open.size;) {
    before = open.size;
    for (const module of [...open]) {
      const fitting = [...free].filter((group) => !mismatch(module, group));
      if (fitting.length === 1) take(module, fitting[0]!);
    }
  }
}

/** What is numbered together, if that is all that is left of its series. */
function takeSeries(open: ReadonlySet<Module>, free: ReadonlySet<Group>, take: Take): void {
  const all = new Set([...open].flatMap(({ series }) => series ?? []));
  for (const series of all) {
    const modules = [...open].filter((one) => one.series === series);
    const groups = [...free].filter((one) => one.series === series);
    if (groups.length !== modules.length || new Set(groups.map(({ prefix }) => prefix)).size !== 1) continue;
    groups.sort((a, b) => a.level - b.level);
    modules.forEach((module, n) => take(module, groups[n]!));
  }
}

function whyOpen(module: Module, free: readonly Group[]): string {
  const fitting = free.filter((group) => !mismatch(module, group));
  const said = `say which: names: { '${module.name}': '${(fitting[0] ?? free[0])?.label ?? ''}' }`;
  if (fitting.length > 1) return `layer ${module.name} may be ${labelsOf(fitting)}; ${said}`;
  if (free.length === 0) return `layer ${module.name} has no tensors in the file`;
  if (free.length === 1) return mismatch(module, free[0]!)!;
  const shapes = Object.entries(module.tensors).map(([base, { shape }]) => `${base} [${shape.join(', ')}]`);
  return `layer ${module.name} needs ${shapes.join(', ')}; left in the file are ${free.map((group) => `${group.label}: ${listOf(group)}`).join('; ')}`;
}

const labelsOf = (groups: readonly Group[]) =>
  groups.map(({ label }) => label || "''").join(', ') || 'nothing';
const listOf = ({ tensors }: Group) =>
  [...tensors].map(([base, { shape }]) => `${base} [${shape.join(', ')}]`).join(', ');
