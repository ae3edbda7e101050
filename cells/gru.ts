/**
 * The gated recurrent unit, reset before the product. (Cho et al. 2014, arXiv:1406.1078v3; Keras: GRU with
 * reset_after=False.) Gates in Keras's order: update z, reset r, candidate n (Keras calls it h).
 * z keeps the old state, as in Keras and PyTorch; some papers write 1-z there.
 *
 *   G1  a_z = x U_z + hPrev W_z + b_z      a_r = x U_r + hPrev W_r + b_r
 *   G2  z = σ(a_z)   r = σ(a_r)
 *   G3  a_n = x U_n + (r * hPrev) W_n + b_n      n = tanh(a_n)
 *   G4  h = z * hPrev + (1-z) * n
 *
 * Backward, given dh (docs/bptt.md, section 6), with rh = r * hPrev:
 *
 *   G5   dz = dh * (hPrev - n)   dn = dh * (1-z)   dhPrev = dh * z
 *   G6   da_n = dn * (1-n²)
 *   G7   drh = da_n W_nᵀ
 *   G8   dr = drh * hPrev        dhPrev += drh * r
 *   G9   da_z = dz * z(1-z)      da_r = dr * r(1-r)
 *   G10  dhPrev += [da_z da_r] [W_z W_r]ᵀ
 *   G11  d[W_z W_r] = Σ_t hPrevᵀ [da_z da_r]      dW_n = Σ_t rhᵀ da_n
 */
import { columns, sigmoid, tanh, transpose, zeros, type Tensor } from '../engine/index.js';
import { gateParameters, type Cell } from './cell.js';
import { libraryCell } from './libraryCell.js';
import { recurrentAccumulate, recurrentBackward, recurrentForward } from './recurrentProducts.js';

/** GRU, reset before the product. (Cho et al. 2014.) Parameters U [D,3H], W [H,3H], b [3H]; state h. */
export const gru: Cell<'U' | 'W' | 'b', 'h', 'rh', 'drh'> = libraryCell({
  name: 'gru',
  gates: ['z', 'r', 'n'],
  states: ['h'],
  saved: { rh: 1 },
  scratch: { drh: 1 },
  parameters: (D, H) => gateParameters(D, H, 3, zeros),

  forward(k, { W }, { a, prev, hIn, state, saved, prevIsZero }) {
    const H = prev.h.shape[1]!;
    // G1: [a_z a_r] = x [U_z U_r] + [b_z b_r] + hPrev [W_z W_r]
    if (!prevIsZero) recurrentForward(k, a, hIn, W, 2);
    k.loop('gru.forward.gates', forwardGates)(a, hIn[2]!, saved.rh);
    // G3: a_n = x U_n + b_n + (r * hPrev) W_n
    if (!prevIsZero) k.matmul(columns(a, 2 * H, 3 * H), saved.rh, columns(W, 2 * H, 3 * H), true);
    k.loop('gru.forward.state', forwardState)(a, prev.h, state.h);
  },

  backward(k, { W }, { a, prev, hIn }, { da, dState, dPrev, dhIn, needsDPrev, scratch }) {
    const H = prev.h.shape[1]!;
    k.loop('gru.backward.state', backwardState)(a, prev.h, dState.h, da, dPrev.h);
    // G7: drh = da_n W_nᵀ
    k.matmul(scratch.drh, columns(da, 2 * H, 3 * H), transpose(columns(W, 2 * H, 3 * H)));
    k.loop('gru.backward.gates', backwardGates)(a, hIn[2]!, scratch.drh, da, dhIn[2]!);
    // G10: dhPrev += [da_z da_r] [W_z W_r]ᵀ
    if (needsDPrev) recurrentBackward(k, da, W, dhIn, true, 2);
  },

  accumulate(k, { W: dW }, { hIn, saved }, { da }) {
    // G11: d[W_z W_r] += Σ_t hPrevᵀ [da_z da_r], dW_n += Σ_t rhᵀ da_n
    const H = saved.rh.shape[1]!;
    recurrentAccumulate(k, da, hIn, dW, 2);
    k.matmul(columns(dW, 2 * H, 3 * H), transpose(saved.rh), columns(da, 2 * H, 3 * H), true);
  },
});

function forwardGates({ data: gate }: Tensor, { data: hPrev, shape }: Tensor, { data: rh }: Tensor): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, m = 0; b < B; b++) {
    for (let j = 3 * H * b; j < 3 * H * b + H; j++, m++) {
      const z = sigmoid(gate[j]!); // G2
      const r = sigmoid(gate[j + H]!);
      gate[j] = z;
      gate[j + H] = r;
      rh[m] = r * hPrev[m]!;
    }
  }
}

function forwardState({ data: gate }: Tensor, { data: hPrev, shape }: Tensor, { data: h }: Tensor): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, m = 0; b < B; b++) {
    for (let j = 3 * H * b; j < 3 * H * b + H; j++, m++) {
      const z = gate[j]!;
      const n = tanh(gate[j + 2 * H]!); // G3
      gate[j + 2 * H] = n;
      h[m] = z * hPrev[m]! + (1 - z) * n; // G4
    }
  }
}

function backwardState(
  { data: gate }: Tensor,
  { data: hPrev, shape }: Tensor,
  { data: dh }: Tensor,
  { data: dA }: Tensor,
  { data: dhPrev }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, m = 0; b < B; b++) {
    for (let j = 3 * H * b; j < 3 * H * b + H; j++, m++) {
      const z = gate[j]!;
      const n = gate[j + 2 * H]!;
      const dz = dh[m]! * (hPrev[m]! - n); // G5
      const dn = dh[m]! * (1 - z);
      dhPrev[m] = dh[m]! * z;
      dA[j] = dz * z * (1 - z); // G9
      dA[j + 2 * H] = dn * (1 - n * n); // G6
    }
  }
}

function backwardGates(
  { data: gate }: Tensor,
  { data: hPrev, shape }: Tensor,
  { data: drh }: Tensor,
  { data: dA }: Tensor,
  { data: dhPrev }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, m = 0; b < B; b++) {
    for (let j = 3 * H * b; j < 3 * H * b + H; j++, m++) {
      const r = gate[j + H]!;
      const dr = drh[m]! * hPrev[m]!; // G8
      dhPrev[m]! += drh[m]! * r;
      dA[j + H] = dr * r * (1 - r); // G9
    }
  }
}
