/**
 * The WebAssembly kernels: float32 on SIMD, over tensors in their own arena.
 * Views without adjacent entries (filling a transpose, say) go to the reference kernels, on the same memory.
 */
import ndarray from '#ndarray';
import { requireText } from '../checks.js';
import { Arena } from './platform/arena.js';
import type { Kernels } from '../kernels.js';
import { referenceKernels } from '../reference/index.js';
import { requireSizes, tensor } from '../tensor.js';
import { elementwiseOn, type ElementwiseExports } from './kernels/elementwise.js';
import { BUILDS, loadBuild, type BuildName } from './platform/load.js';
import { loopOn, loopPartitions, type LoopExports } from './kernels/loops.js';
import { lossesOn, type LossesExports } from './kernels/losses.js';
import { createThreadPool } from './threads/threadPool.js';
import { matmulOn, type MatmulExports } from './kernels/matmul.js';
import { normalizeOn, type NormalizeExports } from './kernels/normalize.js';
import { planOn } from './plans/plan.js';
import { functionNumbers } from './plans/program.js';
import { createRecorder, type Functions } from './plans/record.js';
import { WebAssembly } from './platform/webAssembly.js';
import { rowsOn, type RowsExports } from './kernels/rows.js';
import { softmaxOn, type SoftmaxExports } from './kernels/softmax.js';
import { parallelForOn } from './threads/parallelFor.js';
import { updatesOn } from './kernels/updates.js';

/** What users see. The builds but the last compute the same bits. */
const NAMES: Readonly<Record<BuildName, string>> = {
  wide: 'wasm-relaxed-simd-256',
  hoisted: 'wasm-relaxed-simd',
  relaxed: 'wasm-relaxed-simd',
  simd: 'wasm-simd',
};

type KernelExports = ElementwiseExports &
  RowsExports &
  SoftmaxExports &
  NormalizeExports &
  LossesExports &
  LoopExports &
  MatmulExports;

interface Exports {
  readonly useScratch: (address: number) => void;
  readonly replay: (program: number) => number;
  SCRATCH_BYTES: { value: number };
}

/**
 * Fast float32 kernels with a new arena, or null where the platform lacks WebAssembly SIMD (or forbids it).
 * Dropping the kernels and their tensors frees the arena.
 * @param threads how many threads replay a plan
 * @param builds  the builds to try, in this order: 'relaxed' fuses product and sum, or is skipped; 'simd' does not fuse
 * @throws InputError when a thread cannot be started
 */
export async function wasmKernels(
  threads = 1,
  builds: readonly BuildName[] = BUILDS,
): Promise<Kernels<Float32Array> | null> {
  const build = await loadBuild(builds);
  if (!build) return null;
  const arena = new Arena();
  const instance = new WebAssembly!.Instance(build.module, { env: { memory: arena.memory } });
  const { useScratch, replay, SCRATCH_BYTES } = instance.exports as Exports;
  useScratch(arena.reserve(SCRATCH_BYTES.value));
  const pool = await createThreadPool(arena, build.module, replay, SCRATCH_BYTES.value, threads);

  const numbers = functionNumbers(instance.exports as Record<string, unknown>);
  const recorder = createRecorder(instance.exports as Functions, [...Object.keys(numbers), 'sumOfLosses']);
  const wasm = recorder.functions as unknown as KernelExports;
  const plain = referenceKernels(Float32Array);

  return {
    name: NAMES[build.name],
    threads: pool.threads,
    async close() {
      recorder.close();
      arena.close(await pool.close());
      // One turn of the event loop: in a loop of awaits alone, JavaScript engines would put off collecting garbage.
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
    region(kind) {
      requireText('region: kind', kind);
      return arena.region(kind);
    },
    zeros: (...shape) => tensor(arena.float32(requireSizes('zeros', shape)), ...shape),
    indices: (...shape) => ndarray(arena.int32(requireSizes('indices', shape)), shape),
    matmul: matmulOn(arena, wasm),
    ...elementwiseOn(arena, wasm, plain),
    ...rowsOn(arena, wasm),
    softmax: softmaxOn(arena, wasm),
    ...normalizeOn(arena, wasm),
    loop: loopOn(arena, wasm),
    plan: planOn(arena, recorder, numbers, pool, loopPartitions),
    ...lossesOn(arena, wasm),
    ...updatesOn(arena, wasm, parallelForOn(arena, numbers, pool)),
  };
}
