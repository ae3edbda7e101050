/** The confusion table: a heat map of the most confused labels, and a list of the worst pairs. */
import { drawHeatMap, mostLabels, type Cell } from './heatMap.js';
import { markup, type Markup } from './markup.js';
import type { Confusion } from './page.js';
import { fitting } from './svg.js';
import { renderTable } from './words.js';

const MOST_PAIRS = 12;

export function renderConfusion({ title, unit, labels, counts }: Confusion): Markup {
  const cells = labels.flatMap((_, truth) => rowOf(counts[truth]!, truth));
  const byMistakes = worstLabels(labels.length, cells);
  const shown = (isNarrow: boolean) => byMistakes.slice(0, mostLabels(isNarrow));
  const which = (isNarrow: boolean) => {
    const { length } = shown(isNarrow);
    return length < labels.length ? `, for the ${length} of ${labels.length} that are confused most` : '';
  };
  return markup`<figure>
<figcaption>${title}</figcaption>
<p class="key">The numbers are ${unit}<span class="if-wide">${which(false)}</span><span class="if-narrow">${which(true)}</span>. <span class="is-right">Right</span> and <span class="is-wrong">wrong</span>: the stronger the
colour, the larger the share of the row.</p>
${fitting((isNarrow) => drawHeatMap(title, labels, shown(isNarrow), cells, isNarrow))}</figure>
${worstPairs(labels, unit, cells)}`;
}

/** The predictions for the examples of one label. */
function rowOf(counts: ArrayLike<number>, truth: number): Cell[] {
  const row = Array.from(counts);
  const total = row.reduce((sum, count) => sum + count, 0);
  return row.map((count, prediction) => ({ truth, prediction, count, share: count / (total || 1) }));
}

const mistakes = (cells: readonly Cell[]) =>
  cells.filter(({ truth, prediction, count }) => truth !== prediction && count > 0);

/** The labels by the number of mistakes that involve them, on either side. */
function worstLabels(labels: number, cells: readonly Cell[]): number[] {
  const found = new Array<number>(labels).fill(0);
  for (const { truth, prediction, count } of mistakes(cells)) {
    found[truth]! += count;
    found[prediction]! += count;
  }
  return Array.from(found.keys()).sort((a, b) => found[b]! - found[a]!);
}

function worstPairs(labels: readonly string[], unit: string, cells: readonly Cell[]): Markup {
  const worst = mistakes(cells)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_PAIRS);
  if (worst.length === 0) return markup`<p>There are no mistakes.</p>\n`;
  return renderTable({
    kind: 'table',
    title: 'The most frequent mistakes',
    head: ['truth', 'prediction', unit, 'share of this truth'],
    align: ['left', 'left'],
    rows: worst.map(({ truth, prediction, count, share }) => [
      labels[truth]!,
      labels[prediction]!,
      count.toLocaleString('en'),
      `${(100 * share).toFixed(1)}%`,
    ]),
  });
}
