/** The builds as files, on Node, Deno and Bun. */
import type { BuildName, CompilerOfV8, ReadBuild } from './load.js';
import { optimize } from './v8.js';
import { takesFlags } from './webAssembly.js';

// Spelled out, so that bundlers for Node find the files.
const urls: Readonly<Record<BuildName, URL>> = {
  wide: new URL('../wide.wasm', import.meta.url),
  hoisted: new URL('../hoisted.wasm', import.meta.url),
  relaxed: new URL('../relaxed.wasm', import.meta.url),
  simd: new URL('../simd.wasm', import.meta.url),
};

export const readBuild: ReadBuild = async (name) => {
  const { readFile } = await import('node:fs/promises');
  return readFile(urls[name]);
};

export const compilerOfV8: CompilerOfV8 = async () => {
  if (!takesFlags) return null;
  const v8 = await import('node:v8');
  return {
    allowRelaxedSimd: () => v8.setFlagsFromString('--experimental-wasm-relaxed-simd'),
    optimize: (module, wide) => optimize(v8, module, wide),
  };
};
