/**
 * Builds what browsers get beside the compiled sources:
 *
 *     dist/engine/wasm/generated.js   the builds of the kernels and the worker's script as texts (generated.d.ts)
 *     dist/browser/unrolled.js        the library as one module, for pages without a bundler
 *     dist/browser/datasets.js        its readers, the same
 *     dist/browser/isolate.js         a script (../browser/isolate.ts)
 *
 *     node engine/wasm/buildBrowser.js
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, URL } from 'node:url';
import { deflateSync } from 'node:zlib';
import { build } from 'esbuild';

const DIST = new URL('../../dist/', import.meta.url);
const pathOf = (name) => fileURLToPath(new URL(name, DIST));

const options = { bundle: true, minify: true, platform: 'browser', target: 'es2022', logLevel: 'warning' };

const worker = await build({
  ...options,
  entryPoints: [pathOf('engine/wasm/threads/webWorker.js')],
  format: 'iife',
  write: false,
});
const texts = {
  hoisted: deflated('hoisted'),
  simd: deflated('simd'),
  webWorker: worker.outputFiles[0].text,
};
writeFileSync(
  pathOf('engine/wasm/generated.js'),
  Object.entries(texts)
    .map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`)
    .join(''),
);

await build({
  ...options,
  entryPoints: { unrolled: pathOf('models/index.js'), datasets: pathOf('datasets/index.js') },
  format: 'esm',
  outdir: pathOf('browser'),
});

await build({
  ...options,
  entryPoints: [pathOf('engine/browser/isolate.js')],
  format: 'iife',
  outdir: pathOf('browser'),
});

/** @param {string} name of a build @returns {string} */
function deflated(name) {
  return deflateSync(readFileSync(new URL(`engine/wasm/${name}.wasm`, DIST)), { level: 9 }).toString(
    'base64',
  );
}
