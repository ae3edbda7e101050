/** Judging a mutant: the check is loaded together with the fault and must find it. */
import type { CellName } from '../../cells/index.js';
import { CELL_NAMES } from '../../cells/names.js';
import { isOfEngine } from '../engineErrors.js';
import { loadMutated, type Change } from './loadMutated.js';
import { isWorse, type Measured } from './measured.js';
import type { Mutant } from './mutants/mutant.js';

type Checks = typeof import('./checks.js');

/** A fault must exceed the bar by far, so that no mutant is caught by rounding. */
export const CAUGHT_ABOVE = 1e-4;

export const isCaught = ({ error }: Measured) => isWorse(error, CAUGHT_ABOVE);

/** The checks that have caught faults, per file and overall; the latest first, as it may well catch again. */
const caughtBy = new Map<string, string[]>();
const ALL = 'all';

/** Returns the first error above CAUGHT_ABOVE, or else the worst. */
export async function judge(mutant: Mutant): Promise<Measured> {
  const checks = await loadChecks(mutant);
  let worst: Measured | null = null;
  try {
    for (const next of measure(checks, mutant)) {
      if (!worst || isWorse(next.error, worst.error)) worst = next;
      if (isCaught(worst)) break;
    }
  } catch (error) {
    return refusal(mutant, error);
  }
  return worst!;
}

/** The library itself refuses: shapes do not fit, or a loss is not a number. Rethrows any other error. */
function refusal({ file }: Mutant, error: unknown): Measured {
  const { name, message } = error as Error;
  const isOurs =
    name === 'RangeError' || name === 'InputError' || (name === 'TypeError' && !isOfEngine(message));
  if (!isOurs) throw error;
  return { subject: file, situation: 'refused', what: message, error: Infinity };
}

/** Loads the library's checks, with or without a fault. */
export function loadChecks(change: Change | null): Promise<Checks> {
  return loadMutated<Checks>('tests/gradcheck/checks.js', change);
}

function measure(checks: Checks, mutant: Mutant): Iterable<Measured> {
  switch (mutant.check) {
    case 'gradients':
      return measureGradients(checks, mutant);
    case 'losses':
      return checks.measureLosses();
    case 'training':
      return checks.measureTraining();
    case 'invariants':
      return checks.measureInvariants();
  }
}

/** The caller stops at the measurement that catches the fault. */
function* measureGradients(checks: Checks, { file }: Mutant): Generator<Measured> {
  for (const { name, measure } of likelyFirst(checks.quickChecks(cellsTouched(file)), file)) {
    let isOver = false;
    try {
      yield* measure();
      isOver = true;
    } finally {
      if (!isOver) remember(file, name);
    }
  }
}

function likelyFirst<C extends { readonly name: string }>(checks: readonly C[], file: string): C[] {
  const names = [file, ALL].flatMap((key) => caughtBy.get(key) ?? []);
  const rank = ({ name }: C) => (names.includes(name) ? names.indexOf(name) : names.length);
  return [...checks].sort((a, b) => rank(a) - rank(b));
}

function remember(file: string, name: string): void {
  for (const key of [file, ALL]) {
    caughtBy.set(key, [name, ...(caughtBy.get(key) ?? []).filter((other) => other !== name)]);
  }
}

/** A fault in a cell's file affects that cell only; any other may affect any cell. */
function cellsTouched(file: string): [CellName] | undefined {
  const name = /^cells\/(\w+)\.js$/.exec(file)?.[1];
  return CELL_NAMES.includes(name as CellName) ? [name as CellName] : undefined;
}
