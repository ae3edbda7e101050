/**
 * The FMA peak: the speed of one core without memory accesses, with vectors of 128 bits and, where V8 can
 * join two of them, of 256.
 */
import { readFile } from 'node:fs/promises';
import v8 from 'node:v8';
import { optimize } from '../../engine/wasm/platform/v8.js';
import { WebAssembly } from '../../engine/wasm/platform/webAssembly.js';
import { mayBeWide } from '../../engine/wasm/platform/wide.js';
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
    // Joins the vectors of `peak256`, where V8 can; those of `peak128` are apart.
    const optimized = optimize(v8, module, mayBeWide);
    const exports = (optimized ?? new WebAssembly!.Instance(module, {} as never).exports) as Exports;
    const widths = mayBeWide && areJoined(exports) ? ([128, 256] as const) : ([128] as const);
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

/** Whether V8 has joined the vectors of `peak256`: then it is the faster loop. */
function areJoined(exports: Exports): boolean {
  const [narrow, wide] = ([128, 256] as const).map((bits) => {
    const { run } = runnerOf(exports, bits, LEAST, '');
    return Math.min(...Array.from({ length: 5 }, () => secondsOf(run)));
  });
  return wide! < narrow!;
}

function secondsOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}
