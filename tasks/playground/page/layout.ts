/**
 * Where things are in the picture of the unrolled graph: one column per step, that of the current step
 * wider.
 */
import type { Look } from '../protocol.js';

/** Rows share this height, within limits. */
const ALL_ROWS = 192;
const [LEAST_ROW, MOST_ROW] = [32, 60];
const TOP = 6;
/** Below the rows: the characters. */
const BELOW = 26;
const LEFT = 40;
/** The output, after the last step. */
const OUTPUT = 92;
const GAP = 6;
const LEAST_COLUMN = 15;

export interface Column {
  readonly x: number;
  readonly width: number;
}

/** A row of boxes: what is computed forward, and the gradient that is computed backward. */
export interface Row {
  readonly forward: string | null;
  readonly backward: string;
  readonly isState: boolean;
  readonly y: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly columns: readonly Column[];
  readonly output: Column;
  /** From the top: h, c, then the gates from the last to the first. */
  readonly rows: readonly Row[];
}

/** @param focus the step whose column is wide */
export function layOut({ forward, backward, steps, units }: Look, available: number, focus: number): Layout {
  const states = backward.filter((name) => !/^d[ap](_|$)/.test(name)).map((name) => name.slice(1));
  const gates = backward.filter((name) => /^d[ap](_|$)/.test(name));
  const pairs = [
    ...states.map((state) => ({ forward: state, backward: `d${state}`, isState: true })),
    ...[...gates].reverse().map((da) => {
      const gate = da.slice(3);
      return { forward: forward.includes(gate) ? gate : null, backward: da, isState: false };
    }),
  ];
  const rowHeight = Math.min(MOST_ROW, Math.max(LEAST_ROW, Math.floor(ALL_ROWS / pairs.length)));
  const rows = pairs.map((pair, n) => ({ ...pair, y: TOP + n * rowHeight, height: rowHeight }));
  const wide = Math.min(240, Math.max(130, units * 5));
  const least = LEFT + OUTPUT + wide + (steps - 1) * (LEAST_COLUMN + GAP) + GAP;
  const width = Math.max(available, least);
  const narrow = (width - LEFT - OUTPUT - wide - GAP * steps) / (steps - 1);
  const columns: Column[] = [];
  for (let t = 0, x = LEFT; t < steps; t++) {
    const own = t === focus ? wide : narrow;
    columns.push({ x, width: own });
    x += own + GAP;
  }
  const end = columns.at(-1)!;
  return {
    ...{ width, left: LEFT, columns, rows, height: TOP + rows.length * rowHeight + BELOW },
    output: { x: end.x + end.width + GAP, width: OUTPUT - GAP },
  };
}

/** A number in the picture. */
export interface Spot {
  readonly row: number;
  readonly t: number;
  readonly unit: number;
}

/** What is drawn. */
export interface Picture {
  readonly context: CanvasRenderingContext2D;
  readonly look: Look;
  readonly layout: Layout;
  /** Of the slider. */
  readonly position: number;
  readonly spot: Spot | null;
  /** How far the picture is moved to the left in its box, pixels. */
  readonly scrolled: number;
}

/** The number at a point, or the one nearest to it in its row; null: the point is in no box. */
export function spotAt({ columns, rows }: Layout, units: number, x: number, y: number): Spot | null {
  const row = rows.findIndex((one) => y >= one.y && y < one.y + one.height);
  const t = columns.findIndex((one) => x >= one.x && x < one.x + one.width);
  if (row < 0 || t < 0) return null;
  const { x: from, width } = columns[t]!;
  return { row, t, unit: Math.min(units - 1, Math.floor(((x - from) / width) * units)) };
}

/**
 * What the slider's position stands for: 0 to T forward, the steps that are done; T to 2T backward.
 * @returns the step at which the pass is, and the steps that have their gradients already
 */
export function timeAt(position: number, steps: number): { isBackward: boolean; focus: number } {
  const isBackward = position > steps;
  const focus = isBackward ? 2 * steps - position : Math.max(0, position - 1);
  return { isBackward, focus };
}

/** The number that a key leads to; null: the key means nothing here, or leads out of the picture. */
export function nextSpot(
  { row, t, unit }: Spot,
  key: string,
  { steps, units }: Look,
  rows: number,
): Spot | null {
  const moves: Record<string, Spot> = {
    ArrowLeft: unit > 0 ? { row, t, unit: unit - 1 } : { row, t: t - 1, unit: units - 1 },
    ArrowRight: unit < units - 1 ? { row, t, unit: unit + 1 } : { row, t: t + 1, unit: 0 },
    ArrowUp: { row: row - 1, t, unit },
    ArrowDown: { row: row + 1, t, unit },
    PageUp: { row, t: t - 1, unit },
    PageDown: { row, t: t + 1, unit },
  };
  const next = moves[key];
  return next && next.t >= 0 && next.t < steps && next.row >= 0 && next.row < rows ? next : null;
}
