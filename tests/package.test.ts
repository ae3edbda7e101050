/** The package as users get it: packed, unpacked into an empty project, and used there. */
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { join } from 'node:path';
import { createUserProject } from './userProject.js';

// Each test starts a program.
jest.setTimeout(60_000);

/** Every entry point, options by their types, and labels that are not null because there is a loss. */
const PROGRAM = `
import { adam, createKernels, createModel, createTrainer, dense, features, lstm, recurrent, unroll } from 'unrolled';
import type { AdamOptions, Graph, Indices, KernelsOptions, RecurrentOptions, UnrollOptions } from 'unrolled';
import { cells, type CellName } from 'unrolled/cells';
import { createRandom, type Random } from 'unrolled/engine';
import { exportModel, importWeights, type ImportedWeights } from 'unrolled/interchange';
import { tokenize } from 'unrolled/datasets';

const options: KernelsOptions = { threads: 1 };
const kernels = await createKernels(options);
const layer: RecurrentOptions = { units: 4 };
const cell: CellName = 'gru';
const layers = [recurrent(lstm, { ...layer, returnSequences: true }), recurrent(cells[cell], layer), dense(2)];
const model = createModel({ kernels, input: features(3), layers });
const shape: UnrollOptions = { batch: 2, steps: 5 };
const graph: Graph<Indices> = unroll(model, { ...shape, loss: 'softmaxCrossEntropy' });
graph.labels.data.set([0, 1]);
const rate: AdamOptions = { rate: 0.01 };
const loss: number = createTrainer(model, adam(rate)).step(graph);
const random: Random = createRandom(1);
export const words: string[] = tokenize(\`\${loss} \${random.uniform()}\`);
const [file] = (await exportModel(model, 'pytorch')).values();
export const imported: ImportedWeights = await importWeights(model, file!, { source: 'file' });
await kernels.close();
`;

const project = createUserProject();
afterAll(() => project.remove());

describe('the package', () => {
  it('contains the built library, its manifest, README and licence, and nothing else', () => {
    const library = /^dist\/(engine|cells|models|datasets|browser)\/[\w/]+\.(js|d\.ts|wasm)$/;
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
    for (const { default: code } of Object.values(project.manifest.imports))
      expect(project.files).toContain(code.slice(2));
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

  it('runs no script when it is installed', () => {
    const scripts = Object.keys(project.manifest.scripts);
    expect(scripts.filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
  });

  it.each([
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'has types for a program of modules %s resolved as %s, without those of the DOM',
    (module, resolution) => {
      project.write('program.ts', PROGRAM);
      const tsc = join(process.cwd(), 'node_modules', 'typescript', 'bin', 'tsc');
      const compilerOptions = {
        ...{ noEmit: true, strict: true, exactOptionalPropertyTypes: true },
        ...{ target: 'es2022', lib: ['es2022'], types: [], module, moduleResolution: resolution },
      };
      project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['program.ts'] }));
      project.run(process.execPath, tsc);
    },
  );

  it('finds its WebAssembly', () => {
    project.write(
      'kernels.js',
      `import { createKernels } from 'unrolled'; console.log((await createKernels()).name);`,
    );
    expect(project.run(process.execPath, 'kernels.js')).toMatch(/^wasm-/);
  });
});
