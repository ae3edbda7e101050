/**
 * The input side of a cell whose gates each see other features of the input: a_g = (x * m_g) U_g + b_g, with a mask m_g [B,D]
 * for each gate, the same at all steps. (Gal and Ghahramani 2016, "untied weights"; Keras does so where recurrent_dropout
 * is not 0.)
 *
 *   N6  a_g = (x * m_g) U_g + b_g
 *   N7  dx = Σ_g (da_g U_gᵀ) * m_g      dU_g = Σ_t (x * m_g)ᵀ da_g
 */
import { columns, rows, type Tensor } from '../../engine/index.js';
import { affineAccumulate, affineBackward, affineForward } from '../layers/affine.js';
import { stepsOf } from '../layers/repeatVector.js';
import type { RowsOf } from '../layers/signal.js';
import type { CellContext } from './cellContext.js';
import type { Projection } from './inputProjection.js';

/**
 * @param masks one [B,D] for each gate, drawn before each pass
 * @param real  as for `projectInput`
 */
export function projectPerGate(
  { k, parameters: p, gradients: dp, input, accumulateInputGradient, batch: B }: CellContext,
  a: Tensor,
  da: Tensor | null,
  real: RowsOf,
  masks: readonly Tensor[],
): Projection {
  const x = input.value as Tensor;
  const dx = input.gradient;
  const seen = masks.map(() => k.zeros(...x.shape));
  const dSeen = dx && k.zeros(...x.shape);
  const H = a.shape[1]! / masks.length;
  const block = (t: Tensor, g: number) => columns(t, g * H, (g + 1) * H);
  const part = (t: Tensor, g: number) => rows(t, g * H, (g + 1) * H);
  const [xs, seens] = [stepsOf(x, B), seen.map((t) => stepsOf(t, B))];
  const dSeens = dSeen ? stepsOf(dSeen, B) : [];
  return {
    shared: [],
    scratch: { ...Object.fromEntries(seen.map((t, g) => [`seen${g}`, t])), dSeen },
    forward: () =>
      masks.forEach((mask, g) => {
        seens[g]!.forEach((step, t) => k.multiply(step, xs[t]!, mask)); // N6
        affineForward(k, block(real(a), g), real(seen[g]!), block(p.U!, g), p.b && part(p.b, g));
      }),
    backward() {
      if (!dx) return;
      if (!accumulateInputGradient) k.fill(dx, 0);
      masks.forEach((mask, g) => {
        k.fill(dSeen!, 0);
        affineBackward(k, block(real(da!), g), block(p.U!, g), real(dSeen!), false);
        for (const step of dSeens) k.multiply(step, step, mask); // N7
        k.add(dx, dSeen!);
      });
    },
    accumulate: () =>
      masks.forEach((_, g) => {
        affineAccumulate(k, block(real(da!), g), real(seen[g]!), block(dp.U!, g), dp.b && part(dp.b, g));
      }),
  };
}
