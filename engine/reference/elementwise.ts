/** Element by element, over tensors of any strides. */
import ops from '#ndarray-ops';
import type { Kernels } from '../kernels.js';
import { requireLimit, requireOperand, requireSameShape } from '../shapes.js';
import { requireTensor } from '../tensor.js';

type Elementwise = Pick<Kernels, 'fill' | 'copy' | 'add' | 'multiply' | 'scale' | 'clamp' | 'sumOfSquares'>;

export const elementwise: Elementwise = {
  fill(out, value) {
    requireTensor('fill', out);
    requireOperand('fill', value);
    ops.assigns(out, value);
  },
  copy(out, x) {
    requireSameShape('copy', out, x);
    ops.assign(out, x);
  },
  add(out, x) {
    requireSameShape('add', out, x);
    ops.addeq(out, x);
  },
  multiply(out, x, y) {
    requireSameShape('multiply', out, x);
    requireSameShape('multiply', out, y);
    ops.mul(out, x, y);
  },
  scale(out, factor) {
    requireTensor('scale', out);
    requireOperand('scale', factor);
    ops.mulseq(out, factor);
  },
  clamp(out, limit) {
    requireTensor('clamp', out);
    requireLimit('clamp', limit);
    ops.minseq(out, limit);
    ops.maxseq(out, -limit);
  },
  sumOfSquares(x) {
    requireTensor('sumOfSquares', x);
    return ops.norm2squared(x);
  },
};
