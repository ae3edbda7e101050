/**
 * The gated recurrent unit, reset after the product, with two biases: the form of cuDNN, PyTorch and Keras 2+
 * (reset_after=True). The recurrent side is one matrix product per step. (Appleyard et al. 2016,
 * arXiv:1604.01946.) Gates: update z, reset r, candidate n. b is the bias of the input side, bW of the
 * recurrent side.
 *
 *   A1  s = hPrev W + bW                         three blocks: s_z s_r s_n
 *   A2  z = σ(x U_z + b_z + s_z)      r = σ(x U_r + b_r + s_r)
 *   A3  n = tanh(x U_n + b_n + r * s_n)
 *   A4  h = z * hPrev + (1-z) * n
 *
 * Backward, given dh (docs/bptt.md, section 7):
 *
 *   A5   dz = dh * (hPrev - n)   dn = dh * (1-z)   dhPrev = dh * z
 *   A6   da_n = dn * (1-n²)
 *   A7   dr = da_n * s_n         ds_n = da_n * r
 *   A8   da_z = ds_z = dz * z(1-z)      da_r = ds_r = dr * r(1-r)
 *   A9   dhPrev += ds Wᵀ
 *   A10  dW = Σ_t hPrevᵀ ds      dbW = Σ_t Σ_rows ds
 */
import { sigmoid, tanh, zeros, type Tensor } from '../engine/index.js';
import { gateParameters, type Cell } from './cell.js';
import { libraryCell } from './libraryCell.js';
import { recurrentAccumulate, recurrentBackward, recurrentForward } from './recurrentProducts.js';

/**
 * GRU, reset after the product. (Appleyard et al. 2016.)
 * Parameters U [D,3H], W [H,3H], b [3H], bW [3H]; state h.
 */
export const gruResetAfter: Cell<'U' | 'W' | 'b' | 'bW', 'h', 's', 'ds'> = libraryCell({
  name: 'gruResetAfter',
  gates: ['z', 'r', 'n'],
  states: ['h'],
  saved: { s: 3 },
  scratch: { ds: 3 },
  parameters: (D, H) => ({
    ...gateParameters(D, H, 3, zeros),
    bW: { shape: [3 * H], initialize: zeros },
  }),

  forward(k, { W, bW }, { a, prev, hIn, state, saved, prevIsZero }) {
    // A1: s = hPrev W + bW
    k.setRows(saved.s, bW);
    if (!prevIsZero) recurrentForward(k, saved.s, hIn, W);
    k.loop('gruResetAfter.forward', forward)(a, saved.s, prev.h, state.h);
  },

  backward(k, { W }, { a, prev, saved }, { da, dState, dPrev, dhIn, needsDPrev, scratch }) {
    k.loop('gruResetAfter.backward', backward)(a, saved.s, prev.h, dState.h, da, scratch.ds, dPrev.h);
    // A9: dhPrev += ds Wᵀ
    if (needsDPrev) recurrentBackward(k, scratch.ds, W, dhIn, true);
  },

  accumulate(k, { W: dW, bW: dbW }, { hIn }, { scratch }) {
    // A10: dW += Σ_t hPrevᵀ ds, dbW += Σ_t Σ_rows ds
    recurrentAccumulate(k, scratch.ds, hIn, dW);
    k.sumRows(dbW, scratch.ds);
  },
});

/** A2 to A4; gruLayerNorm shares it. */
export function forward(
  { data: gate }: Tensor,
  { data: s }: Tensor,
  { data: hPrev }: Tensor,
  { data: h, shape }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, m = 0; b < B; b++) {
    for (let j = 3 * H * b; j < 3 * H * b + H; j++, m++) {
      const z = sigmoid(gate[j]! + s[j]!); // A2
      const r = sigmoid(gate[j + H]! + s[j + H]!);
      const n = tanh(gate[j + 2 * H]! + r * s[j + 2 * H]!); // A3
      h[m] = z * hPrev[m]! + (1 - z) * n; // A4

      gate[j] = z;
      gate[j + H] = r;
      gate[j + 2 * H] = n;
    }
  }
}

/** A5 to A8; gruLayerNorm shares it. */
export function backward(
  { data: gate }: Tensor,
  { data: s }: Tensor,
  { data: hPrev }: Tensor,
  { data: dh, shape }: Tensor,
  { data: dA }: Tensor,
  { data: ds }: Tensor,
  { data: dhPrev }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, m = 0; b < B; b++) {
    for (let j = 3 * H * b; j < 3 * H * b + H; j++, m++) {
      const z = gate[j]!;
      const r = gate[j + H]!;
      const n = gate[j + 2 * H]!;

      const dz = dh[m]! * (hPrev[m]! - n); // A5
      const dn = dh[m]! * (1 - z);
      dhPrev[m] = dh[m]! * z;
      const dan = dn * (1 - n * n); // A6
      const dr = dan * s[j + 2 * H]!; // A7
      dA[j] = ds[j] = dz * z * (1 - z); // A8
      dA[j + H] = ds[j + H] = dr * r * (1 - r);
      dA[j + 2 * H] = dan;
      ds[j + 2 * H] = dan * r; // A7
    }
  }
}
