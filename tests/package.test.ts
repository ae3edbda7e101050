/** What a user of the package gets: it is packed, unpacked into an empty project, and used as the README says. */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

// A program is started for each test.
jest.setTimeout(60_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
const app = mkdtempSync(join(tmpdir(), 'unrolled-app-'));
const installed = join(app, 'node_modules', 'unrolled');

interface Manifest {
  dependencies: Record<string, string>;
  exports: Record<string, { types: string; default: string }>;
}
const manifest = () => JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;

/** Runs a program in the user's project and returns what it prints; its complaints become the test's. */
function run(program: string, ...args: string[]): string {
  try {
    // Windows finds npm by its shell only.
    const shell = process.platform === 'win32' && program === 'npm';
    return execFileSync(program, args, { cwd: app, encoding: 'utf8', stdio: 'pipe', shell });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error });
  }
}

const tarball = () => readdirSync(app).find((name) => name.endsWith('.tgz'))!;

/** Makes a package of ours one of the user's, as npm would have fetched it. */
function link(name: string): void {
  const path = join(app, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), path, 'junction');
}

/** The first block of README.md that is marked `js`, and the block of its output that follows it, marked `text`. */
function readmeExample(): { code: string; output: string } {
  const readme = readFileSync(join(installed, 'README.md'), 'utf8');
  const blocks = /^```js\n(.*?)^```\s+```text\n(.*?)^```/ms.exec(readme);
  if (!blocks)
    throw new Error('README.md has no block ```js that is followed by its output in a block ```text');
  return { code: blocks[1]!, output: blocks[2]! };
}

beforeAll(() => {
  // The scripts would build anew what is being tested.
  run('npm', 'pack', root, '--ignore-scripts', '--offline');
  run('tar', '-xzf', tarball());
  mkdirSync(dirname(installed));
  renameSync(join(app, 'package'), installed);

  Object.keys(manifest().dependencies).forEach(link);
  writeFileSync(join(app, 'package.json'), JSON.stringify({ type: 'module' }));
});

afterAll(() => rmSync(app, { recursive: true, force: true }));

describe('the package', () => {
  it('holds the built library, its manifest, README and licence, and nothing else', () => {
    const list = run('tar', '-tzf', tarball()).trim().split('\n');
    const files = list.map((path) => path.slice('package/'.length));
    const library = /^dist\/(engine|cells|models|datasets)\/[\w/]+\.(js|d\.ts|wasm)$/;
    expect(files.filter((file) => !library.test(file)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    for (const build of ['simd', 'relaxed']) expect(files).toContain(`dist/engine/wasm/${build}.wasm`);
    for (const { types, default: code } of Object.values(manifest().exports)) {
      expect(files).toContain(types.slice(2));
      expect(files).toContain(code.slice(2));
    }
  });

  it('can be imported by each of its names', () => {
    const names = Object.keys(manifest().exports).map((path) => path.replace('.', 'unrolled'));
    writeFileSync(
      join(app, 'names.js'),
      names
        .map((name, n) => `import * as m${n} from '${name}'; console.log(Object.keys(m${n}).length > 0);`)
        .join('\n'),
    );
    expect(run(process.execPath, 'names.js').trim().split('\n')).toEqual(names.map(() => 'true'));
  });

  it('finds its WebAssembly', () => {
    writeFileSync(
      join(app, 'kernels.js'),
      `import { createKernels } from 'unrolled'; console.log((await createKernels()).name);`,
    );
    expect(run(process.execPath, 'kernels.js')).toMatch(/^wasm-/);
  });

  it("runs the README's example, and prints what the README says", () => {
    const { code, output } = readmeExample();
    writeFileSync(join(app, 'example.js'), code);
    expect(run(process.execPath, 'example.js')).toBe(output);
  });

  it("type-checks with the README's example, in strict mode and with the types of a browser only", () => {
    writeFileSync(join(app, 'example.js'), readmeExample().code);
    const compilerOptions = {
      ...{ target: 'es2022', module: 'nodenext', lib: ['es2022', 'dom'], types: [] },
      ...{ strict: true, noEmit: true, allowJs: true, checkJs: true },
      // Our declarations are to be checked too; TypeScript's own are not.
      ...{ skipLibCheck: false, skipDefaultLibCheck: true },
    };
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['example.js'] }));
    run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'));
  });
});
