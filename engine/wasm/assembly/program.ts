/**
 * Replays a program, a recorded sequence of calls of this module's functions. A training step then takes a
 * few calls from outside instead of thousands, and a thread needs to know nothing of the model.
 *
 * A call is its length in 32-bit words, the number of its function, and its arguments in order. A length of 0
 * ends the program.
 */
import { reluBackward, reluForward, sigmoidBackward, sigmoidForward, softmaxBackward, tanhBackward, tanhForward } from './activationLoops';
import { coupledBackward, coupledForward } from './coupledLoops';
import { add, clamp, copy, fill, multiply, scale } from './elementwise';
import { gemm, gemmPacked, pack } from './gemm';
import { gruBackwardGates, gruBackwardState, gruForwardGates, gruForwardState } from './gruLoops';
import { gruResetAfterBackward, gruResetAfterForward } from './gruResetAfterLoops';
import { binaryCrossEntropy, findNoClass, meanSquaredError, softmaxCrossEntropy, weighRows } from './losses';
import { lstmLayerNormBackwardGates, lstmLayerNormBackwardState, lstmLayerNormForwardGates, lstmLayerNormForwardState } from './lstmLayerNormLoops';
import { lstmBackward, lstmForward } from './lstmLoops';
import { scaleBackward, scaleForward } from './scaleLoops';
import { normalize, normalizeBackward } from './normalize';
import { peepholeBackward, peepholeForward } from './peepholeLoops';
import { rnnBackward, rnnForward } from './rnnLoops';
import { copyMasked, gather, scatterAdd, setRows, sumRows } from './rows';
import { softmax } from './softmax';
import { adagrad, adam, decay, nesterov, rmsprop, sgd } from './updates';

/** The functions that a program may call, by number. */
export enum Op {
  fill,
  copy,
  add,
  multiply,
  scale,
  clamp,
  gemm,
  pack,
  gemmPacked,
  setRows,
  sumRows,
  gather,
  scatterAdd,
  copyMasked,
  softmax,
  normalize,
  normalizeBackward,
  findNoClass,
  weighRows,
  softmaxCrossEntropy,
  binaryCrossEntropy,
  meanSquaredError,
  rnnForward,
  rnnBackward,
  lstmForward,
  lstmBackward,
  peepholeForward,
  peepholeBackward,
  lstmLayerNormForwardGates,
  lstmLayerNormForwardState,
  lstmLayerNormBackwardState,
  lstmLayerNormBackwardGates,
  coupledForward,
  coupledBackward,
  gruForwardGates,
  gruForwardState,
  gruBackwardState,
  gruBackwardGates,
  gruResetAfterForward,
  gruResetAfterBackward,
  decay,
  reluForward,
  reluBackward,
  tanhForward,
  tanhBackward,
  sigmoidForward,
  sigmoidBackward,
  softmaxBackward,
  scaleForward,
  scaleBackward,
  sgd,
  nesterov,
  rmsprop,
  adagrad,
  adam,
}

/** Stops at the first call that looks up a missing row or class, and returns its number; or -1. */
export function replay(program: usize): i32 {
  let call = 0;
  let p = program;
  for (let length = i32.load(p); length > 0; length = i32.load(p), call++) {
    p += 4;
    switch (i32.load(p)) {
      case Op.fill:
        fill(int(p, 1), int(p, 2), int(p, 3), int(p, 4), real(p, 5));
        break;
      case Op.copy:
        copy(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6));
        break;
      case Op.add:
        add(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6));
        break;
      case Op.multiply:
        multiply(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8));
        break;
      case Op.scale:
        scale(int(p, 1), int(p, 2), int(p, 3), int(p, 4), real(p, 5));
        break;
      case Op.clamp:
        clamp(int(p, 1), int(p, 2), int(p, 3), int(p, 4), real(p, 5));
        break;
      case Op.gemm:
        gemm(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8), int(p, 9), int(p, 10), int(p, 11), flag(p, 12));
        break;
      case Op.pack:
        pack(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6));
        break;
      case Op.gemmPacked:
        gemmPacked(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8), int(p, 9), flag(p, 10));
        break;
      case Op.setRows:
        setRows(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5));
        break;
      case Op.sumRows:
        sumRows(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5));
        break;
      case Op.gather:
        if (gather(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8), int(p, 9), flag(p, 10)) >= 0) return call;
        break;
      case Op.scatterAdd:
        if (scatterAdd(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8), int(p, 9)) >= 0) return call;
        break;
      case Op.copyMasked:
        copyMasked(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8));
        break;
      case Op.softmax:
        softmax(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), real(p, 7));
        break;
      case Op.normalize:
        normalize(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), real(p, 8));
        break;
      case Op.normalizeBackward:
        normalizeBackward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8), int(p, 9));
        break;
      case Op.findNoClass:
        if (findNoClass(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5)) >= 0) return call;
        break;
      case Op.weighRows:
        weighRows(int(p, 1), int(p, 2));
        break;
      case Op.softmaxCrossEntropy:
        softmaxCrossEntropy(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8));
        break;
      case Op.binaryCrossEntropy:
        binaryCrossEntropy(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7));
        break;
      case Op.meanSquaredError:
        meanSquaredError(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7));
        break;
      case Op.rnnForward:
        rnnForward(int(p, 1), int(p, 2), int(p, 3), int(p, 4));
        break;
      case Op.rnnBackward:
        rnnBackward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5));
        break;
      case Op.lstmForward:
        lstmForward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7));
        break;
      case Op.lstmBackward:
        lstmBackward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8), int(p, 9));
        break;
      case Op.peepholeForward:
        peepholeForward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8));
        break;
      case Op.peepholeBackward:
        peepholeBackward(
          int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8), int(p, 9), int(p, 10), int(p, 11), int(p, 12),
        );
        break;
      case Op.lstmLayerNormForwardGates:
        lstmLayerNormForwardGates(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7));
        break;
      case Op.lstmLayerNormForwardState:
        lstmLayerNormForwardState(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5));
        break;
      case Op.lstmLayerNormBackwardState:
        lstmLayerNormBackwardState(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7));
        break;
      case Op.lstmLayerNormBackwardGates:
        lstmLayerNormBackwardGates(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7));
        break;
      case Op.coupledForward:
        coupledForward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7));
        break;
      case Op.coupledBackward:
        coupledBackward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8), int(p, 9));
        break;
      case Op.gruForwardGates:
        gruForwardGates(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5));
        break;
      case Op.gruForwardState:
        gruForwardState(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5));
        break;
      case Op.gruBackwardState:
        gruBackwardState(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7));
        break;
      case Op.gruBackwardGates:
        gruBackwardGates(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7));
        break;
      case Op.gruResetAfterForward:
        gruResetAfterForward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6));
        break;
      case Op.gruResetAfterBackward:
        gruResetAfterBackward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7), int(p, 8), int(p, 9));
        break;
      case Op.decay:
        decay(int(p, 1), int(p, 2), wide(p, 3));
        break;
      case Op.reluForward:
        reluForward(int(p, 1), int(p, 2), int(p, 3));
        break;
      case Op.reluBackward:
        reluBackward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5));
        break;
      case Op.tanhForward:
        tanhForward(int(p, 1), int(p, 2), int(p, 3));
        break;
      case Op.tanhBackward:
        tanhBackward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5));
        break;
      case Op.sigmoidForward:
        sigmoidForward(int(p, 1), int(p, 2), int(p, 3));
        break;
      case Op.sigmoidBackward:
        sigmoidBackward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5));
        break;
      case Op.softmaxBackward:
        softmaxBackward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5));
        break;
      case Op.scaleForward:
        scaleForward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6));
        break;
      case Op.scaleBackward:
        scaleBackward(int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), int(p, 6), int(p, 7));
        break;
      case Op.sgd:
        sgd(int(p, 1), int(p, 2), int(p, 3), int(p, 4), wide(p, 5), wide(p, 7));
        break;
      case Op.nesterov:
        nesterov(int(p, 1), int(p, 2), int(p, 3), int(p, 4), wide(p, 5), wide(p, 7));
        break;
      case Op.rmsprop:
        rmsprop(int(p, 1), int(p, 2), int(p, 3), int(p, 4), wide(p, 5), wide(p, 7), wide(p, 9), wide(p, 11));
        break;
      case Op.adagrad:
        adagrad(int(p, 1), int(p, 2), int(p, 3), int(p, 4), wide(p, 5), wide(p, 7), wide(p, 9));
        break;
      case Op.adam:
        adam(
          int(p, 1), int(p, 2), int(p, 3), int(p, 4), int(p, 5), wide(p, 6), wide(p, 8), wide(p, 10), wide(p, 12),
        );
        break;
      default:
        unreachable();
    }
    p += (length - 1) * 4;
  }
  return -1;
}

@inline
function int(p: usize, n: i32): i32 {
  return i32.load(p + n * 4);
}

@inline
function real(p: usize, n: i32): f32 {
  return f32.load(p + n * 4);
}

/** A float64 takes two words. */
@inline
function wide(p: usize, n: i32): f64 {
  return f64.load(p + n * 4);
}

@inline
function flag(p: usize, n: i32): bool {
  return i32.load(p + n * 4) != 0;
}
