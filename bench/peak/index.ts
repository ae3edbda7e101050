/** The FMA peak: what one core computes when nothing is read or written. */
import { readFile } from 'node:fs/promises';
import { WebAssembly } from '../../engine/wasm/platform/webAssembly.js';
import type { Competitor } from '../measure.js';

interface Exports {
  peak: (rounds: number) => number;
  FLOPS_PER_ROUND: { value: number };
}

/** Operations in a run at least: in fewer, the call itself would count and make the peak too low. */
const LEAST = 1e7;

/** So many operations at the highest rate; the relaxed build fuses product and sum. */
export type Peak = (flops: number) => Competitor;

/** Loads the better build that runs here. Kernels are created before: they turn relaxed SIMD on where it is behind a flag. */
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
  throw new Error('this platform runs no WebAssembly SIMD');
}
