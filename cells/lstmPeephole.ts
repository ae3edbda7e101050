/**
 * The LSTM with peephole connections: the gates see the cell state. (Gers, Schraudolph and Schmidhuber 2002.)
 * Gates as in cells/lstm.ts: i f g o. p has the blocks p_i p_f p_o with one weight per unit, so a gate sees
 * only its own unit. i and f see the state before the step, o sees the new one.
 *
 *   Q1  a = x U + hPrev W + b                     four blocks: a_i a_f a_g a_o
 *   Q2  i = σ(a_i + p_i * cPrev)   f = σ(a_f + p_f * cPrev)   g = tanh(a_g)
 *   Q3  c = f * cPrev + i * g
 *   Q4  o = σ(a_o + p_o * c)
 *   Q5  h = o * tanh(c)
 *
 * Backward, given dh and dc (docs/bptt.md, section 5.1); da is the gradient of the argument of σ or tanh:
 *
 *   Q6   do = dh * tanh(c)      da_o = do * o(1-o)
 *   Q7   dc += dh * o * (1 - tanh²(c)) + da_o * p_o       also through the output gate, which saw c
 *   Q8   di = dc * g      df = dc * cPrev      dg = dc * i
 *   Q9   da_i = di * i(1-i)   da_f = df * f(1-f)   da_g = dg * (1-g²)
 *   Q10  dcPrev = dc * f + da_i * p_i + da_f * p_f
 *   Q11  dhPrev = da Wᵀ
 *   Q12  dW = Σ_t hPrevᵀ da
 *   Q13  dp_i = Σ da_i * cPrev      dp_f = Σ da_f * cPrev      dp_o = Σ da_o * c      sums over t and rows
 */
import { blocks, sigmoid, tanh, zeros, type Tensor } from '../engine/index.js';
import { gateParameters, type Cell } from './cell.js';
import { libraryCell } from './libraryCell.js';
import { recurrentAccumulate, recurrentBackward, recurrentForward } from './recurrentProducts.js';
import { addOutputGradient } from './sameStepGradient.js';

/** LSTM with peepholes. (Gers et al. 2002.) Parameters U [D,4H], W [H,4H], b [4H], p [3H]; states h, c. */
export const lstmPeephole: Cell<'U' | 'W' | 'b' | 'p', 'h' | 'c', 'tanhC', 'dp'> = libraryCell({
  name: 'lstmPeephole',
  gates: ['i', 'f', 'g', 'o'],
  states: ['h', 'c'],
  saved: { tanhC: 1 },
  // The terms of the sums in Q13, for every row.
  scratch: { dp: 3 },
  // With peepholes of 0 a new cell starts as a plain LSTM.
  parameters: (D, H) => ({
    ...gateParameters(D, H, 4, blocks(0, 1, 0, 0)),
    p: { shape: [3 * H], initialize: zeros },
  }),

  forward(k, { W, p }, { a, prev, hIn, state, saved, prevIsZero }) {
    // Q1: a = x U + b + hPrev W
    if (!prevIsZero) recurrentForward(k, a, hIn, W);
    k.loop('lstmPeephole.forward', forward)(a, p, prev.c, state.c, state.h, saved.tanhC);
  },

  backward(k, { W, p }, { a, prev, state, saved }, { da, dState, dPrev, dhIn, needsDPrev, scratch }) {
    const loop = k.loop('lstmPeephole.backward', backward);
    loop(a, p, prev.c, state.c, saved.tanhC, dState.h, dState.c, da, dPrev.c, scratch.dp);
    // Q11: dhPrev = da Wᵀ
    if (needsDPrev) recurrentBackward(k, da, W, dhIn);
  },

  accumulate(k, { W: dW, p: dp }, { hIn }, { da, scratch }) {
    // Q12: dW += Σ_t hPrevᵀ da
    recurrentAccumulate(k, da, hIn, dW);
    // Q13: the sums over t and rows
    k.sumRows(dp, scratch.dp);
  },

  addSameStepGradient({ p }, { a, saved }, { da }, total) {
    addOutputGradient(a, saved.tanhC, total);
    // Q7: also through the output gate, da_o * p_o
    const [M, H] = total.c.shape as [number, number];
    for (let m = 0, n = 0; m < M; m++) {
      for (let q = 0; q < H; q++, n++) {
        total.c.data[n]! += da.data[4 * H * m + 3 * H + q]! * p.data[p.offset + 2 * H + q]!;
      }
    }
  },
});

function forward(
  { data: gate }: Tensor,
  { data: p }: Tensor,
  { data: cPrev }: Tensor,
  { data: C }: Tensor,
  { data: h, shape }: Tensor,
  { data: tanhC }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, n = 0; b < B; b++) {
    for (let j = 4 * H * b, q = 0; q < H; j++, q++, n++) {
      const i = sigmoid(gate[j]! + p[q]! * cPrev[n]!); // Q2
      const f = sigmoid(gate[j + H]! + p[q + H]! * cPrev[n]!);
      const g = tanh(gate[j + 2 * H]!);
      const c = f * cPrev[n]! + i * g; // Q3
      const o = sigmoid(gate[j + 3 * H]! + p[q + 2 * H]! * c); // Q4
      const tc = tanh(c);
      h[n] = o * tc; // Q5

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
  { data: p }: Tensor,
  { data: cPrev }: Tensor,
  { data: c }: Tensor,
  { data: tanhC }: Tensor,
  { data: dh, shape }: Tensor,
  { data: dC }: Tensor,
  { data: dA }: Tensor,
  { data: dcPrev }: Tensor,
  { data: dp }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, n = 0; b < B; b++) {
    for (let j = 4 * H * b, m = 3 * H * b, q = 0; q < H; j++, m++, q++, n++) {
      const i = gate[j]!;
      const f = gate[j + H]!;
      const g = gate[j + 2 * H]!;
      const o = gate[j + 3 * H]!;
      const tc = tanhC[n]!;

      const dO = dh[n]! * tc; // Q6
      const dao = dO * o * (1 - o);
      const dc = dC[n]! + dh[n]! * o * (1 - tc * tc) + dao * p[q + 2 * H]!; // Q7
      const di = dc * g; // Q8
      const df = dc * cPrev[n]!;
      const dg = dc * i;
      const dai = di * i * (1 - i); // Q9
      const daf = df * f * (1 - f);
      dcPrev[n] = dc * f + dai * p[q]! + daf * p[q + H]!; // Q10

      dA[j] = dai;
      dA[j + H] = daf;
      dA[j + 2 * H] = dg * (1 - g * g); // Q9
      dA[j + 3 * H] = dao;
      dp[m] = dai * cPrev[n]!; // Q13
      dp[m + H] = daf * cPrev[n]!;
      dp[m + 2 * H] = dao * c[n]!;
    }
  }
}
