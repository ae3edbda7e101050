/** Activations that treat each entry by itself: y = f(z), dz = dy f'(z), with f' a function of y. */
import { kernelsOnly, type Tensor } from '../../engine/index.js';
import type { Activation } from './activation.js';

/** An activation of one entry, and its derivative as a function of its output. */
export interface ElementwiseActivation {
  readonly name: string;
  /** Default false. */
  readonly isProbability?: boolean;
  /** y = f(z) */
  readonly f: (z: number) => number;
  /** f'(z), from y */
  readonly slope: (y: number) => number;
}

/**
 * An activation of your own, from that of one entry. It runs as a plain loop, unless the kernels have a twin of it:
 *
 *     const softsign = elementwiseActivation({
 *       name: 'softsign',
 *       f: (z) => z / (1 + Math.abs(z)),
 *       slope: (y) => (1 - Math.abs(y)) ** 2,
 *     });
 */
export function elementwiseActivation({ f, slope, ...activation }: ElementwiseActivation): Activation {
  function forward({ data: y, size }: Tensor): void {
    for (let n = 0; n < size; n++) y[n] = f(y[n]!);
  }
  function backward({ data: dz, size }: Tensor, { data: dy }: Tensor, { data: y }: Tensor): void {
    for (let n = 0; n < size; n++) dz[n] = dy[n]! * slope(y[n]!);
  }
  const { name } = activation;
  return kernelsOnly({
    ...activation,
    forward: (k, y) => k.loop(`${name}.forward`, forward)(y),
    backward: (k, dz, dy, y) => k.loop(`${name}.backward`, backward)(dz, dy, y),
  });
}
