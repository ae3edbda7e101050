/**
 * The FMA peak: the speed of one core without memory accesses, with vectors of 128 bits and, where V8 can join
 * two of them, of 256.
 */
import { readFile } from 'node:fs/promises';
import v8 from 'node:v8';
import { WebAssembly } from '../../engine/wasm/platform/webAssembly.js';
import type { Competitor, Runner } from '../measure.js';

type Loop = (sums: number, rounds: number, factor: number, term: number) => void;

interface Exports {
  SUMS: { value: number };
  FLOPS_PER_ROUND_128: { value: number };
  FLOPS_PER_ROUND_256: { value: number };
  peak128: Loop;
  peak256: Loop;
}

/** The fewest operations per run; with fewer, call overhead would lower the peak. */
const LEAST = 1e7;

/** Perform `flops` operations at the highest rate, one competitor per width of vectors. */
export type Peaks = (flops: number) => Competitor[];

/**
 * Loads the best supported build; the relaxed one fuses product and sum. Create kernels first: they enable
 * relaxed SIMD where it is behind a flag.
 * @throws Error where WebAssembly has no SIMD
 */
export async function loadPeaks(): Promise<Peaks> {
  for (const name of ['relaxed', 'simd']) {
    const bytes = await readFile(new URL(`./${name}.wasm`, import.meta.url));
    if (!WebAssembly!.validate(bytes)) continue;
    const module = await WebAssembly!.compile(bytes);
    const exports = new WebAssembly!.Instance(module, {} as never).exports as Exports;
    const widths = joinsVectors(exports) ? ([128, 256] as const) : ([128] as const);
    return (flops) => widths.map((bits) => runnerOf(exports, bits, flops, name));
  }
  throw new Error('this platform does not support WebAssembly SIMD');
}

function runnerOf(exports: Exports, bits: 128 | 256, flops: number, build: string): Runner {
  const { SUMS, [`peak${bits}` as const]: loop, [`FLOPS_PER_ROUND_${bits}` as const]: perRound } = exports;
  const repeats = Math.ceil(LEAST / flops);
  const rounds = Math.round((repeats * flops) / perRound.value);
  // With these numbers the sums stay below 2.
  const run = () => loop(SUMS.value, rounds, 0.5, 1);
  return { id: `peak${bits}`, name: `FMA peak, ${bits} bits, ${build}`, repeats, run };
}

/** Compiles `peak256` to vectors of 256 bits, if V8 and the processor have them: then it is the faster loop. */
function joinsVectors(exports: Exports): boolean {
  // Older ones do not know the flag, or compile wrong code.
  if (Number.parseInt(process.versions.v8, 10) < 13) return false;
  v8.setFlagsFromString('--experimental-wasm-revectorize');
  optimize(exports.peak256);
  v8.setFlagsFromString('--no-experimental-wasm-revectorize');
  optimize(exports.peak128);
  const [narrow, wide] = ([128, 256] as const).map((bits) => {
    const { run } = runnerOf(exports, bits, LEAST, '');
    return Math.min(...Array.from({ length: 5 }, () => secondsOf(run)));
  });
  return wide! < narrow!;
}

/** Compiles a function with V8's optimizing compiler at once, under the flags of this moment. */
function optimize(loop: Loop): void {
  v8.setFlagsFromString('--allow-natives-syntax');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the syntax is V8's own
  const tierUp = new Function('loop', '%WasmTierUpFunction(loop)') as (loop: Loop) => void;
  v8.setFlagsFromString('--no-allow-natives-syntax');
  tierUp(loop);
}

function secondsOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}
