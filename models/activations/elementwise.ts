/** Activations that treat each entry by itself: y = f(z), dz = dy f'(z), with f' a function of y. */
import { readOptions, requireFlag, requireFunction, requireText } from '../../engine/checks.js';
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

/** @param loop the loops' name, by which kernels may have faster twins: `relu`. Default: that of the activation */
export function elementwise(
  { f, slope, ...activation }: ElementwiseActivation,
  loop = activation.name,
): Activation {
  function forward({ data: y, size }: Tensor): void {
    for (let n = 0; n < size; n++) y[n] = f(y[n]!);
  }
  function backward({ data: dz, size }: Tensor, { data: dy }: Tensor, { data: y }: Tensor): void {
    for (let n = 0; n < size; n++) dz[n] = dy[n]! * slope(y[n]!);
  }
  return kernelsOnly({
    ...activation,
    forward: (k, y) => k.loop(`${loop}.forward`, forward)(y),
    backward: (k, dz, dy, y) => k.loop(`${loop}.backward`, backward)(dz, dy, y),
  });
}

const REQUIRED = ['name', 'f', 'slope'] as const;

/**
 * An activation of your own, from that of one entry. It runs as a plain loop on all kernels.
 *
 *     const softsign = elementwiseActivation({
 *       name: 'softsign',
 *       f: (z) => z / (1 + Math.abs(z)),
 *       slope: (y) => (1 - Math.abs(y)) ** 2,
 *     });
 *
 * @throws TypeError when an option is missing or of another type
 */
export function elementwiseActivation(given: ElementwiseActivation): Activation {
  const activation = readOptions('elementwiseActivation', given, { isProbability: false }, REQUIRED);
  requireText('elementwiseActivation: name', activation.name);
  requireFunction('elementwiseActivation: f', activation.f);
  requireFunction('elementwiseActivation: slope', activation.slope);
  requireFlag('elementwiseActivation: isProbability', activation.isProbability);
  // Under another name than those of the library, whose twins compute something else.
  return elementwise(activation, `own.${activation.name}`);
}
