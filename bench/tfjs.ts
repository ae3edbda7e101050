/** tfjs and its two backends for Node without native code, plain JavaScript and WebAssembly. */
import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import '@tensorflow/tfjs-backend-cpu';
import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { countThreads } from './kernelSets.js';

export interface Backend {
  /** The key of its results in the JSON file. */
  readonly id: 'tfjsCpu' | 'tfjsWasm';
  /** A description for readers. */
  readonly name: string;
  readonly threads: number;
  /** Selects it as the backend of tfjs. */
  readonly use: () => Promise<unknown>;
}

/** Prepares both backends at their best: production mode, SIMD, threads where tfjs allows them. */
export async function tfjsBackends(): Promise<Backend[]> {
  tf.enableProdMode();
  const wasmEntry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(wasmEntry)}/`);
  await tf.setBackend('wasm');

  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'SIMD' : 'no SIMD';
  // tfjs disables threads in Node (https://github.com/tensorflow/tfjs/issues/3830).
  const threads = getThreadsCount();
  return [
    {
      id: 'tfjsWasm',
      name: `tfjs wasm, ${simd}, ${countThreads(threads)}`,
      threads,
      use: () => tf.setBackend('wasm'),
    },
    { id: 'tfjsCpu', name: 'tfjs cpu', threads: 1, use: () => tf.setBackend('cpu') },
  ];
}
