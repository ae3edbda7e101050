/** Some steps of a sequence. */
import type { NodeReader } from './node.js';
import type { Axis, Steps } from './values.js';

export interface Slice {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export function stepsOf(
  node: NodeReader,
  axis: Axis,
  { from, to, step }: Slice,
): Steps | 'all' | 'backwards' {
  const end = axis.size ?? Infinity;
  const BEYOND = 2 ** 31 - 1;
  const isToEnd = to >= Math.min(end, BEYOND);
  if (step === 1 && from === 0 && isToEnd) return 'all';
  if (step === -1 && (from === -1 || from === end - 1) && to < -Math.min(end, BEYOND)) return 'backwards';
  const isTime = axis.role === 'time' || axis.role === 'any';
  if (step !== 1 || from < 0 || to <= from || !isTime || axis.of)
    throw node.refuse(`it takes places ${from} to ${to} by ${step} of the axis of ${axis.role}`);
  return { from, to: isToEnd ? Infinity : to };
}

const partsOfAxes = new WeakMap<Axis, Map<string, Axis>>();

/** The axis of some steps, the same for the same ones. */
export function partOf(axis: Axis, { from, to }: NonNullable<Steps>): Axis {
  const known = partsOfAxes.get(axis) ?? new Map<string, Axis>();
  partsOfAxes.set(axis, known);
  const key = `${from} ${to}`;
  const end = to === Infinity ? axis.size : to;
  const part = known.get(key) ?? { role: axis.role, size: end && end - from, of: axis };
  known.set(key, part);
  return part;
}
