/** How other libraries pack a cell's weights into tensors: names, shapes, transposition, one bias or two. */
import { columns, rows, sizeOf, tensor, transpose, type Tensor } from '../../engine/index.js';
import type { Named } from '../../cells/index.js';
import { copy } from './copy.js';

/** The blocks of peephole weights, ours and those of ONNX, the only other library that has them. */
export const PEEPHOLES = ['i', 'f', 'o'];
export const ONNX_PEEPHOLES = ['i', 'o', 'f'];

/**
 * Weights with the library's order of blocks but in our orientation: U [D,K], W [H,K], b [1,K]; K = blocks·H.
 */
export interface Parts {
  readonly U: Tensor;
  readonly W: Tensor;
  /** Null if there are no biases. */
  readonly b: Tensor | null;
  /** The bias of the recurrent side; null if there is only one bias. */
  readonly bW: Tensor | null;
  /** [1,3H] */
  readonly p: Tensor | null;
}

/** Which parameters a cell has besides U, W and b. */
interface Has {
  readonly bW: boolean;
  readonly p: boolean;
}

/** How a library packs the parts into its tensors. */
export interface Packing {
  /** D and H, read from the shapes. */
  readonly sizes: (
    named: (name: string) => Tensor | undefined,
  ) => readonly [D: number | undefined, H: number | undefined];
  /** The required tensors. */
  readonly shapes: (D: number, H: number, K: number, has: Has) => Record<string, number[]>;
  /** Those that are missing, all together, where it has no biases. */
  readonly biases: readonly string[];
  /** The parts of its tensors, as views. Biases and peepholes are dense, others may be views themselves. */
  readonly parts: (theirs: Partial<Named<string>>, has: Has) => Parts;
}

export const keras: Packing = {
  sizes: (named) => [named('kernel')?.shape[0], named('recurrent_kernel')?.shape[0]],
  biases: ['bias'],
  shapes: (D, H, K, { bW }) => ({ kernel: [D, K], recurrent_kernel: [H, K], bias: bW ? [2, K] : [K] }),
  parts: ({ kernel, recurrent_kernel: W, bias }, { bW }) => ({
    ...{ U: kernel!, W: W!, p: null },
    b: bias ? (bW ? rows(bias, 0, 1) : row(bias)) : null,
    bW: bias && bW ? rows(bias, 1, 2) : null,
  }),
};

export const pytorch: Packing = {
  sizes: (named) => [named('weight_ih_l0')?.shape[1], named('weight_hh_l0')?.shape[1]],
  biases: ['bias_ih_l0', 'bias_hh_l0'],
  shapes: (D, H, K) => ({ weight_ih_l0: [K, D], weight_hh_l0: [K, H], bias_ih_l0: [K], bias_hh_l0: [K] }),
  parts: ({ weight_ih_l0: U, weight_hh_l0: W, bias_ih_l0: b, bias_hh_l0: bW }) => ({
    ...{ U: transpose(U!), W: transpose(W!), p: null },
    ...{ b: b ? row(b) : null, bW: bW ? row(bW) : null },
  }),
};

export const onnx: Packing = {
  sizes: (named) => [named('W')?.shape[2], named('R')?.shape[2]],
  biases: ['B'],
  shapes: (D, H, K, { p }) => ({ W: [1, K, D], R: [1, K, H], B: [1, 2 * K], ...(p && { P: [1, 3 * H] }) }),
  parts: ({ W: U, R: W, B, P }) => {
    const matrix = (t: Tensor) => transpose(t.pick(0, null, null));
    const biases = B && shaped(B, 2, B.size / 2);
    return {
      ...{ U: matrix(U!), W: matrix(W!), p: P ?? null },
      ...{ b: biases ? rows(biases, 0, 1) : null, bW: biases ? rows(biases, 1, 2) : null },
    };
  },
};

/** Copies blocks of H columns in the order `from` to those in the order `to`; `-f` is the negated block f. */
export function copyBlocks(target: Tensor, x: Tensor, from: readonly string[], to: readonly string[]): void {
  if (String(from) === String(to)) {
    copy(target, x);
    return;
  }
  const H = x.shape[1]! / from.length;
  to.forEach((name, n) => {
    const at = from.indexOf(name.replace('-', ''));
    const source = columns(x, at * H, (at + 1) * H);
    copy(columns(target, n * H, (n + 1) * H), source, name.startsWith('-') ? -1 : 1);
  });
}

/** Whether a block is another with its sign changed, number by number. */
export function areOpposite(x: Tensor, blocks: readonly string[], one: number, other: number): boolean {
  const [M, K] = x.shape as [number, number];
  const H = K / blocks.length;
  for (let m = 0; m < M; m++) {
    for (let h = 0; h < H; h++) if (x.get(m, one * H + h) + x.get(m, other * H + h) !== 0) return false;
  }
  return true;
}

/** Zeros of the number type of `like`. */
export function zeros(like: Pick<Tensor, 'data'>, ...shape: number[]): Tensor {
  const Numbers = like.data.constructor as new (length: number) => Tensor['data'];
  return tensor(new Numbers(sizeOf(shape)), ...shape);
}

/** The sum of two rows. */
export function sumOf(a: Tensor, b: Tensor): Tensor {
  const sum = dense(a);
  b.data.subarray(b.offset, b.offset + b.size).forEach((value, n) => {
    // -0 + 0 is 0: what is added to by 0 keeps its sign.
    if (value !== 0) sum.data[n]! += value;
  });
  return sum;
}

/** A dense copy of a tensor or view of any number of dimensions. */
export function dense(x: Tensor): Tensor {
  const result = zeros(x, ...x.shape);
  copy(result, x);
  return result;
}

/** A dense tensor in another shape. */
export const shaped = (t: Tensor, ...shape: number[]) => {
  const { data, offset, size } = t;
  return tensor(data.subarray(offset, offset + size), ...shape);
};

/** A dense vector as a matrix of one row. */
export const row = (t: Tensor) => (t.shape.length === 1 ? shaped(t, 1, t.size) : t);
