/**
 * Merging the outputs of two directions: h of the forward one, g of the backward one. (Keras: merge_mode;
 * docs/bptt.md, section 11.)
 *
 *   Y1  concat  y = [h , g]       dh, dg = the halves of dy
 *   Y2  sum     y = h + g         dh = dg = dy
 *   Y3  ave     y = (h + g) / 2   dh = dg = dy / 2
 *   Y4  mul     y = h * g         dh = dy * g      dg = dy * h
 */
import { columns, type Kernels, type Tensor } from '../../engine/index.js';

export interface Merge {
  /** Width of y, as a multiple of that of h. */
  readonly width: number;
  forward(k: Kernels, y: Tensor, h: Tensor, g: Tensor): void;
  backward(k: Kernels, dy: Tensor, h: Tensor, g: Tensor, dh: Tensor, dg: Tensor): void;
}

const concat: Merge = {
  width: 2,
  forward(k, y, h, g) {
    const H = h.shape[1]!;
    k.copy(columns(y, 0, H), h);
    k.copy(columns(y, H, 2 * H), g);
  },
  backward(k, dy, h, _g, dh, dg) {
    const H = h.shape[1]!;
    k.copy(dh, columns(dy, 0, H));
    k.copy(dg, columns(dy, H, 2 * H));
  },
};

const sum: Merge = {
  width: 1,
  forward(k, y, h, g) {
    k.copy(y, h);
    k.add(y, g);
  },
  backward(k, dy, _h, _g, dh, dg) {
    k.copy(dh, dy);
    k.copy(dg, dy);
  },
};

const ave: Merge = {
  width: 1,
  forward(k, y, h, g) {
    sum.forward(k, y, h, g);
    k.scale(y, 1 / 2);
  },
  backward(k, dy, h, g, dh, dg) {
    sum.backward(k, dy, h, g, dh, dg);
    k.scale(dh, 1 / 2);
    k.scale(dg, 1 / 2);
  },
};

const mul: Merge = {
  width: 1,
  forward: (k, y, h, g) => k.multiply(y, h, g),
  backward(k, dy, h, g, dh, dg) {
    k.multiply(dh, dy, g);
    k.multiply(dg, dy, h);
  },
};

/** How the outputs of two directions are merged: concatenation, sum, mean or product. */
export type MergeMode = 'concat' | 'sum' | 'ave' | 'mul';

export const merges: Readonly<Record<MergeMode, Merge>> = { concat, sum, ave, mul };
