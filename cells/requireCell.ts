/** Checks that a value is a cell. */
import { show } from '../engine/checks.js';
import type { Cell } from './cell.js';
import { CELL_NAMES } from './names.js';

/**
 * @param of the function that was given the value
 * @throws TypeError when it is no cell: says what is missing and, for a name, which cells there are
 */
export function requireCell(of: string, value: unknown): asserts value is Cell {
  if (typeof value === 'string') {
    const known = (CELL_NAMES as readonly string[]).includes(value);
    const hint = known
      ? `write ${value} without quotes, or cells.${value}`
      : `there are ${CELL_NAMES.join(', ')}`;
    throw new TypeError(`${of} takes a cell, not a name, "${value}"; ${hint}`);
  }
  const flaw = typeof value === 'object' && value !== null ? flawOf(value) : show(value);
  if (flaw) throw new TypeError(`${of} takes a cell, such as lstm, not ${flaw}`);
}

/** What keeps an object from being a cell; null: nothing. */
function flawOf(value: Partial<Record<keyof Cell, unknown>>): string | null {
  if (value instanceof Promise) return show(value);
  const missing = (['forward', 'backward', 'accumulate', 'parameters'] as const).find(
    (name) => typeof value[name] !== 'function',
  );
  if (missing) return `an object without the function ${missing}`;
  const { name, states, gates } = value;
  if (typeof name !== 'string') return 'an object without a name';
  if (!Array.isArray(gates) || gates.length === 0) return `${name}, which has no gates`;
  return Array.isArray(states) && states.includes('h') ? null : `${name}, whose states lack h, the output`;
}
