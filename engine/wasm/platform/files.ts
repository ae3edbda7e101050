/** The builds as files, on Node, Deno and Bun. */
import type { CompilerOfV8, ReadBuild } from './load.js';
import { optimize } from './v8.js';
import { takesFlags } from './webAssembly.js';

export const readBuild: ReadBuild = async (name) => {
  const { readFile } = await import('node:fs/promises');
  return readFile(new URL(`../${name}.wasm`, import.meta.url));
};

export const compilerOfV8: CompilerOfV8 = async () => {
  if (!takesFlags) return null;
  const v8 = await import('node:v8');
  return {
    allowRelaxedSimd: () => v8.setFlagsFromString('--experimental-wasm-relaxed-simd'),
    optimize: (module, wide) => optimize(v8, module, wide),
  };
};
