/** Tables in the terminal. */
import Table from 'cli-table3';
import { printable, wrap } from './printable.js';
import { columns, print } from './say.js';

export interface Rows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many columns are words, on the left; the others are numbers. Default 1. */
  readonly words?: number;
}

/** Between two columns, and before the first. */
const GAP = 3;

/** Left-aligned words, right-aligned numbers, no rules; cells are wrapped where the terminal is narrow. */
export function printTable({ head, rows, words = 1 }: Rows, width = columns()): void {
  const places = ['top', 'bottom', 'left', 'right', 'mid'].flatMap((place) =>
    ['', '-mid', '-left', '-right'].map((end) => [`${place}${end}`, '']),
  );
  const cells = [head, ...rows.map((row) => row.map(printable))];
  const widths = fit(cells, width);
  const [first, ...more] = cells.map((row) => row.map((cell, n) => wrap(cell, widths[n]!).join('\n')));
  const drawn = new Table({
    head: first!,
    colAligns: head.map((_, n) => (n < words ? 'left' : 'right')),
    chars: { ...Object.fromEntries(places), middle: '  ' } as Record<string, string>,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0 },
  });
  drawn.push(...more);
  print(drawn.toString().replace(/ +$/gm, ''));
}

/** The width of each column: that of its longest line, or less until all fit, but never less than a word. */
function fit(cells: readonly (readonly string[])[], width: number): number[] {
  const most = (of: (cell: string) => number) =>
    cells[0]!.map((_, n) => Math.max(...cells.map((row) => of(row[n]!))));
  const widths = most((cell) => cell.length);
  const least = most((cell) => Math.max(...cell.split(' ').map((word) => word.length)));
  const total = () => widths.reduce((sum, one) => sum + one + GAP, 0) - GAP + 1;
  while (total() > width) {
    const room = widths.map((one, n) => (one > least[n]! ? one : 0));
    const widest = room.indexOf(Math.max(...room));
    if (room[widest] === 0) break;
    widths[widest]!--;
  }
  return widths;
}
