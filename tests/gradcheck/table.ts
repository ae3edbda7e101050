/** Printing measurements: numbers in columns, and what lies above the bar marked. */
import Table from 'cli-table3';
import { BAR, isWorse, type Measured } from './measured.js';

export const exponential = (error: number) => error.toExponential(1);

/** A table of errors. Row and column are named by functions of the measurement; both come in order of appearance. */
export function errorTable(
  title: string,
  measurements: readonly Measured[],
  row: (m: Measured) => string,
  column: (m: Measured) => string,
): string {
  const columns = [...new Set(measurements.map(column))];
  const rows = new Map<string, string[]>();
  for (const m of measurements) {
    const errors = rows.get(row(m)) ?? columns.map(() => '');
    errors[columns.indexOf(column(m))] = exponential(m.error) + (isWorse(m.error, BAR) ? '!' : '');
    rows.set(row(m), errors);
  }
  return table(
    [{ title }, ...columns.map((name) => ({ title: name, align: 'right' as const }))],
    [...rows].map(([name, errors]) => [name, ...errors]),
  );
}

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** Longer text is wrapped. */
  width?: number;
}

/** A table without lines. */
export function table(columns: readonly Column[], rows: readonly string[][]): string {
  const sides = ['top', 'bottom', 'left', 'right', 'mid'];
  const lines = sides.flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`]);
  const printed = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align = 'left' }) => align),
    colWidths: columns.map(({ width = null }) => width),
    wordWrap: true,
    chars: { ...Object.fromEntries(lines.map((name) => [name, ''])), middle: ' ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  });
  printed.push(...rows);
  return printed.toString().replace(/ +$/gm, '');
}
