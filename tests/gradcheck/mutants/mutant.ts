import type { Change } from '../loadMutated.js';
import type { Kind } from './faults.js';

/** The check that must catch a fault. Most faults show in gradients, the others in the numbers themselves. */
export type Check = 'gradients' | 'losses' | 'training' | 'invariants';

/** A planted fault, and the check that must catch it. */
export interface Mutant extends Change {
  /** The fault in words. */
  readonly name: string;
  /** The name of its function. */
  readonly function: string;
  readonly check: Check;
}

/** A mutant generated from the syntax tree. */
export interface Generated extends Mutant {
  readonly kind: Kind;
  /** The text without the fault, and its line in the compiled file. */
  readonly text: string;
  readonly line: number;
}
