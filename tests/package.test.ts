/** The package as users get it: packed, unpacked into an empty project, and used there. */
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { createUserProject } from './userProject.js';

// Each test starts a program.
jest.setTimeout(60_000);

const project = createUserProject();
afterAll(() => project.remove());

describe('the package', () => {
  it('contains the built library, its manifest, README and licence, and nothing else', () => {
    const library = /^dist\/(engine|cells|models|datasets)\/[\w/]+\.(js|d\.ts|wasm)$/;
    expect(project.files.filter((file) => !library.test(file)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    for (const build of ['simd', 'relaxed', 'hoisted', 'wide'])
      expect(project.files).toContain(`dist/engine/wasm/${build}.wasm`);
    for (const { types, default: code } of Object.values(project.manifest.exports)) {
      expect(project.files).toContain(types.slice(2));
      expect(project.files).toContain(code.slice(2));
    }
  });

  it('can be imported by each of its entry points', () => {
    const names = Object.keys(project.manifest.exports).map((path) => path.replace('.', 'unrolled'));
    project.write(
      'names.js',
      names
        .map((name, n) => `import * as m${n} from '${name}'; console.log(Object.keys(m${n}).length > 0);`)
        .join('\n'),
    );
    expect(project.run(process.execPath, 'names.js').trim().split('\n')).toEqual(names.map(() => 'true'));
  });

  it('finds its WebAssembly', () => {
    project.write(
      'kernels.js',
      `import { createKernels } from 'unrolled'; console.log((await createKernels()).name);`,
    );
    expect(project.run(process.execPath, 'kernels.js')).toMatch(/^wasm-/);
  });
});
