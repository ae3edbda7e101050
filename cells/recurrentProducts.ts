/**
 * The products with W, for all gates or the first `gates` of them. Nearly always all gates see the same h, and one product
 * serves them all. Under recurrent dropout with a mask for each gate, each sees its own (N3), and has a product.
 */
import { requireWhole, show } from '../engine/checks.js';
import { isView } from '../engine/tensor.js';
import { columns, transpose, type Kernels, type Tensor } from '../engine/index.js';

/**
 * a [B,G·H] += hIn W, gate by gate: block g of a gets hIn[g] W_g.
 * @param gates how many. Default: all
 */
export function recurrentForward(
  k: Kernels,
  a: Tensor,
  hIn: readonly Tensor[],
  W: Tensor,
  gates = hIn?.length,
): void {
  requireGates('recurrentForward', k, hIn, gates);
  for (let g = 0; g < gates;) {
    const [from, to] = [g, (g = endOfRun(hIn, g, gates))];
    k.matmul(blocks(a, hIn, from, to), hIn[from]!, blocks(W, hIn, from, to), true);
  }
}

/**
 * dhIn[g] = da_g W_gᵀ; where gates share one dhIn, it gets the sum over them.
 * @param accumulate whether to add. Default false
 * @param gates      how many. Default: all
 */
export function recurrentBackward(
  k: Kernels,
  da: Tensor,
  W: Tensor,
  dhIn: readonly Tensor[],
  accumulate = false,
  gates = dhIn?.length,
): void {
  requireGates('recurrentBackward', k, dhIn, gates);
  for (let g = 0; g < gates;) {
    const [from, to] = [g, (g = endOfRun(dhIn, g, gates))];
    k.matmul(dhIn[from]!, blocks(da, dhIn, from, to), transpose(blocks(W, dhIn, from, to)), accumulate);
  }
}

/**
 * dW_g += hIn[g]ᵀ da_g, for the rows of all time steps at once.
 * @param gates how many. Default: all
 */
export function recurrentAccumulate(
  k: Kernels,
  da: Tensor,
  hIn: readonly Tensor[],
  dW: Tensor,
  gates = hIn?.length,
): void {
  requireGates('recurrentAccumulate', k, hIn, gates);
  for (let g = 0; g < gates;) {
    const [from, to] = [g, (g = endOfRun(hIn, g, gates))];
    k.matmul(blocks(dW, hIn, from, to), transpose(hIn[from]!), blocks(da, hIn, from, to), true);
  }
}

/** @throws TypeError or RangeError unless there are kernels, and a tensor for each gate */
function requireGates(of: string, k: Kernels, hIn: readonly Tensor[], gates: number): void {
  if (typeof k?.matmul !== 'function') throw new TypeError(`${of}: k must be kernels, not ${show(k)}`);
  if (!(hIn instanceof Array) || typeof hIn[0]?.stride !== 'object')
    throw new TypeError(`${of}: hIn must be an array with a tensor for each gate, not ${show(hIn)}`);
  if (!Number.isInteger(gates) || gates < 1 || gates > hIn.length)
    requireWhole(`${of}: gates`, gates, 1, hIn.length);
}

/** The first gate after `from` that sees another tensor. */
function endOfRun(hIn: readonly Tensor[], from: number, gates: number): number {
  let to = from + 1;
  while (to < gates && hIn[to] === hIn[from]) to++;
  return to;
}

/** Blocks `from` to `to`, exclusive, of x. */
function blocks(x: Tensor, hIn: readonly Tensor[], from: number, to: number): Tensor {
  if (!isView(x)) throw new TypeError(`matmul needs tensors, not ${show(x)}`);
  const H = hIn[0]!.shape[1]!;
  return x.shape[1] === (to - from) * H ? x : columns(x, from * H, to * H);
}
