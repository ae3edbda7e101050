/** The module's exports. Each is a loop over numbers in the imported memory and allocates nothing. */
export { reluBackward, reluForward, sigmoidBackward, sigmoidForward, softmaxBackward, tanhBackward, tanhForward } from './activationLoops';
export { coupledBackward, coupledForward } from './coupledLoops';
export { add, clamp, copy, fill, multiply, scale, sumOfSquares } from './elementwise';
export { gemm, gemmPacked, pack, SCRATCH_BYTES, useScratch } from './gemm';
export { gruBackwardGates, gruBackwardState, gruForwardGates, gruForwardState } from './gruLoops';
export { gruResetAfterBackward, gruResetAfterForward } from './gruResetAfterLoops';
export { binaryCrossEntropy, findNoClass, meanSquaredError, softmaxCrossEntropy, sumOfLosses, weighRows } from './losses';
export { scaleBackward, scaleForward } from './scaleLoops';
export { lstmLayerNormBackwardGates, lstmLayerNormBackwardState, lstmLayerNormForwardGates, lstmLayerNormForwardState } from './lstmLayerNormLoops';
export { lstmBackward, lstmForward } from './lstmLoops';
export { mapExp, mapSigmoid, mapTanh } from './mapMath';
export { multiplyAddOne } from './multiplyAdd';
export { peepholeBackward, peepholeForward } from './peepholeLoops';
export { normalize, normalizeBackward } from './normalize';
export { Op, replay } from './program';
export { rnnBackward, rnnForward } from './rnnLoops';
export { copyMasked, gather, scatterAdd, setRows, sumRows } from './rows';
export { softmax } from './softmax';
export { decay } from './updates'; // not inlined into replay, where its loop would not be its own
