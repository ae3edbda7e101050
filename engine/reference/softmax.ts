/** The probabilities that belong to logits. Gradients do not depend on this kernel: the loss has its own. */
import { requireDenseRows, requireSameShape, requireTemperature } from '../shapes.js';
import { requireMatrix, type FloatArray, type Tensor } from '../tensor.js';

const { exp, max } = Math;

/** Row m of out [M,N] = softmax(x_m / temperature);  softmax(z)_n = e^z_n / Σ e^z. */
export function softmax<A extends FloatArray>(out: Tensor<A>, x: Tensor<A>, temperature = 1): void {
  requireMatrix('softmax', x);
  requireSameShape('softmax', out, x);
  requireDenseRows('softmax', out, x);
  requireTemperature('softmax', temperature);
  const [M, N] = x.shape as [number, number];
  for (let m = 0; m < M; m++) {
    const o = out.offset + m * out.stride[0]!;
    const i = x.offset + m * x.stride[0]!;
    // softmax is invariant to shifting all logits; with the largest at 0 no exponential overflows.
    let largest = -Infinity;
    for (let n = 0; n < N; n++) largest = max(largest, x.data[i + n]!);
    const e = (n: number) => exp((x.data[i + n]! - largest) / temperature);
    let sum = 0;
    for (let n = 0; n < N; n++) sum += e(n);
    for (let n = 0; n < N; n++) out.data[o + n] = e(n) / sum;
  }
}
