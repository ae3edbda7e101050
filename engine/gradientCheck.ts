/**
 * Compares derivatives with finite differences, to prove that a backward pass is correct.
 *
 * The error of a central difference D(h) = (f(x+h) - f(x-h)) / 2h is O(h²). Two of them, extrapolated to h =
 * 0 (Richardson 1911), (4 D(h/2) - D(h)) / 3, have an error of O(h⁴), which allows an h so large that
 * rounding in f hardly matters. This needs float64: in float32 rounding alone exceeds most mistakes.
 */
import { readOptions, requireFunction, requireNumber, show } from './checks.js';
import { dense, requireSameShape } from './shapes.js';
import type { Tensor } from './tensor.js';

const { abs, max } = Math;

/** The worst disagreement of a gradient with finite differences. */
export interface GradientError {
  /** The largest |analytic - numeric| / max(|analytic|, |numeric|, floor) over the entries. */
  readonly error: number;
  /** The index of that entry, in the tensor's memory order, and the two derivatives there. */
  readonly index: number;
  readonly analytic: number;
  readonly numeric: number;
}

/** Options of the gradient checks. */
export interface CheckOptions {
  /** Step h of the differences. Default 1e-3. */
  step?: number;
  /** Derivatives smaller than this are compared absolutely, because of rounding in f. Default 1e-4. */
  floor?: number;
}

/**
 * Compares dx, entry by entry, with finite differences of f.
 * @param f  computes the loss for the current x; nothing else that it depends on may change
 * @param x  a dense float64 tensor; each entry is changed and restored
 * @param dx the derivative to check, in the shape of x
 * @param options step and floor of the comparison, by default those of {@link CheckOptions}
 * @throws RangeError when x is not float64, or dx has another shape; TypeError when f returns no number
 */
export function checkGradient(
  f: () => number,
  x: Tensor,
  dx: Tensor,
  options: CheckOptions = {},
): GradientError {
  const compare = comparisonOf('checkGradient', f, x, dx, options);
  const X = dense(x);
  const dX = dense(dx).slice();
  let worst: GradientError = { error: 0, index: -1, analytic: 0, numeric: 0 };
  for (let index = 0; index < X.length; index++) {
    const move = (distance: number) => {
      const kept = X[index]!;
      X[index] = kept + distance;
      const value = f();
      X[index] = kept;
      return value;
    };
    const found = compare(dX[index]!, move, index);
    // NaN counts as the largest error.
    if (Number.isNaN(found.error) || found.error > worst.error) worst = found;
    if (Number.isNaN(worst.error)) break;
  }
  return worst;
}

/**
 * The same along one direction: compares Σ dx·v with the derivative of f(x + εv) at ε = 0. One comparison
 * covers every entry, so it is affordable at real sizes.
 * @param direction v, as many entries as x
 * @param options   step and floor of the comparison, by default those of {@link CheckOptions}
 * @throws as `checkGradient` does; RangeError when the direction has another length
 */
export function checkProjection(
  f: () => number,
  x: Tensor,
  dx: Tensor,
  direction: Float64Array,
  options: CheckOptions = {},
): GradientError {
  const compare = comparisonOf('checkProjection', f, x, dx, options);
  const X = dense(x);
  const dX = dense(dx);
  if (!(direction instanceof Float64Array) || direction.length !== X.length)
    throw new RangeError(
      `checkProjection: direction must be a Float64Array of ${X.length} entries, not ${show(direction)}`,
    );
  let analytic = 0;
  for (let n = 0; n < dX.length; n++) analytic += dX[n]! * direction[n]!;
  const kept = X.slice();
  const move = (distance: number) => {
    for (let n = 0; n < X.length; n++) X[n] = kept[n]! + distance * direction[n]!;
    const value = f();
    X.set(kept);
    return value;
  };
  return compare(analytic, move, -1);
}

/** Checks the arguments, and returns the comparison of one derivative. */
function comparisonOf(of: string, f: () => number, x: Tensor, dx: Tensor, options: CheckOptions) {
  const { step, floor } = readOptions(of, options, { step: 1e-3, floor: 1e-4 });
  requireNumber(`${of}: step`, step, { above: 0 });
  requireNumber(`${of}: floor`, floor, { above: 0 });
  requireFunction(`${of}: f`, f);
  const loss: unknown = f();
  if (typeof loss !== 'number') throw new TypeError(`${of}: f must return the loss, not ${show(loss)}`);
  requireSameShape(of, x, dx);
  if (!(x.data instanceof Float64Array)) throw new RangeError(`${of}: gradients are checked in float64 only`);

  return (analytic: number, valueAt: (distance: number) => number, index: number): GradientError => {
    const difference = (h: number) => (valueAt(h) - valueAt(-h)) / (2 * h);
    const numeric = (4 * difference(step / 2) - difference(step)) / 3;
    const error = abs(analytic - numeric) / max(abs(analytic), abs(numeric), floor);
    return { error, index, analytic, numeric };
  };
}
