/**
 * Finds the best build that this platform supports, and compiles it once.
 *
 * `relaxed` fuses product and sum into one instruction, and is not supported where the engine or the processor does not
 * fuse (fused.ts); `simd` never fuses. `hoisted` is `relaxed` with its constants loaded before the loops
 * (../hoistConstants.js): twice as fast in exp, tanh and σ on V8 from 13 on, and slower in some loops on older ones.
 * `wide` is `hoisted` for vectors of 256 bits (../pairVectors.js, wide.ts). All need a memory that could be shared. Every
 * page can make one, even where browsers hide the name SharedArrayBuffer; only to share it takes isolation across origins.
 */
import { compilerOfV8, readBuild } from '#builds';
import { fuses } from './fused.js';
import { hasSharedMemory, v8Version, WebAssembly, type Module } from './webAssembly.js';
import { isFasterWide, mayBeWide } from './wide.js';

export type BuildName = 'wide' | 'hoisted' | 'relaxed' | 'simd';

export interface Build {
  readonly name: BuildName;
  readonly module: Module;
}

/**
 * The bytes of a build, or null if this platform has no use for it. It comes with the files of Node or with the texts of
 * browsers: package.json's "imports" says which file `#builds` is.
 */
export type ReadBuild = (name: BuildName) => Promise<Uint8Array | null>;

/** What Node's V8 can be told, or null elsewhere. It comes with `#builds`, too. */
export type CompilerOfV8 = () => Promise<{
  allowRelaxedSimd(): void;
  /** See v8.ts. */
  optimize(module: Module, wide: boolean): Record<string, unknown> | null;
} | null>;

// A module is stateless, so all arenas instantiate the same one.
const compiled = new Map<BuildName, Promise<Module | null>>();

/** Whether constants in loops are cheap: on Node before 24. Browsers that matter are newer. */
const hasCheapConstants = v8Version < 13;

/** What to try, in this order. */
export const NARROW_BUILDS: readonly BuildName[] = [hasCheapConstants ? 'relaxed' : 'hoisted', 'simd'];
export const BUILDS: readonly BuildName[] = ['wide', ...NARROW_BUILDS];

/** The first of these builds that the platform supports, or null. */
export async function loadBuild(names: readonly BuildName[]): Promise<Build | null> {
  if ((await whyNone()) !== null) return null;
  for (const name of names) {
    if (!compiled.has(name)) compiled.set(name, compile(name));
    const module = await compiled.get(name)!;
    if (module) return { name, module };
  }
  return null;
}

/** A module without content. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

let reason: Promise<string | null> | null = null;

/** Why the platform can run no build, in words; null if it may run one. It is found out once. */
const whyNone = () => (reason ??= findReason());

async function findReason(): Promise<string | null> {
  if (!WebAssembly) return 'there is no WebAssembly';
  try {
    await WebAssembly.compile(EMPTY);
  } catch {
    return "WebAssembly may not be compiled (a Content-Security-Policy needs script-src 'wasm-unsafe-eval')";
  }
  return hasSharedMemory() ? null : 'WebAssembly has no shared memory';
}

/** Why loadBuild has found none. */
export const whyNoBuild = async (): Promise<string> =>
  (await whyNone()) ?? 'WebAssembly has no SIMD, or the browser no DecompressionStream';

async function compile(name: BuildName): Promise<Module | null> {
  if (name === 'wide' && !mayBeWide) return null;
  const bytes = await readBuild(name);
  if (!bytes) return null;
  const v8 = await compilerOfV8();
  if (!WebAssembly!.validate(bytes)) {
    if (name === 'simd' || !v8 || v8Version >= 12) return null;
    // Node 20 has relaxed SIMD behind a flag.
    v8.allowRelaxedSimd();
    if (!WebAssembly!.validate(bytes)) return null;
  }
  const module = await WebAssembly!.compile(bytes);
  // One that does not fuse has the bits of `simd`, and is no faster (measured on Bun).
  if (name !== 'simd' && !fuses(module)) return null;
  const optimized = v8?.optimize(module, name === 'wide');
  if (name !== 'wide') return module;
  return optimized && isFasterWide(optimized) ? module : null;
}
