/**
 * Finds the best build that this platform runs and compiles it, once.
 *
 * `relaxed` fuses product and sum in one instruction; `simd` does not. Both need a shared memory, so browsers
 * run them only on pages that are isolated across origins (elsewhere SharedArrayBuffer is missing).
 */
import { isNode, WebAssembly, type Module } from './platform.js';

export type BuildName = 'relaxed' | 'simd';

export interface Build {
  readonly name: BuildName;
  readonly module: Module;
}

// Written out, so that bundlers see both files.
const urls: Record<BuildName, URL> = {
  relaxed: new URL('./relaxed.wasm', import.meta.url),
  simd: new URL('./simd.wasm', import.meta.url),
};

// A module holds no state: every arena's instance can be made from the same one.
const compiled = new Map<BuildName, Promise<Module | null>>();

/** The first of these builds that the platform runs, or null. */
export async function loadBuild(names: readonly BuildName[]): Promise<Build | null> {
  if (!WebAssembly || typeof SharedArrayBuffer === 'undefined') return null;
  for (const name of names) {
    if (!compiled.has(name)) compiled.set(name, compile(name));
    const module = await compiled.get(name)!;
    if (module) return { name, module };
  }
  return null;
}

async function compile(name: BuildName): Promise<Module | null> {
  const bytes = await read(urls[name]);
  const valid = WebAssembly!.validate(bytes) || (name === 'relaxed' && (await validatesWithFlag(bytes)));
  return valid ? WebAssembly!.compile(bytes) : null;
}

/** Node 20 knows relaxed SIMD behind a flag, which may be set while it runs. */
async function validatesWithFlag(bytes: Uint8Array): Promise<boolean> {
  if (!isNode) return false;
  const v8 = await import('node:v8');
  v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly!.validate(bytes);
}

async function read(url: URL): Promise<Uint8Array> {
  if (isNode) {
    const { readFile } = await import('node:fs/promises');
    return readFile(url);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
