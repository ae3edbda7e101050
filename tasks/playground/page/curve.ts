/** A curve of losses. */

export type Point = readonly [step: number, loss: number];

/** More points than pixels are not drawn: neighbours are joined. */
const MOST_POINTS = 500;

/** A curve that never grows beyond `MOST_POINTS`, however long the run. */
export interface Curve {
  points: Point[];
  /** Batches that one point stands for. */
  width: number;
  sum: number;
  count: number;
}

export const newCurve = (): Curve => ({ points: [], width: 1, sum: 0, count: 0 });

export function addPoint(curve: Curve, [step, bits]: Point): void {
  curve.sum += bits;
  if (++curve.count < curve.width) return;
  curve.points.push([step, curve.sum / curve.count]);
  [curve.sum, curve.count] = [0, 0];
  if (curve.points.length < MOST_POINTS) return;
  curve.width *= 2;
  curve.points = curve.points.flatMap(([to, b], n, all) =>
    n % 2 ? [[to, (all[n - 1]![1] + b) / 2] as Point] : [],
  );
}
