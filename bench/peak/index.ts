/** The FMA peak: the speed of one core without memory accesses. */
import { readFile } from 'node:fs/promises';
import { WebAssembly } from '../../engine/wasm/platform/webAssembly.js';
import type { Competitor } from '../measure.js';

interface Exports {
  peak: (rounds: number) => number;
  FLOPS_PER_ROUND: { value: number };
}

/** The fewest operations per run; with fewer, call overhead would lower the peak. */
const LEAST = 1e7;

/** Performs `flops` operations at the highest rate; the relaxed build fuses product and sum. */
export type Peak = (flops: number) => Competitor;

/**
 * Loads the best supported build. Create kernels first: they enable relaxed SIMD where it is behind a flag.
 */
export async function loadPeak(): Promise<Peak> {
  for (const name of ['relaxed', 'simd']) {
    const bytes = await readFile(new URL(`./${name}.wasm`, import.meta.url));
    if (!WebAssembly!.validate(bytes)) continue;
    const module = await WebAssembly!.compile(bytes);
    const { peak, FLOPS_PER_ROUND } = new WebAssembly!.Instance(module, {} as never).exports as Exports;
    return (flops) => {
      const repeats = Math.ceil(LEAST / flops);
      const rounds = Math.round((repeats * flops) / FLOPS_PER_ROUND.value);
      return { id: 'peak', name: `FMA peak, ${name}`, repeats, run: () => peak(rounds) };
    };
  }
  throw new Error('this platform does not support WebAssembly SIMD');
}
