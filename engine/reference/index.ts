/**
 * The reference kernels: the specification in plain loops, for float32 and float64. They favour clarity over
 * speed. Gradient checks run on them in float64, and the faster kernels are tested against them.
 */
import ops from 'ndarray-ops';
import ndarray from 'ndarray';
import type { Kernels } from '../kernels.js';
import { runPhases } from '../phases.js';
import { requireSameShape } from '../shapes.js';
import { sizeOf, tensor, type FloatArray } from '../tensor.js';
import { binaryCrossEntropy, meanSquaredError, softmaxCrossEntropy } from './losses.js';
import { matmul } from './matmul.js';
import { normalize, normalizeBackward } from './normalize.js';
import { copyMasked, gather, scatterAdd, setRows, sumRows } from './rows.js';
import { softmax } from './softmax.js';
import { adagrad, adam, decay, rmsprop, sgd } from './updates.js';

/**
 * Plain kernels for one number type.
 * @param Numbers Float32Array, or Float64Array to check gradients with
 */
export function referenceKernels<A extends FloatArray>(Numbers: new (length: number) => A): Kernels<A> {
  return {
    name: Numbers.name === 'Float64Array' ? 'reference-float64' : 'reference-float32',
    threads: 1,
    close: () => Promise.resolve(),

    zeros: (...shape) => tensor(new Numbers(sizeOf(shape)), ...shape),
    indices: (...shape) => ndarray(new Int32Array(sizeOf(shape)), shape),
    // Nothing to give back: these arrays are garbage collected.
    region: () => ({ run: (work) => work(), release() {} }),

    fill: (out, value) => void ops.assigns(out, value),
    copy(out, x) {
      requireSameShape('copy', out, x);
      ops.assign(out, x);
    },
    add(out, x) {
      requireSameShape('add', out, x);
      ops.addeq(out, x);
    },
    multiply(out, x, y) {
      requireSameShape('multiply', out, x);
      requireSameShape('multiply', out, y);
      ops.mul(out, x, y);
    },
    scale: (out, factor) => void ops.mulseq(out, factor),
    clamp(out, limit) {
      ops.minseq(out, limit);
      ops.maxseq(out, -limit);
    },
    sumOfSquares: (x) => ops.norm2squared(x),

    matmul,
    setRows,
    sumRows,
    gather,
    scatterAdd,
    copyMasked,
    softmax,
    normalize,
    normalizeBackward,
    loop: (_name, loop) => loop,
    plan: (phases) => () => runPhases(phases),
    softmaxCrossEntropy,
    binaryCrossEntropy,
    meanSquaredError,
    decay,
    sgd,
    rmsprop,
    adagrad,
    adam,
  };
}
