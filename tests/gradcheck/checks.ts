/** All checks. Mutants are judged by these same functions, loaded together with the fault. */
import { cells, type Cell, type CellName } from '../../models/index.js';
import { EVERYTHING, REAL_CONFIGURATIONS, SMALL_CONFIGURATIONS } from './configurations.js';
import type { Configuration } from './configuration.js';
import { FLOOR, measureCell, measureTensors } from './gradients.js';
import { measureLosses } from './losses.js';
import type { Measured } from './measured.js';
import { measureInvariants } from './invariants.js';
import { measureTraining } from './training.js';

export const cellNames = Object.keys(cells) as CellName[];

/** Every entry of every tensor, at small sizes. */
export function* measureSmall(names: readonly CellName[] = cellNames): Generator<Measured> {
  for (const name of names) {
    for (const configuration of SMALL_CONFIGURATIONS) yield* measureCell(cells[name], configuration);
  }
}

/** One direction of every tensor, at real sizes. */
export function* measureReal(names: readonly CellName[] = cellNames): Generator<Measured> {
  for (const name of names) {
    for (const configuration of REAL_CONFIGURATIONS) yield* measureCell(cells[name], configuration);
  }
}

/** One cell in one configuration. */
export interface QuickCheck {
  readonly name: string;
  readonly measure: () => Iterable<Measured>;
}

/** The cells that differ most come first: what one of them does not notice, one of its likes will hardly. */
const DIVERSE: readonly CellName[] = ['rnn', 'lstmLayerNorm', 'gru'];

/**
 * The small sizes, with one direction of every tensor instead of every entry: an error in the direction is an
 * error in some entry, found in a fraction of the time. The invariants, which take less time than a cell,
 * follow the first.
 */
export function quickChecks(names: readonly CellName[] = cellNames): QuickCheck[] {
  const others = SMALL_CONFIGURATIONS.filter((configuration) => configuration !== EVERYTHING);
  const inOrder = [
    ...DIVERSE.filter((name) => names.includes(name)),
    ...names.filter((name) => !DIVERSE.includes(name)),
  ];
  const [first, ...more] = inOrder.map((name) =>
    [EVERYTHING, ...others].map((configuration) => ({
      name: `${name}, ${configuration.name}`,
      measure: () => measureQuickly(cells[name], configuration),
    })),
  );
  return [...first!, { name: 'invariants', measure: measureInvariants }, ...more.flat()];
}

function* measureQuickly(cell: Cell, configuration: Configuration): Generator<Measured> {
  for (const measured of measureTensors(cell, configuration, 'projection')) {
    // A tensor whose derivatives are all 0 proves nothing, so it counts as entirely wrong.
    yield measured.largest > FLOOR ? measured : { ...measured, error: 1 };
  }
}

export { measureLosses, measureInvariants, measureTraining };
