/** Applies a layer to each step of a sequence separately. (Keras: TimeDistributed.) */
import { defineLayer, requireLayer, type Layer } from './layer.js';

/**
 * The same layer at every step. The rows of a sequence are the steps of its examples, and a dense layer
 * treats all rows alike, so this only checks that the input is a sequence.
 * @param layer a layer that works row by row: `dense(n)`
 * @throws TypeError when it is no layer
 */
export function timeDistributed(layer: Layer): Layer {
  requireLayer('timeDistributed takes', layer);
  return defineLayer({
    ...layer,
    config: layer.config && { kind: 'timeDistributed', layer: layer.config },
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
  });
}
