/** The dense layer y = x V + c, for single vectors and for every step of a sequence. */
import { glorotUniform, kernelsOnly, zeros } from '../../engine/index.js';
import { affineAccumulate, affineBackward, affineForward } from './affine.js';
import { defineLayer, type Layer } from './layer.js';
import { node } from './node.js';

/**
 * A fully connected layer with linear output (losses take logits).
 * @param units width of the output
 */
export function dense(units: number): Layer {
  return defineLayer({
    kind: 'dense',
    outputWidth: () => units,
    parameters: (D) => ({
      V: { shape: [D, units], initialize: glorotUniform },
      c: { shape: [units], initialize: zeros },
    }),
    // A repeated vector is multiplied only once; for gathered rows that is not worth the code.
    accepts: () => ({ symbols: true, repeated: true }),

    unroll({ k, name, parameters: p, gradients: dp, input, accumulateInputGradient, training }) {
      const x = input.value;
      const rows = x.shape[0]!;
      const y = k.zeros(rows, units);
      const dy = training ? k.zeros(rows, units) : null;
      const product = node({
        name,
        reads: { x },
        writes: { y },
        gradients: { y: dy },
        parameters: [`${name}.V`, `${name}.c`],
        forward: () => affineForward(k, y, x, p.V, p.c),
        backward: () => affineBackward(k, dy!, p.V, input.gradient, accumulateInputGradient), // B6
        accumulate: () => affineAccumulate(k, dy!, x, dp.V, dp.c),
      });
      return { nodes: [kernelsOnly(product)], output: { ...input, value: y, gradient: dy } };
    },
  });
}
