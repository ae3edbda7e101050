/**
 * Finds the best build that this platform supports, and compiles it once.
 *
 * `relaxed` fuses product and sum into one instruction, and is not supported where the engine or the processor does not
 * fuse (fused.ts); `simd` never fuses. `hoisted` is `relaxed` with its constants loaded before the loops
 * (../hoistConstants.js): twice as fast in exp, tanh and σ on V8 from 13 on, and slower in some loops on older ones.
 * `wide` is `hoisted` for vectors of 256 bits (../pairVectors.js, wide.ts). All need shared memory, which browsers offer
 * only to cross-origin isolated pages (elsewhere SharedArrayBuffer is missing).
 */
import { fuses } from './fused.js';
import { optimize } from './v8.js';
import { isNode, takesFlags, v8Version, WebAssembly, type Module } from './webAssembly.js';
import { isFasterWide, mayBeWide } from './wide.js';

export type BuildName = 'wide' | 'hoisted' | 'relaxed' | 'simd';

export interface Build {
  readonly name: BuildName;
  readonly module: Module;
}

// Spelled out, so that bundlers find the files.
const urls: Record<BuildName, URL> = {
  wide: new URL('../wide.wasm', import.meta.url),
  hoisted: new URL('../hoisted.wasm', import.meta.url),
  relaxed: new URL('../relaxed.wasm', import.meta.url),
  simd: new URL('../simd.wasm', import.meta.url),
};

// A module is stateless, so all arenas instantiate the same one.
const compiled = new Map<BuildName, Promise<Module | null>>();

/** Whether constants in loops are cheap: on Node before 24. Browsers that matter are newer. */
const hasCheapConstants = v8Version < 13;

/** What to try, in this order. */
export const NARROW_BUILDS: readonly BuildName[] = [
  ...(hasCheapConstants ? [] : (['hoisted'] as const)),
  'relaxed',
  'simd',
];
export const BUILDS: readonly BuildName[] = ['wide', ...NARROW_BUILDS];

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
  if (name === 'wide' && !mayBeWide) return null;
  const bytes = await read(urls[name]);
  const v8 = takesFlags ? await import('node:v8') : null;
  if (!WebAssembly!.validate(bytes)) {
    if (name === 'simd' || !v8 || v8Version >= 12) return null;
    // Node 20 has relaxed SIMD behind a flag.
    v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
    if (!WebAssembly!.validate(bytes)) return null;
  }
  const module = await WebAssembly!.compile(bytes);
  // One that does not fuse has the bits of `simd`, and is no faster (measured on Bun).
  if (name !== 'simd' && !fuses(module)) return null;
  const optimized = v8 && optimize(v8, module, name === 'wide');
  if (name !== 'wide') return module;
  return optimized && isFasterWide(optimized) ? module : null;
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
