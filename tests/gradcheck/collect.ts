/** All results of `npm run gradcheck`, in the order of display. */
import { cells, type CellName } from '../../models/index.js';
import { cellNames, measureLosses, measureInvariants, measureTraining } from './checks.js';
import type { Kind } from './configuration.js';
import { CONFIGURATIONS } from './configurations.js';
import { measureCell } from './gradients.js';
import { isWorse, type Measured } from './measured.js';

/** Errors shown as one table. */
export interface ErrorGroup {
  readonly title: string;
  readonly measured: readonly Measured[];
  /** Row and column titles of a measurement. */
  readonly row: (m: Measured) => string;
  readonly column: (m: Measured) => string;
}

export interface Collected {
  /** Hand-written gradients against finite differences: one group for each cell, then the losses. */
  readonly gradients: readonly ErrorGroup[];
  /** What finite differences cannot detect, compared with plain arithmetic. */
  readonly arithmetic: readonly ErrorGroup[];
  /** The worst error of each cell in each kind of configuration. */
  readonly worstByKind: ReadonlyMap<Kind, ReadonlyMap<CellName, number>>;
}

const situation = (m: Measured) => m.situation;
const what = (m: Measured) => m.what;
const subject = (m: Measured) => m.subject;

export function collectErrors(): Collected {
  const worstByKind = new Map<Kind, Map<CellName, number>>();
  const ofCells = cellNames.map((name): ErrorGroup => {
    const measured = CONFIGURATIONS.flatMap((configuration) => {
      const found = [...measureCell(cells[name], configuration)];
      const worst = worstByKind.get(configuration.kind) ?? new Map<CellName, number>();
      for (const { error } of found) if (isWorse(error, worst.get(name) ?? 0)) worst.set(name, error);
      worstByKind.set(configuration.kind, worst);
      return found;
    });
    return { title: name, measured, row: situation, column: what };
  });
  const losses = [...measureLosses()];
  return {
    gradients: [
      ...ofCells,
      { title: 'losses', measured: losses, row: (m) => `${m.subject}, ${m.situation}`, column: what },
    ],
    arithmetic: [
      { title: 'training steps', measured: [...measureTraining()], row: subject, column: situation },
      { title: 'states', measured: [...measureInvariants()], row: subject, column: situation },
    ],
    worstByKind,
  };
}

/** A measurement in words. */
export const place = ({ subject, situation, what }: Measured): string => `${subject}, ${situation}, ${what}`;
