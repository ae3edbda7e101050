/** The embedding: a trained row of numbers for each symbol. (Bengio et al. 2003, section 2; Keras: Embedding.) */
import { uniform, type Tensor } from '../engine/index.js';
import { isIndices } from './affine.js';
import type { Layer } from './layer.js';

/**
 * Looks up a row of E [V, units] for each symbol of a one-hot input. Only the rows that are read get a gradient.
 * @param units width of a row
 */
export function embedding(units: number): Layer {
  return {
    kind: 'embedding',
    outputWidth: () => units,
    parameters: (V) => ({ E: { shape: [V, units], initialize: uniform(0.05) } }),

    unroll({ k, name, parameters, gradients, input, training }) {
      const { E } = parameters as { E: Tensor };
      const { E: dE } = gradients as { E: Tensor };
      const ids = input.value;
      if (!isIndices(ids))
        throw new RangeError(`${name}: an embedding reads symbols; use it on a oneHot input`);
      const y = k.zeros(ids.size, units);
      const dy = training ? k.zeros(ids.size, units) : null;

      return {
        nodes: [
          {
            name,
            time: null,
            reads: { ids },
            writes: { y },
            saved: {},
            parameters: [`${name}.E`],
            forward: () => k.gather(y, E, ids),
            // Symbols have no gradient.
            backward() {},
            // A symbol that occurs twice receives both gradients: +=, row by row.
            accumulate: () => k.scatterAdd(dE, ids, dy!),
          },
        ],
        output: { ...input, value: y, gradient: dy },
      };
    },
  };
}
