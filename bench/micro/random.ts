/** Random operands. */
import { createRandom, uniform, type Kernels, type Tensor } from '../../engine/index.js';

/** Between -1 and 1. */
export function randomTensor(k: Kernels, ...shape: number[]): Tensor {
  const t = k.zeros(...shape);
  uniform(1)(t, createRandom(1));
  return t;
}
