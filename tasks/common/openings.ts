/** How far the gates of a recurrent layer open, step by step. */
import { argmax, type LayerTrace, type Tensor } from '../../models/index.js';

/** The opening of a gate at each step. */
export interface Openings {
  readonly gate: string;
  /** The mean over its units. */
  readonly mean: readonly number[];
  /** The unit that varies most. */
  readonly liveliest: readonly number[];
}

/** @param last the number of steps at the end that are wanted */
export const openings = ({ gates }: LayerTrace, last: number): Openings[] =>
  Object.entries(gates)
    .filter(([, values]) => isGate(values))
    .map(([gate, values]) => ({ gate, ...openingsOf(values, last) }));

/** `0.52 (0.93)`: the mean and the liveliest unit at a step. */
export const opening = ({ mean, liveliest }: Openings, n: number): string =>
  `${mean[n]!.toFixed(2)} (${liveliest[n]!.toFixed(2)})`;

/** The output of a sigmoid is above 0. One that falls below comes from a tanh: a candidate, not a gate. */
const isGate = ({ data }: Tensor) => data.every((value) => value >= 0);

/** From [T,1,H], for each of the last steps: the mean over the units, and the unit that varies most. */
function openingsOf({ data, shape }: Tensor, last: number) {
  const [T, , H] = shape as [number, number, number];
  const steps = Array.from({ length: last }, (_, n) =>
    data.subarray((T - last + n) * H, (T - last + n + 1) * H),
  );
  const units = Array.from({ length: H }, (_, unit) => steps.map((step) => step[unit]!));
  const movement = units.map((values) => Math.max(...values) - Math.min(...values));
  const liveliest = units[argmax(movement, 0, H)]!;
  return { mean: steps.map(meanOf), liveliest };
}

export const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
