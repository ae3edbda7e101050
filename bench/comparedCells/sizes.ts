/** How many units a cell gets so that its model has as many parameters as the program's own. */
import { referenceKernels, type CellName } from '../../models/index.js';
import type { ComparedProgram } from './programs.js';

export interface Size {
  readonly units: number;
  readonly parameters: number;
}

/** The number of units whose model is nearest in size. */
export function sizeOf({ own, modelOf }: ComparedProgram, cell: CellName): Size {
  const count = (which: CellName, units: number) =>
    modelOf(referenceKernels(Float32Array), which, units).parameters.values.size;
  const wanted = count(own.cell, own.units);
  if (cell === own.cell) return { units: own.units, parameters: wanted };
  // The number grows with the units: halve the interval.
  let [low, high] = [1, 8 * own.units];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (count(cell, middle) > wanted) high = middle;
    else low = middle;
  }
  const [below, above] = [count(cell, low), count(cell, high)];
  return wanted - below <= above - wanted
    ? { units: low, parameters: below }
    : { units: high, parameters: above };
}
