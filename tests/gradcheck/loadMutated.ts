/**
 * A second copy of the compiled library and of its checks, with one text changed. The product needs no switches for
 * faults, and each mutant is judged by the very check that guards the library.
 *
 * Modules are compiled from dist/ by `vm.SourceTextModule` (hence node's flag --experimental-vm-modules); what comes
 * from npm or from Node is shared with the first copy.
 */
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

/** In the compiled file, `from` is replaced by `to`. It must occur exactly once. */
export interface Change {
  /** A path inside dist/: `cells/lstm.js`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const DIST = new URL('../../', import.meta.url);
const sources = new Map<string, string>();
const outside = new Map<string, Promise<vm.Module>>();

/**
 * Loads a module of dist/ and, anew, all that it imports.
 * @throws Error when the text to be changed is not found, is found twice, or is in a file that is not loaded
 */
export async function loadMutated<T>(entry: string, change: Change | null): Promise<T> {
  const modules = new Map<string, vm.SourceTextModule>();
  const changedUrl = change && new URL(change.file, DIST).href;

  function load(url: string): vm.SourceTextModule {
    let module = modules.get(url);
    if (!module) {
      const source = url === changedUrl ? apply(change!, read(url)) : read(url);
      module = new vm.SourceTextModule(source, {
        identifier: url,
        initializeImportMeta: (meta) => void (meta.url = url),
      });
      modules.set(url, module);
    }
    return module;
  }

  const root = load(new URL(entry, DIST).href);
  await root.link((specifier, { identifier }) =>
    specifier.startsWith('.') ? load(new URL(specifier, identifier).href) : share(specifier),
  );
  if (changedUrl && !modules.has(changedUrl)) throw new Error(`${change.file} is not part of ${entry}`);
  await root.evaluate();
  return root.namespace as T;
}

function apply({ file, from, to }: Change, source: string): string {
  const parts = source.split(from);
  if (parts.length !== 2) {
    throw new Error(`pattern not found exactly once in ${file} but ${parts.length - 1} times: ${from}`);
  }
  return parts.join(to);
}

function read(url: string): string {
  let source = sources.get(url);
  if (source === undefined) sources.set(url, (source = readFileSync(new URL(url), 'utf8')));
  return source;
}

/** A package, or a module of Node, as the first copy sees it. */
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
