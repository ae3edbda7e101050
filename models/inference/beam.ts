/**
 * Beam search: keeps the `beam` likeliest beginnings of an answer, extends each by every symbol, and keeps
 * the likeliest again. One that ends leaves the beam. (Sutskever, Vinyals and Le 2014, section 3.2.) With a
 * beam of 1 this is greedy: always the likeliest symbol.
 */

/** The search for the answer to one source. */
export interface Beam {
  /** The beginnings that have not ended, likeliest first. */
  readonly live: readonly Hypothesis[];
  /** Extends each by a symbol. @param logits of the next symbol after live[k], [V] */
  extend(logits: (k: number) => ArrayLike<number>): void;
  /** Whether no beginning can become better than the best answer. */
  isDone(): boolean;
  /** The best answer so far, without its end; one cut off after `most` symbols counts as it is. */
  best(): readonly number[];
}

/** The beginning of an answer. */
export interface Hypothesis {
  readonly symbols: readonly number[];
  /** Σ ln p of its symbols. */
  readonly logProbability: number;
  /** Its index in the beam before its last symbol. */
  readonly parent: number;
}

export interface BeamOptions {
  readonly beam: number;
  readonly most: number;
  readonly end: number | null;
  readonly lengthPenalty: number;
}

export function createBeam({ beam, most, end, lengthPenalty }: BeamOptions): Beam {
  let live: readonly Hypothesis[] = [{ symbols: [], logProbability: 0, parent: 0 }];
  let ended: Hypothesis | null = null;
  // score(Y) = ln p(Y) / lp(Y),  lp(Y) = ((5 + |Y|) / 6)^α   (Wu et al. 2016, equation 14)
  const penalty = (length: number) => ((5 + length) / 6) ** lengthPenalty;
  const score = ({ logProbability, symbols }: Hypothesis) => logProbability / penalty(symbols.length);

  return {
    get live() {
      return live;
    },
    extend(logits) {
      const kept = extensions(live, beam, logits);
      for (const one of kept) {
        if (one.symbols.at(-1) === end && (!ended || score(one) > score(ended))) ended = one;
      }
      live = kept.filter(({ symbols }) => symbols.at(-1) !== end);
    },
    isDone() {
      const [first] = live;
      if (!first || first.symbols.length === most) return true;
      // Each further symbol lowers ln p; the longest answer has the largest lp.
      return ended !== null && score(ended) >= first.logProbability / penalty(most);
    },
    best() {
      const [first] = live;
      if (ended && (!first || score(ended) >= score(first))) return ended.symbols.slice(0, -1);
      return first!.symbols;
    },
  };
}

/** The `beam` likeliest extensions of all hypotheses by one symbol, likeliest first. */
function extensions(
  live: readonly Hypothesis[],
  beam: number,
  logits: (k: number) => ArrayLike<number>,
): Hypothesis[] {
  const kept: { parent: number; symbol: number; logProbability: number }[] = [];
  live.forEach(({ logProbability: soFar }, parent) => {
    const x = logits(parent);
    const offset = soFar - logSumExp(x);
    for (let symbol = 0; symbol < x.length; symbol++) {
      const logProbability = offset + x[symbol]!;
      if (kept.length === beam && !(logProbability > kept.at(-1)!.logProbability)) continue;
      // Equal ones stay in order.
      const place = kept.findIndex((other) => logProbability > other.logProbability);
      kept.splice(place < 0 ? kept.length : place, 0, { parent, symbol, logProbability });
      if (kept.length > beam) kept.pop();
    }
  });
  return kept.map(({ parent, symbol, logProbability }) => ({
    symbols: [...live[parent]!.symbols, symbol],
    ...{ logProbability, parent },
  }));
}

/** ln Σ e^x */
function logSumExp(x: ArrayLike<number>): number {
  let largest = -Infinity;
  for (let n = 0; n < x.length; n++) largest = Math.max(largest, x[n]!);
  let sum = 0;
  for (let n = 0; n < x.length; n++) sum += Math.exp(x[n]! - largest);
  return largest + Math.log(sum);
}
