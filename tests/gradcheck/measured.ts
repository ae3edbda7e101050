/** The result of a check: one number, and where it was measured. */
export interface Measured {
  /** The cell, loss or optimizer. */
  readonly subject: string;
  readonly situation: string;
  /** The tensor or value that was compared: `dW`, `dX`, `loss` ... */
  readonly what: string;
  /** Relative error; NaN when one of the numbers compared was NaN. */
  readonly error: number;
}

/** The largest error accepted. */
export const BAR = 1e-7;

/** Whether a is a worse error than b. Nothing is worse than NaN. */
export const isWorse = (a: number, b: number) => Number.isNaN(a) || a > b;

/** The measurement with the worst error. */
export function worstOf(measurements: Iterable<Measured>): Measured {
  const [first, ...others] = measurements;
  if (!first) throw new Error('nothing was measured');
  return others.reduce((worst, next) => (isWorse(next.error, worst.error) ? next : worst), first);
}

/** The largest |a - b|, relative to `scale`. */
export function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>, scale: number): number {
  let largest = 0;
  for (let n = 0; n < a.length; n++) {
    const distance = Math.abs(a[n]! - b[n]!);
    if (isWorse(distance, largest)) largest = distance;
  }
  return largest / scale;
}
