/**
 * One vector, the same at every step of a sequence. (Keras: RepeatVector.)
 *
 * Nothing is copied: the signal is marked as repeated, and a layer that accepts this computes once what is
 * the same at all steps. For other layers materialize.ts writes out the steps.
 */
import { rows, type Kernels, type Tensor } from '../../engine/index.js';
import type { Layer } from './layer.js';

/** Repeats a vector for `steps` steps. */
export function repeatVector(steps: number): Layer {
  return {
    kind: 'repeatVector',
    outputWidth: (D) => D,
    parameters: () => ({}),
    unroll({ name, input }) {
      if (input.steps !== null) throw new RangeError(`${name} repeats a vector, not a sequence`);
      return { nodes: [], output: { ...input, steps, repeated: true } };
    },
  };
}

/** Each block of B rows of y [T·B, N] = x [B, N]. */
export function repeatRows(k: Kernels, y: Tensor, x: Tensor): void {
  for (const block of blocksOf(y, x.shape[0]!)) k.copy(block, x);
}

/** x [B, N] = the sum over t of the blocks of y [T·B, N]. */
export function sumOverTime(k: Kernels, x: Tensor, y: Tensor): void {
  k.fill(x, 0);
  for (const block of blocksOf(y, x.shape[0]!)) k.add(x, block);
}

// Views are cached per tensor, so that a training step creates none.
const blocks = new WeakMap<Tensor, Tensor[]>();

function blocksOf(y: Tensor, B: number): Tensor[] {
  let views = blocks.get(y);
  if (!views) {
    views = Array.from({ length: y.shape[0]! / B }, (_, t) => rows(y, t * B, (t + 1) * B));
    blocks.set(y, views);
  }
  return views;
}
