/**
 * The WebAssembly kernels: float32 on SIMD, over tensors in an arena of their own.
 * Views without adjacent entries (a transpose to be filled, say) go to the reference kernels, which read the same memory.
 */
import ndarray from 'ndarray';
import { Arena } from '../arena.js';
import type { Kernels } from '../kernels.js';
import { referenceKernels } from '../reference/index.js';
import { sizeOf, tensor } from '../tensor.js';
import { elementwiseOn, type ElementwiseExports } from './elementwise.js';
import { loadBuild, type BuildName } from './load.js';
import { loopOn, type LoopExports } from './loops.js';
import { lossesOn, type LossesExports } from './losses.js';
import { matmulOn, type Gemm } from './matmul.js';
import { WebAssembly } from './platform.js';
import { rowsOn, type RowsExports } from './rows.js';
import { updatesOn, type UpdatesExports } from './updates.js';

interface Exports extends ElementwiseExports, RowsExports, LossesExports, LoopExports, UpdatesExports {
  gemm: Gemm;
  GEMM_SCRATCH_BYTES: { value: number };
}

/**
 * Fast float32 kernels with a new arena, or null where the platform lacks WebAssembly SIMD or shared memory.
 * Dropping the kernels and their tensors frees the arena.
 * @param builds what to try, in this order: 'relaxed' fuses product and sum, 'simd' does not
 */
export async function wasmKernels(
  builds: readonly BuildName[] = ['relaxed', 'simd'],
): Promise<Kernels<Float32Array> | null> {
  const build = await loadBuild(builds);
  if (!build) return null;
  const arena = new Arena();
  const instance = new WebAssembly!.Instance(build.module, { env: { memory: arena.memory } });
  const wasm = instance.exports as Exports;
  const plain = referenceKernels(Float32Array);

  return {
    ...plain,
    name: build.name === 'relaxed' ? 'wasm-relaxed-simd' : 'wasm-simd',
    zeros: (...shape) => tensor(arena.float32(sizeOf(shape)), ...shape),
    indices: (...shape) => ndarray(arena.int32(sizeOf(shape)), shape),
    matmul: matmulOn(arena, wasm.gemm, arena.reserve(wasm.GEMM_SCRATCH_BYTES.value)),
    ...elementwiseOn(arena, wasm, plain),
    ...rowsOn(arena, wasm),
    loop: loopOn(arena, wasm),
    ...lossesOn(arena, wasm),
    ...updatesOn(arena, wasm),
  };
}
