/**
 * The nearest float64 to a decimal fraction with up to thirty digits, in double-double arithmetic: a number is the
 * unevaluated sum of two float64, the second of which is what the first lacks. (Dekker 1971.)
 */

/** Halves the digits of a float64: 2^27 + 1. */
const SPLIT = 134217729;

/** What a·b lacks to the exact product. (Veltkamp and Dekker: the products of halves are exact.) */
function productError(a: number, b: number, ab: number): number {
  const [aSplit, bSplit] = [SPLIT * a, SPLIT * b];
  const aHigh = aSplit - (aSplit - a);
  const bHigh = bSplit - (bSplit - b);
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  return aLow * bLow - (ab - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** More than the relative error of the second part. */
const DOUBT = 2 ** -40;

/**
 * (high·scale + low) / divisor, rounded once.
 * @param high    a whole number below 2^53, as `low` and the powers of ten `scale` and `divisor` are exact
 * @returns NaN if it is too near to the middle between two float64 to tell which is nearer
 */
export function quotient(high: number, scale: number, low: number, divisor: number): number {
  const product = high * scale;
  // sum + rest = high·scale + low
  const sum = product + low;
  const rest = productError(high, scale, product) + (low - (sum - product));
  // q + r = (sum + rest) / divisor
  const q = sum / divisor;
  const qd = q * divisor;
  const r = (sum - qd - productError(q, divisor, qd) + rest) / divisor;
  const doubt = Math.abs(r) * DOUBT;
  return q + (r - doubt) === q + (r + doubt) ? q + r : NaN;
}
