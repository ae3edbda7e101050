/** What the module offers. Each export is a loop over numbers in the imported memory; nothing is allocated. */
export { gemm, GEMM_SCRATCH_BYTES } from './gemm';
