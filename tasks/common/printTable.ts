/** Tables in the terminal. */
import Table from 'cli-table3';
import { printable } from './printable.js';

export interface Rows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Left-aligned names, right-aligned numbers, no rules. */
export function printTable({ head, rows }: Rows): void {
  const places = ['top', 'bottom', 'left', 'right', 'mid'].flatMap((place) =>
    ['', '-mid', '-left', '-right'].map((end) => [`${place}${end}`, '']),
  );
  const drawn = new Table({
    head: [...head],
    colAligns: head.map((_, n) => (n === 0 ? 'left' : 'right')),
    chars: { ...Object.fromEntries(places), middle: '  ' } as Record<string, string>,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0 },
  });
  drawn.push(...rows.map((row) => row.map(printable)));
  console.log(drawn.toString());
}
