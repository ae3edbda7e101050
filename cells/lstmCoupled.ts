/**
 * The LSTM with coupled input and forget gates: i = 1-f, so new input replaces what is forgotten.
 * (Greff et al. 2015, arXiv:1503.04069: CIFG.) Gates: forget f, candidate g, output o; there is no a_i.
 *
 *   K1  a = x U + hPrev W + b                     three blocks: a_f a_g a_o
 *   K2  f = σ(a_f)   i = 1-f   g = tanh(a_g)   o = σ(a_o)
 *   K3  c = f * cPrev + (1-f) * g
 *   K4  h = o * tanh(c)
 *
 * Backward, given dh and dc (docs/bptt.md, section 5.2):
 *
 *   K5   do = dh * tanh(c)
 *   K6   dc += dh * o * (1 - tanh²(c))
 *   K7   df = dc * (cPrev - g)      dg = dc * (1-f)
 *   K8   dcPrev = dc * f
 *   K9   da_f = df * f(1-f)   da_g = dg * (1-g²)   da_o = do * o(1-o)
 *   K10  dhPrev = da Wᵀ
 *   K11  dW = Σ_t hPrevᵀ da
 */
import { blocks, sigmoid, tanh, type Tensor } from '../engine/index.js';
import { gateParameters, type Cell } from './cell.js';
import { libraryCell } from './libraryCell.js';
import { recurrentAccumulate, recurrentBackward, recurrentForward } from './recurrentProducts.js';
import { addOutputGradient } from './sameStepGradient.js';

/**
 * LSTM with coupled input and forget gates. (Greff et al. 2015, CIFG.)
 * Parameters U [D,3H], W [H,3H], b [3H]; states h, c.
 */
export const lstmCoupled: Cell<'U' | 'W' | 'b', 'h' | 'c', 'tanhC', never> = libraryCell({
  name: 'lstmCoupled',
  gates: ['f', 'g', 'o'],
  states: ['h', 'c'],
  saved: { tanhC: 1 },
  scratch: {},
  // A forget bias of 1, as in lstm.ts; the input gate then starts at 1 - σ(1) = 0.27.
  parameters: (D, H) => gateParameters(D, H, 3, blocks(1, 0, 0)),

  forward(k, { W }, { a, prev, hIn, state, saved, prevIsZero }) {
    // K1: a = x U + b + hPrev W
    if (!prevIsZero) recurrentForward(k, a, hIn, W);
    k.loop('lstmCoupled.forward', forward)(a, prev.c, state.c, state.h, saved.tanhC);
  },

  backward(k, { W }, { a, prev, saved }, { da, dState, dPrev, dhIn, needsDPrev }) {
    k.loop('lstmCoupled.backward', backward)(a, prev.c, saved.tanhC, dState.h, dState.c, da, dPrev.c);
    // K10: dhPrev = da Wᵀ
    if (needsDPrev) recurrentBackward(k, da, W, dhIn);
  },

  accumulate(k, { W: dW }, { hIn }, { da }) {
    // K11: dW += Σ_t hPrevᵀ da
    recurrentAccumulate(k, da, hIn, dW);
  },

  addSameStepGradient: (_, { a, saved }, _gradients, total) => addOutputGradient(a, saved.tanhC, total),
});

function forward(
  { data: gate }: Tensor,
  { data: cPrev }: Tensor,
  { data: C }: Tensor,
  { data: h, shape }: Tensor,
  { data: tanhC }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, n = 0; b < B; b++) {
    for (let j = 3 * H * b; j < 3 * H * b + H; j++, n++) {
      const f = sigmoid(gate[j]!); // K2
      const g = tanh(gate[j + H]!);
      const o = sigmoid(gate[j + 2 * H]!);
      const c = f * cPrev[n]! + (1 - f) * g; // K3
      const tc = tanh(c);
      h[n] = o * tc; // K4

      gate[j] = f;
      gate[j + H] = g;
      gate[j + 2 * H] = o;
      C[n] = c;
      tanhC[n] = tc;
    }
  }
}

function backward(
  { data: gate }: Tensor,
  { data: cPrev }: Tensor,
  { data: tanhC }: Tensor,
  { data: dh, shape }: Tensor,
  { data: dC }: Tensor,
  { data: dA }: Tensor,
  { data: dcPrev }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, n = 0; b < B; b++) {
    for (let j = 3 * H * b; j < 3 * H * b + H; j++, n++) {
      const f = gate[j]!;
      const g = gate[j + H]!;
      const o = gate[j + 2 * H]!;
      const tc = tanhC[n]!;

      const dO = dh[n]! * tc; // K5
      const dc = dC[n]! + dh[n]! * o * (1 - tc * tc); // K6
      const df = dc * (cPrev[n]! - g); // K7
      const dg = dc * (1 - f);
      dcPrev[n] = dc * f; // K8
      dA[j] = df * f * (1 - f); // K9
      dA[j + H] = dg * (1 - g * g);
      dA[j + 2 * H] = dO * o * (1 - o);
    }
  }
}
