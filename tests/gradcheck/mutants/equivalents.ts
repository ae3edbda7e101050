/** Mutants that are equivalent to the library, each with the reason. */
import { isNamed } from '../compiled.js';
import type { Kind } from './faults.js';
import type { Generated } from './mutant.js';

export interface Equivalent {
  /** The end of the file's path, and the function. */
  readonly file: string;
  readonly function: string;
  readonly kind: Kind;
  /** The text without the fault. */
  readonly text: string;
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [
  {
    ...{ file: 'embedding', function: 'prepare', kind: 'a call is lost' },
    text: 'symbols.data.fill(symbols.data[0], distinct, count);',
    reason: 'the rows beyond the distinct ones are never read, and their gradient is 0',
  },
  {
    ...{ file: 'embedding', function: 'prepare', kind: 'a call is lost' },
    text: 'ids.data.fill(0, m * columns, (m + 1) * columns);',
    reason: 'it matters only where padding holds what is no symbol, which tests/models/padding.test.ts tries',
  },
  {
    ...{ file: 'bptt', function: 'backward', kind: 'added is assigned' },
    text: 'k.add(dState[s], dFinalState[s])',
    reason: 'the previous line has filled it with 0',
  },
  {
    ...{ file: 'unrollCell', function: 'prepare', kind: 'a call is lost' },
    text: 'real.update();',
    reason: 'steps that are padding in all rows are then computed instead of skipped, with the same result',
  },
];

export function excuses(excuse: Equivalent, mutant: Generated): boolean {
  return (
    isNamed(mutant.file, excuse.file) &&
    mutant.function === excuse.function &&
    mutant.kind === excuse.kind &&
    mutant.text === excuse.text
  );
}
