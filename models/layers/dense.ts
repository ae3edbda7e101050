/** The dense layer y = f(x V + c), for single vectors and for every step of a sequence. */
import { readOptions, requireWhole } from '../../engine/checks.js';
import { declaredPasses, glorotUniform, kernelsOnly, zeros } from '../../engine/index.js';
import { activationOf, isKnown, type Activation, type ActivationName } from '../activations/index.js';
import { affineAccumulate, affineBackward, affineForward } from './affine.js';
import { defineLayer, type Layer } from './layer.js';
import { node } from './node.js';

/** Options of a dense layer. */
export interface DenseOptions {
  /**
   * What the output goes through: one of `activations`, by name, or one of your own. Losses take logits, so the last
   * layer has none. Default 'linear', none.
   */
  activation?: Activation | ActivationName;
}

/**
 * A fully connected layer. (Keras: Dense; PyTorch: Linear.)
 * @param units width of the output
 * @throws RangeError when an option is invalid
 */
export function dense(units: number, options: DenseOptions = {}): Layer {
  requireWhole('dense: units', units);
  const { activation } = readOptions('dense', options, { activation: 'linear' });
  const f = activationOf('dense: activation', activation);
  return defineLayer({
    kind: 'dense',
    config: isKnown(f) ? { kind: 'dense', units, activation: f?.name ?? 'linear' } : undefined,
    ...(f?.isProbability && { activation: f.name }),
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
      // The gradient of z = x V + c, which y overwrites.
      const dz = f && training ? k.zeros(rows, units) : dy;
      const product = node({
        name,
        reads: { x },
        writes: { y },
        gradients: { y: dy },
        scratch: { ...(f && { dz }) },
        parameters: [`${name}.V`, `${name}.c`],
        forward() {
          affineForward(k, y, x, p.V, p.c);
          f?.forward(k, y);
        },
        backward() {
          f?.backward(k, dz!, dy!, y);
          affineBackward(k, dz!, p.V, input.gradient, accumulateInputGradient); // B6
        },
        accumulate: () => affineAccumulate(k, dz!, x, dp.V, dp.c),
      });
      const passes = f ? declaredPasses(f) : undefined;
      return {
        nodes: [kernelsOnly(product, passes && [...passes, 'accumulate'])],
        output: { ...input, value: y, gradient: dy },
      };
    },
  });
}
