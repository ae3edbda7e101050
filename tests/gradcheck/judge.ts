/** Judging a mutant: the check is loaded together with the fault, and has to find it. */
import type { CellName } from '../../models/index.js';
import { loadMutated, type Change } from './loadMutated.js';
import { isWorse, type Measured } from './measured.js';
import type { Mutant } from './mutants/index.js';

type Checks = typeof import('./checks.js');

/** A fault must show by far more than the bar, so that no mutant is caught by rounding. */
export const CAUGHT_ABOVE = 1e-4;

export const isCaught = ({ error }: Measured) => isWorse(error, CAUGHT_ABOVE);

/** The worst measurement up to the first situation in which the fault shows. */
export async function judge(mutant: Mutant): Promise<Measured> {
  let worst: Measured | null = null;
  for (const next of measure(await loadChecks(mutant), mutant)) {
    if (worst && isCaught(worst) && next.situation !== worst.situation) break;
    if (!worst || isWorse(next.error, worst.error)) worst = next;
  }
  return worst!;
}

/** The library's checks, in a copy of their own. */
export function loadChecks(change: Change | null): Promise<Checks> {
  return loadMutated<Checks>('tests/gradcheck/checks.js', change);
}

function measure(checks: Checks, { check, file }: Mutant): Iterable<Measured> {
  switch (check) {
    case 'gradients':
      return checks.measureSmall(cellsTouched(file));
    case 'losses':
      return checks.measureLosses();
    case 'training':
      return checks.measureTraining();
    case 'invariants':
      return checks.measureInvariants();
  }
}

/** A fault in a cell's file is a fault of that cell; any other may show in any cell. */
function cellsTouched(file: string): [CellName] | undefined {
  const name = /^cells\/(\w+)\.js$/.exec(file)?.[1];
  return name === undefined ? undefined : [name as CellName];
}
