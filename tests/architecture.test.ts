/** The architecture: imports go one way only, from the programs down to the kernels. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, posix, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findCycle, folderOf, importsOf, type Import } from './imports.js';

interface Rule {
  /** Folders whose files may be imported. */
  readonly folders: readonly string[];
  /** Packages that may be imported; 'any' in programs. */
  readonly packages: readonly string[] | 'any';
}

const rules: Readonly<Record<string, Rule>> = {
  engine: { folders: ['engine'], packages: ['#builds', '#thread', '#ndarray', '#ndarray-ops'] },
  cells: { folders: ['cells', 'engine'], packages: [] },
  models: { folders: ['models', 'cells', 'engine'], packages: [] },
  datasets: { folders: ['datasets'], packages: [] },
  tasks: { folders: ['tasks', 'datasets', 'models', 'cells', 'engine'], packages: 'any' },
  bench: { folders: ['bench', 'tests', 'tasks', 'datasets', 'models', 'cells', 'engine'], packages: 'any' },
  tests: { folders: ['tests', 'bench', 'tasks', 'datasets', 'models', 'cells', 'engine'], packages: 'any' },
};

function isAllowed({ from, to, kind }: Import): boolean {
  const rule = rules[folderOf(from)!]!;
  const folder = folderOf(to);
  // A data set may import its readers' types, which are erased at compile time.
  if (folder) return rule.folders.includes(folder) || (folderOf(from) === 'datasets' && kind === 'types');
  // Its types only: the value is `#ndarray`, which is something else in browsers ("imports" in package.json).
  if (folderOf(from) === 'engine' && to === 'ndarray') return kind === 'types';
  if (rule.packages === 'any' || rule.packages.includes(to)) return true;
  // The WebAssembly loader imports Node's file system dynamically, when it runs on Node.
  return from.startsWith('engine/wasm/') && to.startsWith('node:') && kind === 'dynamic';
}

/** The folder directly below a floor: `graph` for `models/graph/unroll.ts`; null if the file is in none. */
function roomOf(file: string, floor: string): string | null {
  const [room, ...rest] = file.slice(floor.length + 1).split('/');
  return rest.length ? room! : null;
}

/** The files that run when a file is imported. */
function reachableFrom(start: string, imports: readonly Import[]): string[] {
  const found = new Set([start]);
  for (const file of found) {
    for (const { from, to, kind } of imports) if (from === file && kind === 'values') found.add(to);
  }
  return [...found];
}

const forbidden = (imports: readonly Import[]) =>
  imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} -> ${to}`);

const root = fileURLToPath(new URL('../..', import.meta.url));

function readSources(): Map<string, string> {
  const paths = Object.keys(rules).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => posix.join(folder, ...name.split(sep)))
      // The WebAssembly sources are AssemblyScript, not TypeScript.
      .filter((path) => path.endsWith('.ts') && !path.startsWith('engine/wasm/assembly/')),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

describe('the sources', () => {
  const sources = readSources();
  const imports = importsOf(sources);

  it('import only in the allowed direction', () => {
    expect(forbidden(imports)).toEqual([]);
  });

  it('have no import cycles', () => {
    expect(findCycle(imports)).toBeNull();
  });

  it.each(['models', 'engine/wasm', 'tasks'])(
    'of %s/ are in rooms whose imports also run one way',
    (floor) => {
      const room = (file: string) => (file.startsWith(`${floor}/`) ? roomOf(file, floor) : null);
      const between = imports
        .map((one) => ({ ...one, from: room(one.from), to: room(one.to) }))
        .filter(({ from, to }) => from !== null && to !== null && from !== to);
      expect(new Set(between.map(({ from }) => from)).size).toBeGreaterThanOrEqual(3);
      expect(findCycle(between as Import[])).toBeNull();
    },
  );

  it('of models/ draw and describe only on request: unroll loads none of that', () => {
    const loaded = reachableFrom('models/graph/unroll.ts', imports);
    expect(loaded).toContain('models/layers/materialize.ts');
    expect(loaded.filter((file) => file.startsWith('models/inspect/'))).toEqual([]);
  });

  it('of models/interchange/ are loaded only by who uses it, and run on every platform', () => {
    const inside = (file: string) => file.startsWith('models/interchange/');
    const users = imports
      .filter(({ from, to }) => inside(to) && !inside(from))
      .map(({ from }) => folderOf(from));
    expect(users.filter((folder) => !['tests', 'tasks', 'bench'].includes(folder!))).toEqual([]);
    const packages = imports.filter(({ from, to }) => inside(from) && folderOf(to) === null);
    expect(packages).toEqual([]);
    const globals = /\b(process|Buffer|require|__dirname)\b[.(]/;
    const used = [...sources].filter(([file, text]) => inside(file) && globals.test(text));
    expect(used.map(([file]) => file)).toEqual([]);
  });

  it('import only files that exist', () => {
    const exists = (file: string) => sources.has(file) || sources.has(file.replace(/\.ts$/, '.d.ts'));
    const missing = imports.filter(({ to }) => folderOf(to) !== null && !exists(to));
    expect(missing).toEqual([]);
  });

  it('are all in folders that have a rule', () => {
    const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
      include: string[];
    };
    expect([...include].sort()).toEqual(Object.keys(rules).sort());
  });
});

describe('the check itself', () => {
  const check = (files: Record<string, string>) => importsOf(new Map(Object.entries(files)));

  it.each([
    ['engine/a.ts', `import { b } from '../cells/b.js';`, 'engine/a.ts -> cells/b.ts'],
    ['cells/a.ts', `export * from '../models/b.js';`, 'cells/a.ts -> models/b.ts'],
    ['cells/a.ts', `import type { B } from '../models/b.js';`, 'cells/a.ts -> models/b.ts'],
    ['cells/a.ts', `let b: import('../models/b.js').B;`, 'cells/a.ts -> models/b.ts'],
    ['models/a.ts', `const b = await import('../tasks/b.js');`, 'models/a.ts -> tasks/b.ts'],
    ['models/deep/a.ts', `import '../../datasets/b.js';`, 'models/deep/a.ts -> datasets/b.ts'],
    ['datasets/a.ts', `import { b } from '../models/b.js';`, 'datasets/a.ts -> models/b.ts'],
    ['tasks/a.ts', `import { b } from '../bench/b.js';`, 'tasks/a.ts -> bench/b.ts'],
    ['tasks/a.ts', `import { b } from '../tests/b.js';`, 'tasks/a.ts -> tests/b.ts'],
    ['engine/a.ts', `import lodash from 'lodash/fp';`, 'engine/a.ts -> lodash'],
    ['cells/a.ts', `import ndarray from 'ndarray';`, 'cells/a.ts -> ndarray'],
    ['engine/a.ts', `const fs = await import('node:fs');`, 'engine/a.ts -> node:fs'],
    ['engine/a.ts', `import ndarray from 'ndarray';`, 'engine/a.ts -> ndarray'],
    ['engine/wasm/a.ts', `import fs from 'node:fs';`, 'engine/wasm/a.ts -> node:fs'],
  ])('forbids in %s: %s', (file, text, message) => {
    expect(forbidden(check({ [file]: text }))).toEqual([message]);
  });

  it.each([
    ['engine/a.ts', `import type { NdArray } from 'ndarray';`],
    ['engine/a.ts', `import ops from '#ndarray-ops'; import './b.js';`],
    ['engine/wasm/a.ts', `const fs = await import('node:fs/promises');`],
    ['models/a.ts', `import { b } from '../cells/b.js'; export { c } from '../engine/c.js';`],
    ['datasets/a.ts', `import type { B } from '../models/b.js';`],
    ['tasks/a.ts', `import { Command } from 'commander'; import { b } from '../datasets/b.js';`],
    ['tests/a.ts', `import { b } from '../bench/b.js';`],
  ])('allows in %s: %s', (file, text) => {
    expect(forbidden(check({ [file]: text }))).toEqual([]);
  });

  it('finds a cycle, and shows it', () => {
    const imports = check({
      'engine/entry.ts': `import './a.js';`,
      'engine/a.ts': `import './b.js';`,
      'engine/b.ts': `import type { C } from './c.js';`,
      'engine/c.ts': `export * from './a.js';`,
    });
    expect(findCycle(imports)).toEqual(['engine/a.ts', 'engine/b.ts', 'engine/c.ts', 'engine/a.ts']);
  });

  it('does not treat two paths to the same file as a cycle', () => {
    const imports = check({
      'engine/a.ts': `import './b.js'; import './c.js';`,
      'engine/b.ts': `import './d.js';`,
      'engine/c.ts': `import './d.js';`,
      'engine/d.ts': `export const d = 1;`,
    });
    expect(findCycle(imports)).toBeNull();
  });
});
