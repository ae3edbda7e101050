/** A layer for each step of a sequence by itself. (Keras: TimeDistributed.) */
import type { Layer } from './layer.js';

/**
 * The same layer at every step. A dense layer treats every row alike, and the rows of a sequence are the steps of its
 * examples; so there is nothing to do but to see that it is given a sequence.
 * @param layer one that works row by row: `dense(n)`
 */
export function timeDistributed(layer: Layer): Layer {
  return {
    ...layer,
    unroll(context) {
      if (context.input.steps === null) {
        throw new RangeError(
          `${context.name} reads a sequence: give the layer below it returnSequences: true`,
        );
      }
      const unrolled = layer.unroll(context);
      if (unrolled.states) {
        throw new RangeError(`${context.name} reads across steps; timeDistributed is for layers that do not`);
      }
      return unrolled;
    },
  };
}
