/** Faults and the verdicts of the checks. */
import { isWorse, type Measured } from './measured.js';
import type { Generated } from './mutants/mutant.js';
import type { Story } from './mutants/stories/index.js';

export interface Verdict<F> {
  readonly fault: F;
  readonly measured: Measured;
  readonly caught: boolean;
}

export interface Verdicts {
  readonly stories: readonly Verdict<Story>[];
  readonly generated: readonly Verdict<Generated>[];
}

/** The generated mutants of one file. */
export interface Tally {
  readonly file: string;
  readonly mutants: number;
  readonly caught: number;
  /** The smallest error that caught one. */
  readonly weakest: number;
}

/** Counts per file, in the order of the verdicts. */
export function tally(verdicts: readonly Verdict<Generated>[]): Tally[] {
  const files = new Map<string, Tally>();
  for (const { fault, measured, caught } of verdicts) {
    const { file } = fault;
    const before = files.get(file) ?? { file, mutants: 0, caught: 0, weakest: Infinity };
    files.set(file, {
      file,
      mutants: before.mutants + 1,
      caught: before.caught + Number(caught),
      weakest: isWorse(measured.error, before.weakest) ? before.weakest : measured.error,
    });
  }
  return [...files.values()];
}

/** Describes a fault that no check caught. */
export const survivor = ({ fault, measured }: Verdict<Generated>): string =>
  `${fault.file}:${fault.line}, ${fault.function}: ${fault.name}: ${measured.error.toExponential(1)}`;
