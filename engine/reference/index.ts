/**
 * The reference kernels: the specification in plain loops, for float32 and float64. They favour clarity over
 * speed. Gradient checks run on them in float64, and the faster kernels are tested against them.
 */
import ndarray from '#ndarray';
import { requireChoice, requireText } from '../checks.js';
import type { Kernels } from '../kernels.js';
import { requireLoop, requirePhases, runPhases } from '../phases.js';
import { requireSizes, requireTensor, tensor, type FloatArray } from '../tensor.js';
import { elementwise } from './elementwise.js';
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
  requireChoice('referenceKernels: the number type', Numbers, [Float32Array, Float64Array]);
  return {
    name: Numbers.name === 'Float64Array' ? 'reference-float64' : 'reference-float32',
    threads: 1,
    close: () => Promise.resolve(),

    zeros: (...shape) => tensor(allocate('zeros', Numbers, shape), ...shape),
    indices: (...shape) => ndarray(allocate('indices', Int32Array, shape), shape),
    // Nothing to give back: these arrays are garbage collected.
    region(kind) {
      requireText('region: kind', kind);
      return { run: (work) => work(), release() {} };
    },

    ...elementwise,
    matmul,
    setRows,
    sumRows,
    gather,
    scatterAdd,
    copyMasked,
    softmax,
    normalize,
    normalizeBackward,
    loop(name, loop) {
      requireLoop(name, loop);
      return loop;
    },
    plan(phases, constant) {
      requirePhases(phases);
      requireTensor('plan', constant);
      return () => runPhases(phases);
    },
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

/** @throws RangeError when the sizes are invalid, or no array can be so long */
function allocate<A>(of: string, Numbers: new (length: number) => A, shape: readonly number[]): A {
  const size = requireSizes(of, shape);
  try {
    return new Numbers(size);
  } catch (cause) {
    throw new RangeError(`${of}: there is no memory for [${shape.join(', ')}]`, { cause });
  }
}
