/**
 * The LSTM with layer normalization. (Ba, Kiros and Hinton 2016, arXiv:1607.06450, supplement, equations 20 to 22.) The two
 * products are normalized before they are added, each over all its 4H numbers; their two shifts and the bias are one bias
 * here. c is normalized where h reads it, not where it is carried on. v̂ stands for X1 and X2 of docs/bptt.md, with
 * ε = 0.001. Gates as in cells/lstm.ts: i f g o.
 *
 *   I1  p = x U        s = hPrev W
 *   I2  a = gU * p̂ + bU + gW * ŝ                  four blocks: a_i a_f a_g a_o
 *   I3  i = σ(a_i)   f = σ(a_f)   g = tanh(a_g)   o = σ(a_o)
 *   I4  c = f * cPrev + i * g
 *   I5  m = gC * ĉ + bC        h = o * tanh(m)
 *
 * Backward, given dh and dc (docs/bptt.md, section 5.3):
 *
 *   I6   do = dh * tanh(m)     dm = dh * o * (1 - tanh²(m))
 *   I7   dĉ = dm * gC          dc += X5 of dĉ
 *   I8   di = dc * g      df = dc * cPrev      dg = dc * i      dcPrev = dc * f
 *   I9   da_i = di * i(1-i)   da_f = df * f(1-f)   da_g = dg * (1-g²)   da_o = do * o(1-o)
 *   I10  dp̂ = da * gU     dŝ = da * gW      then dp and ds by X5
 *   I11  dhPrev = ds Wᵀ
 *   I12  dW = Σ_t hPrevᵀ ds   dgU = Σ da * p̂   dbU = Σ da   dgW = Σ da * ŝ   dgC = Σ dm * ĉ   dbC = Σ dm
 */
import { blocks, sigmoid, tanh, zeros, type Tensor } from '../engine/index.js';
import { scaleBackward, scaleForward } from '../engine/scale.js';
import { gateParameters, type Cell } from './cell.js';
import { libraryCell } from './libraryCell.js';
import { EPSILON, sumEach } from './layerNorm.js';
import { recurrentAccumulate, recurrentBackward, recurrentForward } from './recurrentProducts.js';

/**
 * LSTM with layer normalization. (Ba et al. 2016.) Parameters U [D,4H], W [H,4H], gains gU and gW [4H] and gC [H],
 * biases bU [4H] and bC [H]; states h, c.
 */
export const lstmLayerNorm: Cell<
  'U' | 'W' | 'gU' | 'bU' | 'gW' | 'gC' | 'bC',
  'h' | 'c',
  'pHat' | 'sHat' | 'cHat' | 'tanhM' | 'rP' | 'rS' | 'rC',
  'dA' | 'ds' | 'dm' | 'dc' | 'dgU' | 'dgW' | 'dgC'
> = libraryCell({
  name: 'lstmLayerNorm',
  gates: ['i', 'f', 'g', 'o'],
  states: ['h', 'c'],
  saved: { pHat: 4, sHat: 4, cHat: 1, tanhM: 1, rP: 'row', rS: 'row', rC: 'row' },
  scratch: { dA: 4, ds: 4, dm: 1, dc: 1, dgU: 4, dgW: 4, dgC: 1 },
  parameters(D, H) {
    const { U, W, b } = gateParameters(D, H, 4, blocks(0, 1, 0, 0));
    const gain = (width: number) => ({ shape: [width], initialize: blocks(1) });
    const bC = { shape: [H], initialize: zeros };
    return { U, W, gU: gain(4 * H), bU: b, gW: gain(4 * H), gC: gain(H), bC };
  },

  forward(k, { W, gU, bU, gW, gC, bC }, { a, prev, hIn, state, saved, prevIsZero }) {
    const { pHat, sHat, cHat, tanhM } = saved;
    // I1: a is p = x U
    k.fill(sHat, 0);
    if (!prevIsZero) recurrentForward(k, sHat, hIn, W);
    // I2
    k.normalize(pHat, saved.rP, a, EPSILON);
    k.normalize(sHat, saved.rS, sHat, EPSILON);
    k.loop('scale.forward', scaleForward)(a, pHat, gU, bU);
    k.loop('lstmLayerNorm.forward.gates', forwardGates)(a, sHat, gW, prev.c, state.c);
    // I5
    k.normalize(cHat, saved.rC, state.c, EPSILON);
    k.loop('scale.forward', scaleForward)(tanhM, cHat, gC, bC);
    k.loop('lstmLayerNorm.forward.state', forwardState)(a, tanhM, state.h);
  },

  backward(k, { W, gU, gW, gC }, { a, prev, saved }, { da, dState, dPrev, dhIn, needsDPrev, scratch }) {
    const { pHat, sHat, cHat, tanhM } = saved;
    const { dA, ds, dm, dc, dgU, dgW, dgC } = scratch;
    k.loop('lstmLayerNorm.backward.state', backwardState)(a, tanhM, dState.h, dA, dm);
    // I7
    k.loop('scale.backward', scaleBackward)(dc, dgC, dm, cHat, gC);
    k.normalizeBackward(dc, dc, cHat, saved.rC);
    k.add(dc, dState.c);
    k.loop('lstmLayerNorm.backward.gates', backwardGates)(a, prev.c, dc, dA, dPrev.c);
    // I10: da is dp
    k.loop('scale.backward', scaleBackward)(da, dgU, dA, pHat, gU);
    k.loop('scale.backward', scaleBackward)(ds, dgW, dA, sHat, gW);
    k.normalizeBackward(da, da, pHat, saved.rP);
    k.normalizeBackward(ds, ds, sHat, saved.rS);
    // I11: dhPrev = ds Wᵀ
    if (needsDPrev) recurrentBackward(k, ds, W, dhIn);
  },

  accumulate(k, dp, { hIn }, { scratch: { dA, ds, dm, dgU, dgW, dgC } }) {
    // I12
    recurrentAccumulate(k, ds, hIn, dp.W);
    sumEach(k, dp, { gU: dgU, bU: dA, gW: dgW, gC: dgC, bC: dm });
  },

  // I7: `backward` has left all of dc.
  addSameStepGradient: (_, _all, { scratch: { dc } }, total) => total.c.data.set(dc.data),
});

function forwardGates(
  { data: gate }: Tensor,
  { data: sHat }: Tensor,
  { data: gW, offset: w }: Tensor,
  { data: cPrev }: Tensor,
  { data: c, shape }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, n = 0; b < B; b++) {
    for (let j = 4 * H * b, q = w; j < 4 * H * b + H; j++, q++, n++) {
      const i = sigmoid(gate[j]! + gW[q]! * sHat[j]!); // I2, I3
      const f = sigmoid(gate[j + H]! + gW[q + H]! * sHat[j + H]!);
      const g = tanh(gate[j + 2 * H]! + gW[q + 2 * H]! * sHat[j + 2 * H]!);
      const o = sigmoid(gate[j + 3 * H]! + gW[q + 3 * H]! * sHat[j + 3 * H]!);
      c[n] = f * cPrev[n]! + i * g; // I4

      gate[j] = i;
      gate[j + H] = f;
      gate[j + 2 * H] = g;
      gate[j + 3 * H] = o;
    }
  }
}

/** tanhM holds m when it is called. */
function forwardState({ data: gate }: Tensor, { data: tanhM }: Tensor, { data: h, shape }: Tensor): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, n = 0; b < B; b++) {
    for (let j = 4 * H * b; j < 4 * H * b + H; j++, n++) {
      const tm = tanh(tanhM[n]!);
      tanhM[n] = tm;
      h[n] = gate[j + 3 * H]! * tm; // I5
    }
  }
}

function backwardState(
  { data: gate }: Tensor,
  { data: tanhM }: Tensor,
  { data: dh, shape }: Tensor,
  { data: dA }: Tensor,
  { data: dm }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, n = 0; b < B; b++) {
    for (let j = 4 * H * b; j < 4 * H * b + H; j++, n++) {
      const o = gate[j + 3 * H]!;
      const tm = tanhM[n]!;
      const dO = dh[n]! * tm; // I6
      dm[n] = dh[n]! * o * (1 - tm * tm);
      dA[j + 3 * H] = dO * o * (1 - o); // I9
    }
  }
}

function backwardGates(
  { data: gate }: Tensor,
  { data: cPrev }: Tensor,
  { data: dC, shape }: Tensor,
  { data: dA }: Tensor,
  { data: dcPrev }: Tensor,
): void {
  const [B, H] = shape as [number, number];
  for (let b = 0, n = 0; b < B; b++) {
    for (let j = 4 * H * b; j < 4 * H * b + H; j++, n++) {
      const i = gate[j]!;
      const f = gate[j + H]!;
      const g = gate[j + 2 * H]!;
      const dc = dC[n]!;

      const di = dc * g; // I8
      const df = dc * cPrev[n]!;
      const dg = dc * i;
      dcPrev[n] = dc * f;
      dA[j] = di * i * (1 - i); // I9
      dA[j + H] = df * f * (1 - f);
      dA[j + 2 * H] = dg * (1 - g * g);
    }
  }
}
