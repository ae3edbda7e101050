/** All the checks, one under the other. The mutants are judged by these same functions, loaded beside the fault. */
import { cells, type CellName } from '../../models/index.js';
import { REAL_CONFIGURATIONS, SMALL_CONFIGURATIONS } from './configurations.js';
import { measureCell } from './gradients.js';
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

export { measureLosses, measureInvariants, measureTraining };
