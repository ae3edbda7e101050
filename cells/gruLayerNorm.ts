/**
 * The gated recurrent unit with layer normalization. (Ba, Kiros and Hinton 2016, arXiv:1607.06450, supplement, equations
 * 23 to 25; their z is 1-z here.) The two products are normalized before they are added, the blocks z and r together, the
 * block n by itself. Between that it is cells/gruResetAfter.ts. v̂ stands for X1 and X2 of docs/bptt.md, with ε = 0.001.
 *
 *   O1  p = x U        s = hPrev W                    three blocks: z r n
 *   O2  u = gU * p̂ + bU        v = gW * ŝ + bW        p̂ and ŝ: over 2H numbers for z and r, over H for n
 *   O3  z = σ(u_z + v_z)   r = σ(u_r + v_r)   n = tanh(u_n + r * v_n)
 *   O4  h = z * hPrev + (1-z) * n
 *
 * Backward, given dh (docs/bptt.md, section 7.1):
 *
 *   O5  du, dv and dhPrev as da, ds and dhPrev in A5 to A8
 *   O6  dp̂ = du * gU    dŝ = dv * gW      then dp and ds by X5, block by block
 *   O7  dhPrev += ds Wᵀ
 *   O8  dW = Σ_t hPrevᵀ ds    dgU = Σ du * p̂    dbU = Σ du    dgW = Σ dv * ŝ    dbW = Σ dv
 */
import { blocks, columns, zeros, type Kernels, type Tensor } from '../engine/index.js';
import { scaleBackward, scaleForward } from '../engine/scale.js';
import { gateParameters, type Cell } from './cell.js';
import { backward, forward } from './gruResetAfter.js';
import { libraryCell } from './libraryCell.js';
import { EPSILON, sumEach } from './layerNorm.js';
import { recurrentAccumulate, recurrentBackward, recurrentForward } from './recurrentProducts.js';

/**
 * GRU with layer normalization. (Ba et al. 2016.)
 * Parameters U [D,3H], W [H,3H], gains gU and gW [3H], biases bU and bW [3H]; state h.
 */
export const gruLayerNorm: Cell<
  'U' | 'W' | 'gU' | 'bU' | 'gW' | 'bW',
  'h',
  'pHat' | 'sHat' | 'v' | 'rP' | 'rPn' | 'rS' | 'rSn',
  'du' | 'dv' | 'ds' | 'dgU' | 'dgW'
> = libraryCell({
  name: 'gruLayerNorm',
  gates: ['z', 'r', 'n'],
  states: ['h'],
  saved: { pHat: 3, sHat: 3, v: 3, rP: 'row', rPn: 'row', rS: 'row', rSn: 'row' },
  scratch: { du: 3, dv: 3, ds: 3, dgU: 3, dgW: 3 },
  parameters(D, H) {
    const { U, W } = gateParameters(D, H, 3, zeros);
    const [gain, bias] = [blocks(1), zeros].map((initialize) => ({ shape: [3 * H], initialize }));
    return { U, W, gU: gain!, bU: bias!, gW: gain!, bW: bias! };
  },

  forward(k, { W, gU, bU, gW, bW }, { a, prev, hIn, state, saved, prevIsZero }) {
    // O1: a is p = x U
    const { sHat, pHat } = saved;
    k.fill(sHat, 0);
    if (!prevIsZero) recurrentForward(k, sHat, hIn, W);
    // O2
    normalizeBlocks(k, pHat, saved.rP, saved.rPn, a);
    normalizeBlocks(k, sHat, saved.rS, saved.rSn, sHat);
    k.loop('scale.forward', scaleForward)(a, pHat, gU, bU);
    k.loop('scale.forward', scaleForward)(saved.v, sHat, gW, bW);
    // O3, O4
    k.loop('gruResetAfter.forward', forward)(a, saved.v, prev.h, state.h);
  },

  backward(k, { W, gU, gW }, { a, prev, saved }, { da, dState, dPrev, dhIn, needsDPrev, scratch }) {
    const { du, dv, ds, dgU, dgW } = scratch;
    // O5
    k.loop('gruResetAfter.backward', backward)(a, saved.v, prev.h, dState.h, du, dv, dPrev.h);
    // O6: da is dp
    k.loop('scale.backward', scaleBackward)(da, dgU, du, saved.pHat, gU);
    k.loop('scale.backward', scaleBackward)(ds, dgW, dv, saved.sHat, gW);
    normalizeBlocksBackward(k, da, saved.pHat, saved.rP, saved.rPn);
    normalizeBlocksBackward(k, ds, saved.sHat, saved.rS, saved.rSn);
    // O7: dhPrev += ds Wᵀ
    if (needsDPrev) recurrentBackward(k, ds, W, dhIn, true);
  },

  accumulate(k, dp, { hIn }, { scratch: { du, dv, ds, ...scratch } }) {
    // O8
    recurrentAccumulate(k, ds, hIn, dp.W);
    sumEach(k, dp, { gU: scratch.dgU, bU: du, gW: scratch.dgW, bW: dv });
  },
});

function normalizeBlocks(k: Kernels, out: Tensor, r: Tensor, rn: Tensor, x: Tensor): void {
  const H = x.shape[1]! / 3;
  k.normalize(columns(out, 0, 2 * H), r, columns(x, 0, 2 * H), EPSILON);
  k.normalize(columns(out, 2 * H, 3 * H), rn, columns(x, 2 * H, 3 * H), EPSILON);
}

/** X5, in place. */
function normalizeBlocksBackward(k: Kernels, d: Tensor, y: Tensor, r: Tensor, rn: Tensor): void {
  const H = d.shape[1]! / 3;
  const [zr, n] = [columns(d, 0, 2 * H), columns(d, 2 * H, 3 * H)];
  k.normalizeBackward(zr, zr, columns(y, 0, 2 * H), r);
  k.normalizeBackward(n, n, columns(y, 2 * H, 3 * H), rn);
}
