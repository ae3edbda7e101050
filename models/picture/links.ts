/** Who is connected with whom: the arrows of a picture, between places of boxes. */
import type { Lane, Picture } from './picture.js';

/** The place of a box: its lane, and its number there. */
export interface Place {
  readonly lane: number;
  readonly box: number;
}

export interface Link {
  readonly from: Place;
  readonly to: Place;
  /** The matrices on the way. */
  readonly text: string;
}

/** All arrows; those to and from a step that is left out have its place. */
export function linksOf({ lanes }: Picture): Link[] {
  return lanes.flatMap((lane, n) => [
    ...lane.from.flatMap((source) => upward(lanes[source]!, source, lane, n)),
    ...(lane.goesOnFrom === null ? [] : [goingOn(lanes[lane.goesOnFrom]!, lane.goesOnFrom, n)]),
    ...between(lane, n),
  ]);
}

/** From a lane to one that reads it. */
function upward(source: Lane, from: number, target: Lane, to: number): Link[] {
  const text = target.inward.join(', ');
  const link = (a: number, b: number) => ({ from: { lane: from, box: a }, to: { lane: to, box: b }, text });
  const each = (list: readonly unknown[], make: (n: number) => Link) =>
    list.flatMap((box, n) => (box === null ? [] : [make(n)]));
  if (target.kind === 'one' || (target.kind === 'bar' && target.name !== 'loss'))
    return [link(lastBox(source), 0)];
  if (target.kind === 'bar') return each(source.boxes, (n) => link(n, 0));
  // Both stand in the same column.
  return each(target.boxes, (n) => link(source.kind === 'steps' ? n + target.start - source.start : 0, n));
}

/** The last state of one lane is the first of another. */
const goingOn = (source: Lane, from: number, to: number): Link => ({
  from: { lane: from, box: lastBox(source) },
  to: { lane: to, box: 0 },
  text: '',
});

/** Where a lane ends: the box that was computed last. */
export function lastBox({ boxes, recurrence }: Lane): number {
  return recurrence === 'backward' ? 0 : boxes.length - 1;
}

/** From step to step. */
function between({ boxes, recurrence, across }: Lane, lane: number): Link[] {
  if (!recurrence) return [];
  return boxes.slice(1).map((_, n) => {
    const [left, right] = [
      { lane, box: n },
      { lane, box: n + 1 },
    ];
    const [from, to] = recurrence === 'forward' ? [left, right] : [right, left];
    return { from, to, text: across.join(', ') };
  });
}
