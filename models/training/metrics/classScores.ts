/** Precision, recall and F1 differ only in what they make of the counts of a class. */
import { readOptions, requireWhole } from '../../../engine/checks.js';
import type { Metric } from './metric.js';
import { requireIgnore, eachAnswer, type AnswerOptions } from './rows.js';

/** Options of precision, recall and F1. */
export interface ClassScoreOptions extends AnswerOptions {
  /**
   * The class whose score it is. Default: 1, which is yes, if there are two classes; otherwise the mean of the
   * scores of all classes that occur as label or answer (macro average).
   */
  label?: number | undefined;
}

/** The counts of a class: rows rightly answered with it, rows answered with it, rows of it. */
type Score = (right: number, answered: number, labelled: number) => number;

/** A part of 0 is 0, as in scikit-learn. */
export const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/** The metric of a score: totals are the three counts, each of all V classes. */
export function classScore(name: string, given: ClassScoreOptions, score: Score): Metric {
  const { label, ignore } = readOptions(name, given, { label: undefined, ignore: undefined });
  requireIgnore(name, ignore);
  if (label !== undefined) requireWhole(`${name}: label`, label, 0);
  return {
    name,
    measure(graph) {
      const V = Math.max(2, graph.output.shape[1]!);
      if (label !== undefined && label >= V)
        throw new RangeError(`${name}: label ${label} is no class; classes are 0 to ${V - 1}`);
      const counts = new Array<number>(3 * V).fill(0);
      eachAnswer(name, graph, ignore, (truth, answer) => {
        if (truth === answer) counts[truth]!++;
        counts[V + answer]!++;
        counts[2 * V + truth]!++;
      });
      return counts;
    },
    finish(totals) {
      const V = totals.length / 3;
      const of = (v: number) => score(totals[v]!, totals[V + v]!, totals[2 * V + v]!);
      const classes = Array.from({ length: V }, (_, v) => v).filter(
        (v) => totals[V + v]! + totals[2 * V + v]! > 0,
      );
      if (classes.length === 0) return NaN;
      if (label !== undefined || V === 2) return of(label ?? 1);
      return classes.reduce((sum, v) => sum + of(v), 0) / classes.length;
    },
  };
}
