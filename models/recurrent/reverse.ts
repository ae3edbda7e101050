/** Reverses a sequence: y_t = x_(T-1-t); its gradient likewise. */
import { kernelsOnly, rows, type Kernels, type Tensor } from '../../engine/index.js';
import type { UnrollResult } from '../layers/layer.js';
import { node } from '../layers/node.js';
import type { Signal } from '../layers/signal.js';

/** @param signal a sequence whose rows all differ */
export function reverseTime(k: Kernels, name: string, B: number, signal: Signal): UnrollResult {
  const x = signal.value as Tensor;
  const { gradient: dx, mask, steps } = signal;
  const T = steps!;
  const y = k.zeros(...x.shape);
  const dy = dx && k.zeros(...x.shape);
  const reversedMask = mask && k.zeros(T * B);
  const step = (t: Tensor, n: number) => rows(t, n * B, (n + 1) * B);
  const pairs = (to: Tensor, from: Tensor) =>
    Array.from({ length: T }, (_, t) => [step(to, t), step(from, T - 1 - t)] as const);
  const [forward, backward] = [pairs(y, x), dx ? pairs(dx, dy!) : []];
  const masks = mask ? pairs(reversedMask!, mask) : [];

  const reversing = node({
    name,
    reads: { x },
    writes: { y },
    gradients: { y: dy },
    scratch: { mask: reversedMask },
    // In prepare, not forward: the layers above read the mask in their own prepare.
    prepare() {
      for (const [to, from] of masks) k.copy(to, from);
      return 0;
    },
    forward: () => forward.forEach(([to, from]) => k.copy(to, from)),
    backward: () => backward.forEach(([to, from]) => k.copy(to, from)),
  });
  return {
    nodes: [kernelsOnly(reversing)],
    output: { ...signal, value: y, gradient: dy, mask: reversedMask },
  };
}
