/**
 * Builds the bench page, which stands beside the playground. Its sources are in bench/, above the programs:
 * nothing of them is imported here, they are only named, as those of any page are.
 */
import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { frame } from './frame.js';
import { virtual } from './virtual.js';

/** The builds that tfjs chooses from. */
const TFJS_WASM = ['', '-simd', '-threaded-simd'].map((build) => `tfjs-backend-wasm${build}.wasm`);

/** `virtual:tfjs-wasm`: the addresses of tfjs's WebAssembly. It is copied: nothing comes from elsewhere. */
function tfjsWasm() {
  const { resolve } = createRequire(import.meta.url);
  const paths = TFJS_WASM.map((name) => [name, resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`)]);
  return virtual('virtual:tfjs-wasm', () =>
    [
      ...paths.map(([, path], n) => `import file${n} from ${JSON.stringify(`${path}?url`)};`),
      `export default { ${paths.map(([name], n) => `${JSON.stringify(name)}: file${n}`).join(', ')} };`,
    ].join('\n'),
  );
}

/**
 * tfjs starts its threads with the text of a function, which asks whether a variable around it exists. A
 * minifier knows that it does, leaves out the question, and the text alone then fails. The variable is not
 * needed: tfjs is told where its files are. (findings/rolldown-tfjs-threads.sh)
 */
const threadsOfTfjs: Plugin = {
  name: 'threads-of-tfjs',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('tfjs-backend-wasm-threaded-simd.js')
      ? code.replace('typeof _scriptDir !== "undefined" && _scriptDir', 'false').replace('||_scriptDir,', ',')
      : null,
};

/** @param root of the project @param folder where the playground has been built */
export async function buildBenchPage(root: string, folder: string): Promise<void> {
  const worker = join(root, 'dist', 'bench', 'browser', 'worker.js');
  await build({
    root: join(root, 'bench', 'page'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [
      frame(),
      virtual('virtual:bench-worker', () => `export { default } from ${JSON.stringify(`${worker}?worker`)};`),
    ],
    worker: { format: 'es', plugins: () => [tfjsWasm(), threadsOfTfjs] },
    build: {
      outDir: folder,
      emptyOutDir: false,
      // The server knows them by this name (../serve.ts).
      assetsDir: 'bench',
      assetsInlineLimit: 0,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: join(root, 'bench', 'page', 'bench.html'), checks: { pluginTimings: false } },
      // tfjs is loaded on demand, and its size is its own.
      chunkSizeWarningLimit: 3000,
    },
  });
  // For hosts that cannot isolate pages.
  await copyFile(join(root, 'dist', 'browser', 'isolate.js'), join(folder, 'isolate.js'));
}
