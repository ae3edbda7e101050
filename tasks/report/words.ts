/** The textual parts of a page: tables, pieces of text, facts. */
import { Markup, markup } from './markup.js';
import type { Facts, Table, Texts } from './page.js';

export function renderTable({ title, head, rows, align = [] }: Table): Markup {
  const side = (column: number) => align[column] ?? (column === 0 ? 'left' : 'right');
  const row = (cells: readonly string[]) =>
    markup`<tr>${cells.map((cell, n) => markup`<td class="${side(n)}">${cell}</td>`)}</tr>\n`;
  // A header without a text is no header.
  const header = (cell: string, n: number) =>
    cell === '' ? markup`<td></td>` : markup`<th scope="col" class="${side(n)}">${cell}</th>`;
  // No caption element: it would be as narrow as the table.
  return markup`<figure>
${title === undefined ? [] : markup`<figcaption>${title}</figcaption>\n`}<div class="wide" tabindex="0" role="group" aria-label="${title ?? 'table'}"><table>
<thead><tr>${head.map(header)}</tr></thead>
<tbody>
${rows.map(row)}</tbody>
</table></div>
</figure>\n`;
}

export function renderTexts({ texts }: Texts): Markup {
  return markup`<dl class="texts">
${texts.map(
  ({ label, lead = '', text }) =>
    markup`<div><dt>${label}</dt><dd><span class="lead">${lead}</span>${text}</dd></div>\n`,
)}</dl>\n`;
}

export function renderFacts({ facts }: Facts): Markup {
  return markup`<dl class="facts">
${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>\n`;
}
