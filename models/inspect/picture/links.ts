/** The arrows of a picture, as pairs of boxes. */
import type { Lane, Picture } from './lane.js';

/** A box, as the index of its lane and its index in the lane. */
export interface Place {
  readonly lane: number;
  readonly box: number;
}

export interface Link {
  readonly from: Place;
  readonly to: Place;
  /** The names of the matrices at the arrow. */
  readonly text: string;
  /** Whether a state goes from one step to the next; otherwise one lane reads another. */
  readonly isState: boolean;
}

/** All arrows; those to and from omitted steps use the box that stands for them. */
export function linksOf({ lanes }: Picture): Link[] {
  return lanes.flatMap((lane, n) => [
    ...lane.from.flatMap((source) => upward(lanes[source]!, source, lane, n)),
    ...between(lane, n),
    ...continuing(lanes, lane, n),
  ]);
}

/** Arrows from a lane to one that reads it. */
function upward(source: Lane, from: number, target: Lane, to: number): Link[] {
  const text = target.inward.join(', ');
  const link = (a: number, b: number) => ({
    from: { lane: from, box: a },
    to: { lane: to, box: b },
    ...{ text, isState: false },
  });
  const each = (list: readonly unknown[], make: (n: number) => Link) =>
    list.flatMap((box, n) => (box === null ? [] : [make(n)]));
  if (target.kind === 'one' || (target.kind === 'bar' && target.name !== 'loss'))
    return [link(lastBox(source), 0)];
  if (target.kind === 'bar') return each(source.boxes, (n) => link(n, 0));
  const inColumn = (n: number) => n + target.start - source.start;
  const readAt = (n: number) => (target.reversed ? source.boxes.length - 1 - n : inColumn(n));
  return each(target.boxes, (n) => link(source.kind === 'steps' ? readAt(n) : 0, n));
}

/** The box of a lane that is computed last. */
export function lastBox({ boxes, recurrence }: Lane): number {
  return recurrence === 'backward' ? 0 : boxes.length - 1;
}

/** Arrows from step to step. */
function between({ boxes, recurrence, across }: Lane, lane: number): Link[] {
  if (!recurrence) return [];
  return boxes.slice(1).map((_, n) => {
    const [left, right] = [
      { lane, box: n },
      { lane, box: n + 1 },
    ];
    const [from, to] = recurrence === 'forward' ? [left, right] : [right, left];
    return { from, to, text: across.join(', '), isState: true };
  });
}

/** The arrow from the last state of one lane to the first step of another. */
function continuing(lanes: readonly Lane[], { continues }: Lane, lane: number): Link[] {
  if (continues === null) return [];
  const from = { lane: continues, box: lastBox(lanes[continues]!) };
  return [{ from, to: { lane, box: 0 }, text: '', isState: true }];
}
