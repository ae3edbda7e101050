/** A table of counts as a picture: the larger the share of its row, the stronger a cell's colour. */
import * as Plot from '@observablehq/plot';
import { drawPlot, type Svg } from './svg.js';

export interface Cell {
  /** Places in the list of labels. */
  readonly truth: number;
  readonly prediction: number;
  readonly count: number;
  /** Of the examples with this truth, 0 to 1. */
  readonly share: number;
}

/** The column for all labels that have none of their own. */
const OTHERS = -1;
const OTHERS_NAME = 'others';
/** A single mistake is still seen, and numbers can be read on the strongest colour. */
const [FAINTEST, STRONGEST] = [0.12, 0.6];
/** Of the letters, in pixels. */
const LETTER = 7.5;
const LONGEST_NAME = 10;

/** @param shown which labels have a row and a column, in this order */
export function drawHeatMap(
  title: string,
  labels: readonly string[],
  shown: readonly number[],
  cells: readonly Cell[],
): Svg {
  const visible = gather(shown, cells);
  const others = visible.some(({ prediction }) => prediction === OTHERS);
  const columns = others ? [...shown, OTHERS] : shown;
  const name = (column: number) => (column === OTHERS ? OTHERS_NAME : shorten(labels[column]!));
  const longest = Math.max(...columns.map((column) => name(column).length));
  const width = Math.max(52, LETTER * longest + 6);
  const marginLeft = LETTER * longest + 40;

  return drawPlot(
    {
      width: marginLeft + width * columns.length,
      height: 56 + 28 * shown.length,
      marginLeft,
      marginTop: 52,
      marginRight: 0,
      marginBottom: 4,
      padding: 0.04,
      style: { fontSize: '12px', background: 'none' },
      x: {
        domain: columns,
        axis: 'top',
        tickFormat: name,
        tickSize: 0,
        label: 'prediction',
        labelOffset: 46,
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
        Plot.frame({ fill: 'var(--shade)', stroke: 'none' }),
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

const shorten = (label: string) =>
  label.length > LONGEST_NAME ? `${label.slice(0, LONGEST_NAME - 1)}…` : label;

const colorOf = ({ truth, prediction }: Cell) => (truth === prediction ? 'var(--right)' : 'var(--wrong)');

/** With the root: mistakes are a few of a hundred, and must be seen. */
const opacityOf = ({ share }: Cell) => FAINTEST + (STRONGEST - FAINTEST) * Math.sqrt(share);

/** The cells of the shown rows that are not empty; predictions that are not shown fall into one. */
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
