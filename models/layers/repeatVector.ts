/**
 * One vector, the same at every step of a sequence. (Keras: RepeatVector.)
 *
 * Nothing is copied: the signal is marked as repeated, and a layer that accepts this computes once what is
 * the same at all steps. For other layers materialize.ts writes out the steps.
 */
import { requireWhole } from '../../engine/checks.js';
import { rows, type Indices, type Kernels, type Tensor } from '../../engine/index.js';
import { defineLayer, type Layer } from './layer.js';

/**
 * Repeats a vector for `steps` steps.
 * @throws RangeError unless `steps` is a whole number of at least 1
 */
export function repeatVector(steps: number): Layer {
  requireWhole('repeatVector: steps', steps);
  return defineLayer({
    kind: 'repeatVector',
    config: { kind: 'repeatVector', steps },
    outputWidth: (D) => D,
    parameters: () => ({}),
    unroll({ name, input }) {
      if (input.steps !== null) throw new RangeError(`${name} repeats a vector, not a sequence`);
      return { nodes: [], output: { ...input, steps, repeated: true } };
    },
  });
}

/** The steps of y [T·B, N], B rows each, as views. */
export const stepsOf = <N extends Tensor | Indices>(y: N, B: number): N[] =>
  Array.from({ length: y.shape[0]! / B }, (_, t) => rows(y as Tensor, t * B, (t + 1) * B) as N);

/** Each step y_t [B, N] = x. */
export function repeatRows(k: Kernels, steps: readonly Tensor[], x: Tensor): void {
  for (const y of steps) k.copy(y, x);
}

/** x [B, N] = Σ_t y_t */
export function sumOverTime(k: Kernels, x: Tensor, steps: readonly Tensor[]): void {
  k.fill(x, 0);
  for (const y of steps) k.add(x, y);
}
