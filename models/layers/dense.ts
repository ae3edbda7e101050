/** The dense layer y = x V + c, for single vectors and for every step of a sequence alike. */
import { glorotUniform, zeros, type Tensor } from '../../engine/index.js';
import { affineAccumulate, affineBackward, affineForward } from './affine.js';
import { materialize } from './materialize.js';
import type { Layer } from './layer.js';

/**
 * A fully connected layer; its output stays linear (losses take logits).
 * @param units width of the output
 */
export function dense(units: number): Layer {
  return {
    kind: 'dense',
    outputWidth: () => units,
    parameters: (D) => ({
      V: { shape: [D, units], initialize: glorotUniform },
      c: { shape: [units], initialize: zeros },
    }),

    unroll({ k, name, parameters, gradients, input: given, accumulateInputGradient, training, batch }) {
      const { V, c } = parameters as { V: Tensor; c: Tensor };
      const { V: dV, c: dc } = gradients as { V: Tensor; c: Tensor };
      // A row that is the same at every step is multiplied once; rows of a table are not worth the trouble here.
      const { nodes, output: input } = given.gathered
        ? materialize(k, `${name}.rows`, batch, given)
        : { nodes: [], output: given };
      const x = input.value;
      const rows = x.shape[0]!;
      const y = k.zeros(rows, units);
      const dy = training ? k.zeros(rows, units) : null;

      return {
        nodes: [
          ...nodes,
          {
            name,
            time: null,
            reads: { x },
            writes: { y },
            saved: {},
            gradients: { y: dy },
            parameters: [`${name}.V`, `${name}.c`],
            forward: () => affineForward(k, y, x, V, c),
            backward: () => affineBackward(k, dy!, V, input.gradient, accumulateInputGradient), // B6
            accumulate: () => affineAccumulate(k, dy!, x, dV, dc),
          },
        ],
        output: { ...input, value: y, gradient: dy },
      };
    },
  };
}
