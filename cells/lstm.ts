/**
 * The long short-term memory. (Hochreiter and Schmidhuber 1997; forget gate: Gers, Schmidhuber and Cummins
 * 2000.) Gates in Keras's order: input i, forget f, candidate g (Keras calls it c), output o.
 *
 *   L1  a = x U + hPrev W + b                     four blocks: a_i a_f a_g a_o
 *   L2  i = σ(a_i)   f = σ(a_f)   g = tanh(a_g)   o = σ(a_o)
 *   L3  c = f * cPrev + i * g
 *   L4  h = o * tanh(c)
 *
 * Backward, given dh and dc (docs/bptt.md, section 5):
 *
 *   L5   do = dh * tanh(c)
 *   L6   dc += dh * o * (1 - tanh²(c))            through h, added to what arrives from t+1
 *   L7   di = dc * g      df = dc * cPrev      dg = dc * i
 *   L8   dcPrev = dc * f                          the path on which gradients survive
 *   L9   da_i = di * i(1-i)   da_f = df * f(1-f)   da_g = dg * (1-g²)   da_o = do * o(1-o)
 *   L10  dhPrev = da Wᵀ
 *   L11  dW = Σ_t hPrevᵀ da
 */
import { blocks, sigmoid, tanh, type Tensor } from '../engine/index.js';
import { gateParameters, type Cell } from './cell.js';
import { libraryCell } from './libraryCell.js';
import { recurrentAccumulate, recurrentBackward, recurrentForward } from './recurrentProducts.js';
import { addOutputGradient } from './sameStepGradient.js';

/**
 * LSTM. (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000.)
 * Parameters U [D,4H], W [H,4H], b [4H]; states h, c.
 */
export const lstm: Cell<'U' | 'W' | 'b', 'h' | 'c', 'tanhC', never> = libraryCell({
  name: 'lstm',
  gates: ['i', 'f', 'g', 'o'],
  states: ['h', 'c'],
  saved: { tanhC: 1 },
  scratch: {},
  // A forget bias of 1 keeps the forget gate open at first. (Jozefowicz, Zaremba and Sutskever 2015.)
  parameters: (D, H) => gateParameters(D, H, 4, blocks(0, 1, 0, 0)),

  forward(k, { W }, { a, prev, hIn, state, saved, prevIsZero }) {
    // L1: a = x U + b + hPrev W
    if (!prevIsZero) recurrentForward(k, a, hIn, W);
    k.loop('lstm.forward', forward)(a, prev.c, state.c, state.h, saved.tanhC);
  },

  backward(k, { W }, { a, prev, saved }, { da, dState, dPrev, dhIn, needsDPrev }) {
    k.loop('lstm.backward', backward)(a, prev.c, saved.tanhC, dState.h, dState.c, da, dPrev.c);
    // L10: dhPrev = da Wᵀ
    if (needsDPrev) recurrentBackward(k, da, W, dhIn);
  },

  accumulate(k, { W: dW }, { hIn }, { da }) {
    // L11: dW += Σ_t hPrevᵀ da
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
    for (let j = 4 * H * b; j < 4 * H * b + H; j++, n++) {
      const i = sigmoid(gate[j]!); // L2
      const f = sigmoid(gate[j + H]!);
      const g = tanh(gate[j + 2 * H]!);
      const o = sigmoid(gate[j + 3 * H]!);
      const c = f * cPrev[n]! + i * g; // L3
      const tc = tanh(c);
      h[n] = o * tc; // L4

      gate[j] = i;
      gate[j + H] = f;
      gate[j + 2 * H] = g;
      gate[j + 3 * H] = o;
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
    for (let j = 4 * H * b; j < 4 * H * b + H; j++, n++) {
      const i = gate[j]!;
      const f = gate[j + H]!;
      const g = gate[j + 2 * H]!;
      const o = gate[j + 3 * H]!;
      const tc = tanhC[n]!;

      const dO = dh[n]! * tc; // L5
      const dc = dC[n]! + dh[n]! * o * (1 - tc * tc); // L6
      const di = dc * g; // L7
      const df = dc * cPrev[n]!;
      const dg = dc * i;
      dcPrev[n] = dc * f; // L8
      dA[j] = di * i * (1 - i); // L9
      dA[j + H] = df * f * (1 - f);
      dA[j + 2 * H] = dg * (1 - g * g);
      dA[j + 3 * H] = dO * o * (1 - o);
    }
  }
}
