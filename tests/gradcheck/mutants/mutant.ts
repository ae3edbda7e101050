import type { Change } from '../loadMutated.js';

/** A planted fault, and the check that has to catch it. */
export interface Mutant extends Change {
  /** What is wrong, as a sentence. */
  readonly name: string;
  /** A public thread that asks about this mistake; '' for what everybody does once. */
  readonly seenIn: string;
  /** Finite differences find most. The others need a look at the numbers themselves. */
  readonly check: 'gradients' | 'losses' | 'training' | 'invariants';
}

/** Faults of one file. */
export function mutantsOf(
  file: string,
  faults: readonly (Pick<Mutant, 'name' | 'from' | 'to'> & Partial<Mutant>)[],
) {
  return faults.map((fault): Mutant => ({ check: 'gradients', seenIn: '', ...fault, file }));
}
