#!/usr/bin/env bash
# A minified page cannot start the threads of TensorFlow.js.
#
# What is surprising: tfjs starts each thread with the text of a function of its own, `factory.toString()`. The
#                 function asks `typeof _scriptDir !== "undefined"` for a variable that is declared around it, and
#                 that the text alone does not have. Rolldown knows that it is declared, and makes it
#                 `e !== void 0`, which is the same in the page, and an error in the thread.
#
# Library:        rolldown 1.2.19, the bundler of Vite 8, and @tensorflow/tfjs-backend-wasm 4.22.0.
# Expected:       what runs bundled also runs minified, as with esbuild 0.28.2, which keeps the typeof.
# What happens:   in each thread, ReferenceError: e is not defined. Without minifying all is well, so it shows
#                 only in what is deployed, on pages that are isolated: all others have no threads.
# Why it matters: in a comparison on such a page tfjs does not run on its threads, and a recurrent network is
#                 measured against less than the library can do.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/cache"
npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error \
  @tensorflow/tfjs-backend-wasm@4.22.0 @tensorflow/tfjs-core@4.22.0 rolldown@1.2.19 esbuild@0.28.2
cd "$work"

cat > page.js <<'JS'
import factory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
globalThis.factory = factory;
JS

cat > finding.mjs <<'JS'
import assert from 'node:assert/strict';
import vm from 'node:vm';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';

// Asked for only where the factory runs on Node.
const external = ['fs', 'path', 'os', 'worker_threads', 'perf_hooks'];

const bundlers = {
  async esbuild(minify) {
    const options = { platform: 'browser', format: 'iife', logLevel: 'error' };
    const { outputFiles } = await build({ entryPoints: ['page.js'], bundle: true, write: false, external, minify, ...options });
    return outputFiles[0].text;
  },
  async rolldown(minify) {
    const bundle = await rolldown({ input: 'page.js', platform: 'browser', external, logLevel: 'silent' });
    const { output } = await bundle.generate({ format: 'iife', minify });
    return output[0].code;
  },
};

/** What a thread says to the text that a page gives it: the worker of tfjs calls the factory like this. */
function startThread(pageCode) {
  const page = vm.createContext({ document: { currentScript: { src: 'http://localhost/page.js' } } });
  vm.runInContext(pageCode, page);
  const wasmMemory = new WebAssembly.Memory({ initial: 256, maximum: 16384, shared: true });
  const self = { location: { href: 'blob:http://localhost/1' } };
  const thread = vm.createContext({ self, importScripts() {}, startWorker() {}, wasmMemory, WebAssembly });
  const call = '{ ENVIRONMENT_IS_PTHREAD: true, wasmMemory, buffer: wasmMemory.buffer, instantiateWasm: () => ({}) }';
  try {
    // As in backend_wasm.ts.
    vm.runInContext(`var WasmBackendModuleThreadedSimd = ${page.factory.toString()};`, thread);
    vm.runInContext(`WasmBackendModuleThreadedSimd(${call});`, thread);
    return 'starts';
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

const said = {};
for (const [name, bundle] of Object.entries(bundlers))
  for (const minify of [false, true]) {
    const setup = `${name}${minify ? ', minified' : ''}`;
    said[setup] = startThread(await bundle(minify));
    console.log(setup.padEnd(20), said[setup]);
  }
assert.equal(said.esbuild, 'starts');
assert.equal(said['esbuild, minified'], 'starts');
assert.equal(said.rolldown, 'starts');
assert.match(said['rolldown, minified'], /^ReferenceError: \w+ is not defined$/);
JS
node finding.mjs
