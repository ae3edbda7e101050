/** The two tables: losses, and times. */
import { TOLERANCE } from '../steps/losses.js';
import { digits } from '../table.js';
import { LOSSES } from '../browser/protocol.js';
import type { Row } from '../browser/match.js';
import { element } from '../../tasks/playground/page/dom.js';
import { digits as precise } from '../../tasks/playground/words.js';

/** A cell: text, and how it looks. */
type Cell = readonly [text: string, style?: string, columns?: number];

/** Draws a table; the first column is text, and heads its row. */
function drawTable(id: string, header: readonly Cell[], rows: readonly (readonly Cell[])[]): void {
  const line = (cells: readonly Cell[], inHead: boolean) => {
    const row = document.createElement('tr');
    cells.forEach(([text, style = '', columns = 1], n) => {
      const isHeader = inHead ? text !== '' : n === 0;
      const cell = document.createElement(isHeader ? 'th' : 'td');
      if (isHeader) cell.scope = inHead ? 'col' : 'row';
      cell.textContent = text;
      cell.className = style;
      cell.colSpan = columns;
      row.append(cell);
    });
    return row;
  };
  const [head, body] = [document.createElement('thead'), document.createElement('tbody')];
  head.append(line(header, true));
  body.append(...rows.map((cells) => line(cells, false)));
  element(id).replaceChildren(head, body);
}

/** `ours, 2 threads`: the number is known when it has entered. */
export const nameOf = ({ name, threads }: Row) =>
  threads ? name.replace('all threads', `${threads} threads`) : name;

const waiting = (columns: number): Cell => ['', 'reason', columns];

export function drawLosses(rows: readonly Row[]): void {
  const header = ['before', ...Array.from({ length: LOSSES - 1 }, (_, n) => `after ${n + 1}`)];
  drawTable(
    'lossTable',
    [[''], ...header.map((text): Cell => [text]), ['difference']],
    rows.map((row, n): Cell[] => {
      const { losses, difference = NaN, reason } = row;
      if (!losses?.length)
        return [[nameOf(row)], reason ? [reason, 'reason', LOSSES + 1] : waiting(LOSSES + 1)];
      const isEqual = difference <= TOLERANCE;
      const shown = Array.from({ length: LOSSES }, (_, k): Cell => [losses[k]?.toFixed(5) ?? '']);
      return [
        [nameOf(row)],
        ...shown,
        n === 0 ? [''] : [difference ? precise(difference, 2) : '0', isEqual ? '' : 'differs'],
      ];
    }),
  );
}

/** The faster of ours: the others are compared with it. */
export const bestOfOurs = (rows: readonly Row[]): Row | undefined =>
  rows
    .filter(({ id, timing }) => timing && (id === 'ours1' || id === 'oursAll'))
    .sort((a, b) => a.timing!.median - b.timing!.median)[0];

export function drawTimes(rows: readonly Row[]): void {
  const best = bestOfOurs(rows);
  drawTable(
    'timeTable',
    [[''], ['ms'], ['middle half'], ['samples', 'samples-column'], ['ours is faster by']],
    rows.map((row): Cell[] => {
      const { timing, once, reason } = row;
      if (!timing) return [[nameOf(row)], reason ? [reason, 'reason', 4] : waiting(4)];
      const { median, lower, upper, samples } = timing;
      return [
        [once ? `${nameOf(row)}, its first step only` : nameOf(row)],
        [digits(median), 'median'],
        [samples > 1 ? `${digits(lower)} to ${digits(upper)}` : ''],
        [String(samples), 'samples-column'],
        [best && row !== best ? `${digits(median / best.timing!.median)}x` : ''],
      ];
    }),
  );
}
