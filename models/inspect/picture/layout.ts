/** The positions of a picture's boxes, in pixels. */
import { lastBox } from './links.js';
import type { Lane, Picture } from './lane.js';

/** The centre of a box, and its width. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** By lane and box. */
  readonly spots: readonly (readonly Spot[])[];
}

const [BOX, ROW, MARGIN] = [46, 84, 20];
/** The distance between steps; the wide one makes room for two directions side by side. */
const [COLUMN, WIDE_COLUMN] = [92, 136];
/** The distance of one direction's boxes from the middle of the column. */
const ASIDE = 27;
/** Letter widths in names and in weights. */
const [NAME_LETTER, WEIGHT_LETTER] = [8, 6.6];

export function layOut({ lanes }: Picture): Layout {
  const left = MARGIN + Math.max(...lanes.map(weightsWidth)) + 24;
  const column = lanes.some(({ side }) => side !== 0) ? WIDE_COLUMN : COLUMN;
  const columns = Math.max(...lanes.map(({ start, boxes }) => start + boxes.length));
  const width = left + column * columns + MARGIN / 2;
  const height = ROW * lanes.length + MARGIN;
  const middle = (n: number) => left + column * (n + 0.5);

  const spots: Spot[][] = [];
  lanes.forEach(({ name, kind, boxes, start, side, from }, n) => {
    const y = height - 54 - ROW * n;
    if (kind === 'steps')
      return spots.push(boxes.map((_, t) => ({ x: middle(start + t) + side * ASIDE, y, width: BOX })));
    if (kind === 'bar') {
      // As wide as the steps it reads; if it reads one vector, as wide as all columns.
      const covered =
        lanes[from[0]!]!.kind === 'steps' && name === 'loss' ? lanes[from[0]!]!.boxes.length : columns;
      return spots.push([
        { x: left + column * (start + covered / 2), y, width: column * (covered - 1) + BOX },
      ]);
    }
    // Above the box it reads; with two directions, midway between their last boxes.
    const below = from.map((source) => spots[source]![lastBox(lanes[source]!)]!.x);
    return spots.push([{ x: below.reduce((sum, x) => sum + x, 0) / below.length, y, width: BOX }]);
  });
  return { width, height, spots };
}

/** The text in a weight's box. */
export const weightContent = ({ name, shape }: Lane['weights'][number]) => `${name} ${shape.join('×')}`;

/** The width of a weight's box. */
export const weightWidth = (content: string) => WEIGHT_LETTER * content.length + 12;

function weightsWidth({ name, weights }: Lane): number {
  const boxes = weights.reduce((sum, weight) => sum + weightWidth(weightContent(weight)) + 5, 0);
  return Math.max(NAME_LETTER * name.length, boxes);
}
