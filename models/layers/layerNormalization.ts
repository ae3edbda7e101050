/**
 * Layer normalization: each row, an example at one time step, gets mean 0 and variance 1, and then a trained scale and
 * shift for each feature. Rows do not depend on each other, nor on the batch. (Ba, Kiros and Hinton 2016, section 3;
 * they call γ and β gain and bias.)
 *
 *   X1  μ = mean of x         σ² = mean of (x - μ)²          over the N features of a row
 *   X2  x̂ = (x - μ) r         r = 1 / √(σ² + ε)
 *   X3  y = γ * x̂ + β
 *
 * Backward (docs/bptt.md, section 2.5):
 *
 *   X4  dx̂ = dy * γ
 *   X5  dx = r (dx̂ - mean(dx̂) - x̂ mean(dx̂ * x̂))
 *   X6  dγ = Σ_rows dy * x̂    dβ = Σ_rows dy
 */
import { readOptions, requireNumber } from '../../engine/checks.js';
import { blocks, kernelsOnly, zeros, type Tensor } from '../../engine/index.js';
import { scaleBackward, scaleForward } from '../../engine/scale.js';
import { defineLayer, type Layer } from './layer.js';
import { node } from './node.js';

/** Options of a layer normalization. */
export interface LayerNormalizationOptions {
  /** ε, which keeps rows of equal numbers finite. PyTorch has 1e-5. Default 1e-3, as in Keras. */
  epsilon?: number;
}

/**
 * Gives each row mean 0 and variance 1, then scales and shifts each feature. (Keras: LayerNormalization; PyTorch:
 * LayerNorm.)
 * @throws RangeError unless epsilon is above 0
 */
export function layerNormalization(options: LayerNormalizationOptions = {}): Layer {
  const { epsilon } = readOptions('layerNormalization', options, { epsilon: 1e-3 });
  requireNumber('layerNormalization: epsilon', epsilon, { above: 0 });
  return defineLayer({
    kind: 'layerNormalization',
    config: { kind: 'layerNormalization', epsilon },
    outputWidth: (D) => D,
    parameters: (D) => ({
      gamma: { shape: [D], initialize: blocks(1) },
      beta: { shape: [D], initialize: zeros },
    }),
    accepts: () => ({ repeated: true }),

    unroll({ k, name, parameters: p, gradients: dp, input, accumulateInputGradient, training }) {
      const x = input.value as Tensor;
      const dx = input.gradient;
      const [M, N] = x.shape as [number, number];
      const tensorOf = (needed: boolean) => (needed ? k.zeros(M, N) : null);
      const [y, xHat, r] = [k.zeros(M, N), k.zeros(M, N), k.zeros(M)];
      const [dy, dxHat, terms] = [tensorOf(training), tensorOf(training), tensorOf(training)];
      const normalizing = node({
        name,
        reads: { x },
        writes: { y },
        saved: { xHat, r },
        gradients: { y: dy },
        scratch: { dxHat, terms },
        parameters: [`${name}.gamma`, `${name}.beta`],
        forward() {
          k.normalize(xHat, r, x, epsilon); // X1, X2
          k.loop('scale.forward', scaleForward)(y, xHat, p.gamma, p.beta);
        },
        backward() {
          k.loop('scale.backward', scaleBackward)(dxHat!, terms!, dy!, xHat, p.gamma);
          if (!dx) return;
          if (!accumulateInputGradient) return k.normalizeBackward(dx, dxHat!, xHat, r); // X5
          k.normalizeBackward(dxHat!, dxHat!, xHat, r);
          k.add(dx, dxHat!);
        },
        accumulate() {
          k.sumRows(dp.gamma, terms!); // X6
          k.sumRows(dp.beta, dy!);
        },
      });
      return { nodes: [kernelsOnly(normalizing)], output: { ...input, value: y, gradient: dy } };
    },
  });
}
