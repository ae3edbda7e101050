/** What can be chosen on the lab's page, as its address has it. */
import { CELL_NAMES } from '../../../cells/names.js';
import { readSettings, writeSettings, type Kind } from '../settings.js';
import { ADDING, FLOWS, LIMITS, type CellName } from './exhibit.js';

export interface LabSettings {
  /** The two cells of the adding problem, and its numbers. */
  readonly one: CellName;
  readonly other: CellName;
  readonly steps: number;
  readonly units: number;
  readonly rate: number;
  readonly clip: number | null;
  readonly seed: number;
  /**
   * How the networks of the vanishing gradient begin, and of what it is: of the memory, c or else h, or of h.
   */
  readonly radius: number;
  readonly bias: number;
  readonly gradient: 'memory' | 'h';
  /** That of the four arrangements. */
  readonly cell: CellName;
}

const { cells, steps, units, rate, clip, seed } = ADDING;

export const LAB_DEFAULTS: LabSettings = {
  ...{ one: cells[0]!, other: cells[1]!, steps, units, rate, clip, seed },
  ...{ radius: FLOWS.radius!, bias: FLOWS.bias!, gradient: 'memory', cell: 'lstm' },
};

const KINDS: Readonly<Record<keyof LabSettings, Kind>> = {
  ...LIMITS,
  ...{ one: CELL_NAMES, other: CELL_NAMES, cell: CELL_NAMES, gradient: ['memory', 'h'] },
  radius: { least: 0.5, most: 1.5, whole: false },
  bias: { least: -1, most: 5, whole: false },
};

/** What differs from the defaults. */
export function toLabHash(settings: LabSettings): string {
  const changed = Object.entries(settings).filter(
    ([name, value]) => value !== LAB_DEFAULTS[name as keyof LabSettings],
  );
  return writeSettings(Object.fromEntries(changed));
}

export const fromLabHash = (hash: string) => readSettings(hash, LAB_DEFAULTS, KINDS);
