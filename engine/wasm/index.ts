/**
 * The WebAssembly kernels: float32 on SIMD, over tensors in an arena of their own.
 * What has no fast twin yet runs on the reference kernels, which read the same memory.
 */
import ndarray from 'ndarray';
import { Arena } from '../arena.js';
import type { Kernels } from '../kernels.js';
import { referenceKernels } from '../reference/index.js';
import { sizeOf, tensor } from '../tensor.js';
import { loadBuild, type BuildName } from './load.js';
import { matmulOn, type Gemm } from './matmul.js';
import { WebAssembly } from './platform.js';

interface Exports {
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
  const { gemm, GEMM_SCRATCH_BYTES } = instance.exports as Exports;

  return {
    ...referenceKernels(Float32Array),
    name: build.name === 'relaxed' ? 'wasm-relaxed-simd' : 'wasm-simd',
    zeros: (...shape) => tensor(arena.float32(sizeOf(shape)), ...shape),
    indices: (...shape) => ndarray(arena.int32(sizeOf(shape)), shape),
    matmul: matmulOn(arena, gemm, arena.reserve(GEMM_SCRATCH_BYTES.value)),
  };
}
