/** A table of counts as a picture: the larger a cell's share of its row, the stronger its colour. */
import * as Plot from '@observablehq/plot';
import { drawPlot, type Svg } from './svg.js';

export interface Cell {
  /** Indices of labels. */
  readonly truth: number;
  readonly prediction: number;
  readonly count: number;
  /** The share of the examples with this truth, 0 to 1. */
  readonly share: number;
}

/** The column for all labels without their own. */
const OTHERS = -1;
const OTHERS_NAME = 'others';
/** Chosen so that a single mistake is visible and numbers are readable on the strongest colour. */
export const STRONGEST = 0.58;
const FAINTEST = 0.12;
/** Width of a letter, in pixels. */
const LETTER = 7.5;
const LONGEST_NAME = 10;
/** The whole width, and the least of a column. Names that are wider than that stand upright. */
const WIDE = { width: 760, least: 44 };
const NARROW = { width: 340, least: 30 };

/** How many labels have a row and a column at most; with more, the numbers would be unreadable. */
export const mostLabels = (isNarrow: boolean): number => (isNarrow ? 6 : 12);

/** @param shown the labels with a row and a column, in order */
export function drawHeatMap(
  title: string,
  labels: readonly string[],
  shown: readonly number[],
  cells: readonly Cell[],
  isNarrow: boolean,
): Svg {
  const visible = gather(shown, cells);
  const others = visible.some(({ prediction }) => prediction === OTHERS);
  const columns = others ? [...shown, OTHERS] : shown;
  const name = (column: number) => (column === OTHERS ? OTHERS_NAME : shorten(labels[column]!));
  const names = columns.map(name);
  const { marginLeft, column, above, areUpright } = roomFor(names, isNarrow ? NARROW : WIDE);

  return drawPlot(
    {
      width: Math.floor(marginLeft + column * columns.length),
      height: above + 4 + 28 * shown.length,
      marginLeft,
      marginTop: above,
      marginRight: 0,
      marginBottom: 4,
      padding: 0.04,
      style: { fontSize: isNarrow ? '11px' : '12px', background: 'none' },
      x: {
        domain: columns,
        axis: 'top',
        tickFormat: name,
        tickSize: 0,
        ...(areUpright && { tickRotate: -90 }),
        label: 'prediction',
        labelOffset: above - 6,
        labelArrow: 'none',
      },
      y: {
        domain: shown,
        tickFormat: name,
        tickSize: 0,
        label: 'truth',
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      color: { type: 'identity' },
      opacity: { type: 'identity' },
      marks: [
        Plot.frame({ fill: 'var(--faint)', stroke: 'none' }),
        Plot.cell(visible, { x: 'prediction', y: 'truth', fill: colorOf, fillOpacity: opacityOf }),
        Plot.text(visible, {
          x: 'prediction',
          y: 'truth',
          text: ({ count }: Cell) => count.toLocaleString('en'),
        }),
      ],
    },
    `${title}: rows are the truth, columns the prediction`,
  );
}

/** What lies around the cells, and the width of a column. */
function roomFor(names: readonly string[], { width, least }: typeof WIDE) {
  const longest = LETTER * Math.max(...names.map((name) => name.length));
  const marginLeft = longest + 32;
  const widest = (width - marginLeft) / names.length;
  const column = Math.max(least, Math.min(longest + 6, widest));
  const areUpright = longest + 6 > column;
  return { marginLeft, column, areUpright, above: 40 + (areUpright ? longest : 12) };
}

const shorten = (label: string) =>
  label.length > LONGEST_NAME ? `${label.slice(0, LONGEST_NAME - 1)}…` : label;

const colorOf = ({ truth, prediction }: Cell) => (truth === prediction ? 'var(--plus)' : 'var(--minus)');

/** The square root makes mistakes visible, which are only a few percent. */
const opacityOf = ({ share }: Cell) => FAINTEST + (STRONGEST - FAINTEST) * Math.sqrt(share);

/** The non-empty cells of the shown rows; predictions that are not shown share one cell. */
function gather(shown: readonly number[], cells: readonly Cell[]): Cell[] {
  const gathered = new Map<string, Cell>();
  for (const { truth, prediction, count, share } of cells) {
    if (!shown.includes(truth) || count === 0) continue;
    const column = shown.includes(prediction) ? prediction : OTHERS;
    const there = gathered.get(`${truth} ${column}`) ?? { count: 0, share: 0 };
    const sum = { truth, prediction: column, count: there.count + count, share: there.share + share };
    gathered.set(`${truth} ${column}`, sum);
  }
  return [...gathered.values()];
}
