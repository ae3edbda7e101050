/** How other libraries pack a cell's weights into tensors: names, shapes, transposition, one bias or two. */
import { columns, rows, sizeOf, tensor, transpose, type Tensor } from '../../engine/index.js';
import type { Named } from '../../cells/index.js';

const PEEPHOLES = ['i', 'f', 'o'];
const ONNX_PEEPHOLES = ['i', 'o', 'f'];

/**
 * Weights with the library's order of blocks but in our orientation: U [D,K], W [H,K], b [1,K]; K = blocks·H.
 */
export interface Parts {
  readonly U: Tensor;
  readonly W: Tensor;
  readonly b: Tensor;
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

/** How a library packs the parts into its tensors, and back. */
export interface Packing {
  readonly pack: (parts: Parts) => Record<string, Tensor>;
  /** D and H, read from the shapes. */
  readonly sizes: (
    named: (name: string) => Tensor | undefined,
  ) => readonly [D: number | undefined, H: number | undefined];
  /** The required tensors. */
  readonly shapes: (D: number, H: number, K: number, has: Has) => Record<string, number[]>;
  /** Those that are missing, all together, where it has no biases. */
  readonly biases: readonly string[];
  readonly unpack: (theirs: Named<string>, has: Has) => Parts;
}

export const keras: Packing = {
  pack: ({ U, W, b, bW }) => ({
    kernel: U,
    recurrent_kernel: W,
    bias: bW ? below(b, bW) : shaped(b, b.size),
  }),
  sizes: (named) => [named('kernel')?.shape[0], named('recurrent_kernel')?.shape[0]],
  biases: ['bias'],
  shapes: (D, H, K, { bW }) => ({ kernel: [D, K], recurrent_kernel: [H, K], bias: bW ? [2, K] : [K] }),
  unpack: ({ kernel, recurrent_kernel: W, bias }, { bW }) => ({
    ...{ U: kernel!, W: W!, p: null },
    b: bW ? rows(bias!, 0, 1) : shaped(bias!, 1, bias!.size),
    bW: bW ? rows(bias!, 1, 2) : null,
  }),
};

export const pytorch: Packing = {
  pack: ({ U, W, b, bW }) => ({
    weight_ih_l0: dense(transpose(U)),
    weight_hh_l0: dense(transpose(W)),
    bias_ih_l0: shaped(b, b.size),
    bias_hh_l0: shaped(bW ?? zerosLike(b), b.size),
  }),
  sizes: (named) => [named('weight_ih_l0')?.shape[1], named('weight_hh_l0')?.shape[1]],
  biases: ['bias_ih_l0', 'bias_hh_l0'],
  shapes: (D, H, K) => ({ weight_ih_l0: [K, D], weight_hh_l0: [K, H], bias_ih_l0: [K], bias_hh_l0: [K] }),
  unpack: ({ weight_ih_l0: U, weight_hh_l0: W, bias_ih_l0: b, bias_hh_l0: bW }) => ({
    ...{ U: transpose(U!), W: transpose(W!), p: null },
    b: shaped(b!, 1, b!.size),
    bW: shaped(bW!, 1, bW!.size),
  }),
};

export const onnx: Packing = {
  pack: ({ U, W, b, bW, p }) => ({
    W: shaped(dense(transpose(U)), 1, U.shape[1]!, U.shape[0]!),
    R: shaped(dense(transpose(W)), 1, W.shape[1]!, W.shape[0]!),
    B: shaped(below(b, bW ?? zerosLike(b)), 1, 2 * b.size),
    ...(p && { P: reorder(p, PEEPHOLES, ONNX_PEEPHOLES) }),
  }),
  sizes: (named) => [named('W')?.shape[2], named('R')?.shape[2]],
  biases: ['B'],
  shapes: (D, H, K, { p }) => ({ W: [1, K, D], R: [1, K, H], B: [1, 2 * K], ...(p && { P: [1, 3 * H] }) }),
  unpack: ({ W: U, R: W, B, P }, { p }) => {
    const matrix = (t: Tensor) => transpose(shaped(t, t.shape[1]!, t.shape[2]!));
    const biases = shaped(B!, 2, B!.size / 2);
    return {
      ...{ U: matrix(U!), W: matrix(W!), b: rows(biases, 0, 1), bW: rows(biases, 1, 2) },
      p: p ? reorder(P!, ONNX_PEEPHOLES, PEEPHOLES) : null,
    };
  },
};

/** Reorders blocks of H columns from the order `from` to the order `to`; `-f` is the negated block f. */
export function reorder(x: Tensor, from: readonly string[], to: readonly string[]): Tensor {
  const H = x.shape[1]! / from.length;
  const result = zeros(x, x.shape[0]!, to.length * H);
  to.forEach((name, n) => {
    const at = from.indexOf(name.replace('-', ''));
    const [target, source] = [columns(result, n * H, (n + 1) * H), columns(x, at * H, (at + 1) * H)];
    assign(target, source, name.startsWith('-') ? -1 : 1);
  });
  return result;
}

/** Zeros of the number type of `like`. */
export function zeros(like: Pick<Tensor, 'data'>, ...shape: number[]): Tensor {
  const Numbers = like.data.constructor as new (length: number) => Tensor['data'];
  return tensor(new Numbers(sizeOf(shape)), ...shape);
}

const zerosLike = (t: Tensor) => zeros(t, ...t.shape);

/** target = factor · x; both are matrices and may be views. */
function assign(target: Tensor, x: Tensor, factor = 1): void {
  const [M, N] = x.shape as [number, number];
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) target.set(m, n, factor * x.get(m, n));
  }
}

/** target += x; both are matrices and may be views. */
export function add(target: Tensor, x: Tensor): void {
  const [M, N] = x.shape as [number, number];
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) {
      // -0 + 0 is 0: what is added to by 0 keeps its sign.
      if (x.get(m, n) !== 0) target.set(m, n, target.get(m, n) + x.get(m, n));
    }
  }
}

/** A dense copy of a tensor or view of any number of dimensions. */
export function dense({ data, shape, stride, offset, size }: Tensor): Tensor {
  const copy = zeros({ data }, ...shape);
  for (let n = 0; n < size; n++) {
    let [at, rest] = [offset, n];
    for (let d = shape.length - 1; d >= 0; d--) {
      at += (rest % shape[d]!) * stride[d]!;
      rest = Math.floor(rest / shape[d]!);
    }
    copy.data[n] = data[at]!;
  }
  return copy;
}

/** A dense tensor in another shape. */
export const shaped = (t: Tensor, ...shape: number[]) => {
  const { data, offset, size } = t;
  return tensor(data.subarray(offset, offset + size), ...shape);
};

/** Stacks two rows: a above b. */
function below(a: Tensor, b: Tensor): Tensor {
  const both = zeros(a, 2, a.size);
  assign(rows(both, 0, 1), a);
  assign(rows(both, 1, 2), b);
  return both;
}
