/** Tables of errors, for the terminal and for a page. */
import Table from 'cli-table3';
import type { ErrorGroup } from './collect.js';
import { BAR, isWorse } from './measured.js';
import type { Tally } from './verdicts.js';

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** Longer text is wrapped in the terminal. */
  width?: number;
}

export interface Tabular {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

export const exponential = (error: number) => error.toExponential(1);

/** Marks errors above the bar. Rows and columns are in order of first appearance. */
export function errorTable({ title, measured, row, column }: ErrorGroup): Tabular {
  const columns = [...new Set(measured.map(column))];
  const rows = new Map<string, string[]>();
  for (const m of measured) {
    const errors = rows.get(row(m)) ?? columns.map(() => '');
    errors[columns.indexOf(column(m))] = exponential(m.error) + (isWorse(m.error, BAR) ? '!' : '');
    rows.set(row(m), errors);
  }
  return {
    columns: [{ title }, ...columns.map((title) => ({ title, align: 'right' as const }))],
    rows: [...rows].map(([name, errors]) => [name, ...errors]),
  };
}

/** Numbers of mutants, by source file. */
export function tallyTable(tallies: readonly Tally[]): Tabular {
  const right = { align: 'right' as const };
  return {
    columns: [
      { title: 'file' },
      { title: 'mutants', ...right },
      { title: 'caught', ...right },
      { title: 'smallest error', ...right },
    ],
    rows: tallies.map(({ file, mutants, caught, weakest }) => [
      file.replace(/\.js$/, '.ts'),
      ...[mutants, caught].map(String),
      Number.isFinite(weakest) ? exponential(weakest) : 'no number',
    ]),
  };
}

/** A table without lines. */
export function terminalTable({ columns, rows }: Tabular): string {
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
  printed.push(...rows.map((row) => [...row]));
  return printed.toString().replace(/ +$/gm, '');
}

export function markdownTable({ columns, rows }: Tabular): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  return [columns.map(({ title }) => title), rule, ...rows].map(line).join('\n');
}
