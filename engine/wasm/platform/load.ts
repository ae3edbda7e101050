/**
 * Finds the best build that this platform supports, and compiles it once.
 *
 * `relaxed` fuses product and sum into one instruction; `simd` does not. `hoisted` is `relaxed` with its
 * constants loaded before the loops (../hoistConstants.js): twice as fast in exp, tanh and σ on V8 from 13
 * on, and slower in some loops on older ones. Both need shared memory, which
 * browsers offer only to cross-origin isolated pages (elsewhere SharedArrayBuffer is missing).
 */
import { isNode, WebAssembly, type Module } from './webAssembly.js';

export type BuildName = 'hoisted' | 'relaxed' | 'simd';

export interface Build {
  readonly name: BuildName;
  readonly module: Module;
}

// Spelled out, so that bundlers find the files.
const urls: Record<BuildName, URL> = {
  hoisted: new URL('../hoisted.wasm', import.meta.url),
  relaxed: new URL('../relaxed.wasm', import.meta.url),
  simd: new URL('../simd.wasm', import.meta.url),
};

// A module is stateless, so all arenas instantiate the same one.
const compiled = new Map<BuildName, Promise<Module | null>>();

/** Whether constants in loops are cheap: on Node before 24. Browsers that matter are newer. */
const hasCheapConstants = isNode && Number.parseInt(process.versions.v8, 10) < 13;

/** What to try, in this order. */
export const BUILDS: readonly BuildName[] = [
  ...(hasCheapConstants ? [] : (['hoisted'] as const)),
  'relaxed',
  'simd',
];

/** The first of these builds that the platform supports, or null. */
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
  const valid = WebAssembly!.validate(bytes) || (name !== 'simd' && (await validatesWithFlag(bytes)));
  return valid ? WebAssembly!.compile(bytes) : null;
}

/** Node 20 has relaxed SIMD behind a flag, which can be set at run time. */
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
