/**
 * Loads a second copy of the compiled library and its checks, with one text changed. The library needs no
 * switches for faults, and each mutant is judged by the same check that guards the library.
 *
 * Modules are compiled from dist/ by `vm.SourceTextModule` (hence node's flag --experimental-vm-modules). A
 * copy without a fault is loaded once. A mutant reloads only the changed file and its direct and indirect
 * importers; it shares the others with that copy, and packages from npm and Node with the original.
 */
import vm from 'node:vm';
import { pathOf, textOf, urlOf } from './compiled.js';

/** Replaces the text from `start` to `end`, exclusive, of a compiled file by `to`. */
export interface Change {
  /** A path inside dist/: `cells/lstm.js`. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

/** Evaluated modules by URL, and the importers of each. */
interface Copy {
  readonly modules: Map<string, vm.SourceTextModule>;
  readonly importers: Map<string, Set<string>>;
}

const sound = new Map<string, Promise<Copy>>();
let copies = 0;
const outside = new Map<string, Promise<vm.Module>>();

/**
 * Loads a module of dist/ and all its imports.
 * @throws Error when the change is in a file that is not loaded
 */
export async function loadMutated<T>(entry: string, change: Change | null): Promise<T> {
  const root = urlOf(entry);
  let copy = sound.get(entry);
  if (!copy) sound.set(entry, (copy = load(root)));
  const without = await copy;
  if (!change) return without.modules.get(root)!.namespace as T;

  const changed = urlOf(change.file);
  if (!without.modules.has(changed)) throw new Error(`${change.file} is not part of ${entry}`);
  const touched = importersOf(without, changed);
  const shared = new Map([...without.modules].filter(([url]) => !touched.has(url)));
  const mutated = await load(root, shared, change);
  return mutated.modules.get(root)!.namespace as T;
}

/** The module itself and its direct and indirect importers. */
function importersOf(
  { importers }: Pick<Copy, 'importers'>,
  url: string,
  found = new Set<string>(),
): Set<string> {
  if (found.has(url)) return found;
  found.add(url);
  for (const importer of importers.get(url) ?? []) importersOf({ importers }, importer, found);
  return found;
}

async function load(
  root: string,
  shared: ReadonlyMap<string, vm.SourceTextModule> = new Map(),
  change: Change | null = null,
): Promise<Copy> {
  const modules = new Map(shared);
  // A unique name per copy: Node looks modules up by name, which slows down with every module of the same
  // name.
  const suffix = `?copy=${copies++}`;
  const importers = new Map<string, Set<string>>();

  function moduleAt(url: string): vm.SourceTextModule {
    let module = modules.get(url);
    if (!module) {
      module = new vm.SourceTextModule(changedText(pathOf(url), change), {
        identifier: url + suffix,
        initializeImportMeta: (meta) => void (meta.url = url),
      });
      modules.set(url, module);
    }
    return module;
  }

  const module = moduleAt(root);
  await module.link((specifier, { identifier }) => {
    if (!specifier.startsWith('.')) return share(specifier);
    const url = new URL(specifier, identifier).href;
    const importer = identifier.slice(0, -suffix.length);
    importers.set(url, (importers.get(url) ?? new Set()).add(importer));
    return moduleAt(url);
  });
  await module.evaluate();
  return { modules, importers };
}

function changedText(file: string, change: Change | null): string {
  const text = textOf(file);
  if (change?.file !== file) return text;
  return text.slice(0, change.start) + change.to + text.slice(change.end);
}

/** A package or Node module, shared with the original. */
function share(specifier: string): Promise<vm.Module> {
  let module = outside.get(specifier);
  if (!module) outside.set(specifier, (module = wrap(specifier)));
  return module;
}

async function wrap(specifier: string): Promise<vm.Module> {
  const exports = (await import(specifier)) as Record<string, unknown>;
  const names = Object.keys(exports);
  const module = new vm.SyntheticModule(names, function () {
    for (const name of names) this.setExport(name, exports[name]);
  });
  await module.link(() => {
    throw new Error('a synthetic module imports nothing');
  });
  await module.evaluate();
  return module;
}
