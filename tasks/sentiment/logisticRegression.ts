/**
 * Multinomial logistic regression on a bag of words: it sees which words a sentence has and how often, and nothing
 * of their order. A baseline that needs no network.
 *
 *     s = W x + b                       x: the counts of the words
 *     p = softmax(s)
 *     J = C Σ -ln p_y + ½ ‖W‖²          over all training sentences, y: the class; b costs nothing
 *
 * Of two classes only the second has a score, and the first has 0: then p = σ(w·x + b) is that of the second. J is
 * convex. Newton's method finds its minimum, with steps d from conjugate gradients (Nocedal and Wright 2006,
 * algorithms 5.2 and 7.1), which take products with the Hessian and never the Hessian itself:
 *
 *     g   = C Σ (p - e_y) xᵀ + W                        e_y: 1 for the class, 0 for the others
 *     H v = C Σ (diag p - p pᵀ)(v x) xᵀ + v
 *     H d = -g
 *
 * b is the column of W for a last x of 1; the penalty's parts, + W and + v, are 0 there.
 */

import { createYield } from '../../models/index.js';

/** The strength of the data against the penalty on weights: scikit-learn's default, not tuned. */
const C = 1;

/** A sentence: the numbers of its words, each as often as it occurs, and its class. */
export interface Bag {
  readonly words: ArrayLike<number>;
  readonly label: number;
}

/** The minimum of J. */
export interface Fitted {
  /** W and, as its last column, b: entry `word * scores + score`, for 1 score (two classes) or one per class. */
  readonly weights: Float64Array;
  readonly scores: number;
  /** J and ‖g‖ there, and ‖g‖ at W = 0. */
  readonly loss: number;
  readonly gradientNorm: number;
  readonly gradientNormAtZero: number;
}

/** The gradient counts as 0 when it is this much smaller than at the beginning. */
const CONVERGED = 1e-8;
/** More than Newton's method needs; it stops where rounding leaves nothing to gain. */
const MOST_STEPS = 100;

/**
 * Minimizes J from W = 0, b = 0.
 * @param words   the size of the vocabulary
 * @param classes 2 or more
 */
export async function fitLogistic(bags: readonly Bag[], words: number, classes: number): Promise<Fitted> {
  const scores = classes === 2 ? 1 : classes;
  const J = objective(bags, words, classes, scores);
  let W = new Float64Array((words + 1) * scores);
  let { loss, g } = J.at(W);
  const gradientNormAtZero = norm(g);
  for (let step = 0; step < MOST_STEPS && norm(g) > CONVERGED * gradientNormAtZero; step++) {
    const d = await solve(J.timesHessian, g);
    const slope = dot(g, d);
    // Half as far until J falls as it should (Armijo's condition).
    let [t, next] = [1, J.at(plus(W, 1, d))];
    while (next.loss > loss + 1e-4 * t * slope && t > 1e-10) {
      t /= 2;
      next = J.at(plus(W, t, d));
    }
    if (next.loss > loss) break;
    W = plus(W, t, d);
    ({ loss, g } = next);
  }
  return { weights: W, scores, loss, gradientNorm: norm(g), gradientNormAtZero };
}

/** J and its derivatives. `timesHessian` takes the Hessian at the last W. */
function objective(bags: readonly Bag[], words: number, classes: number, scores: number) {
  // The class of the first score.
  const first = classes - scores;
  const p = new Float64Array(bags.length * scores);
  const r = new Float64Array(bags.length * scores);
  /** Adds r xᵀ over all sentences, times C, to the penalty's part. */
  const gather = (penalized: Float64Array) => {
    const sum = penalized.slice();
    sum.fill(0, words * scores);
    bags.forEach((bag, n) => {
      for (let k = 0; k < scores; k++) {
        const share = C * r[n * scores + k]!;
        for (let m = 0; m < bag.words.length; m++) sum[bag.words[m]! * scores + k]! += share;
        sum[words * scores + k]! += share;
      }
    });
    return sum;
  };
  return {
    at: (W: Float64Array): { loss: number; g: Float64Array } => {
      let loss = 0;
      bags.forEach((bag, n) => {
        const s = scoresOf(W, bag.words, words, scores);
        const y = bag.label - first;
        const largest = s.reduce((most, one) => Math.max(most, one), first === 0 ? -Infinity : 0);
        const rest = first === 0 ? 0 : Math.exp(-largest);
        const total = s.reduce((sum, one) => sum + Math.exp(one - largest), rest);
        loss += C * (largest + Math.log(total) - (y < 0 ? 0 : s[y]!));
        for (let k = 0; k < scores; k++) {
          p[n * scores + k] = Math.exp(s[k]! - largest) / total;
          r[n * scores + k] = p[n * scores + k]! - (k === y ? 1 : 0);
        }
      });
      const penalized = W.subarray(0, words * scores);
      return { loss: loss + dot(penalized, penalized) / 2, g: gather(W) };
    },
    timesHessian: (v: Float64Array): Float64Array => {
      bags.forEach((bag, n) => {
        const u = scoresOf(v, bag.words, words, scores);
        const pn = p.subarray(n * scores, (n + 1) * scores);
        const mean = dot(pn, u);
        for (let k = 0; k < scores; k++) r[n * scores + k] = pn[k]! * (u[k]! - mean);
      });
      return gather(v);
    },
  };
}

/** W x + b */
function scoresOf(W: Float64Array, x: ArrayLike<number>, words: number, scores: number): Float64Array {
  const s = W.slice(words * scores);
  for (let m = 0; m < x.length; m++) for (let k = 0; k < scores; k++) s[k]! += W[x[m]! * scores + k]!;
  return s;
}

/** H d = -g by conjugate gradients, the more exactly the smaller g is. */
async function solve(times: (v: Float64Array) => Float64Array, g: Float64Array): Promise<Float64Array> {
  const yieldNow = createYield();
  const d = new Float64Array(g.length);
  let r = plus(d, -1, g);
  let v = r;
  const enough = Math.min(0.1, Math.sqrt(norm(g))) * norm(g);
  for (let step = 0; step < g.length && norm(r) > enough; step++) {
    const Hv = times(v);
    await yieldNow();
    const along = dot(r, r) / dot(v, Hv);
    if (!Number.isFinite(along)) break;
    for (let n = 0; n < d.length; n++) d[n]! += along * v[n]!;
    const next = plus(r, -along, Hv);
    v = plus(next, dot(next, next) / dot(r, r), v);
    r = next;
  }
  return d;
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, one, n) => sum + one * b[n]!, 0);
const norm = (a: Float64Array) => Math.sqrt(dot(a, a));
/** a + t b */
const plus = (a: Float64Array, t: number, b: Float64Array) => a.map((one, n) => one + t * b[n]!);

/**
 * Fits it to sentences.
 * @returns a function that gives the likeliest class of a sentence; words that it has not seen do not count
 */
export async function trainLogistic(
  sentences: readonly { readonly words: readonly string[]; readonly label: number }[],
  classes: number,
): Promise<(words: readonly string[]) => number> {
  const numbers = new Map<string, number>();
  const bags = sentences.map(({ words, label }) => ({
    words: words.map((word) => numbers.get(word) ?? numbers.set(word, numbers.size).size - 1),
    label,
  }));
  const { weights, scores } = await fitLogistic(bags, numbers.size, classes);
  return (words) => {
    const known = words.flatMap((word) => numbers.get(word) ?? []);
    const s = [...scoresOf(weights, known, numbers.size, scores)];
    const all = scores < classes ? [0, ...s] : s;
    return all.indexOf(Math.max(...all));
  };
}
