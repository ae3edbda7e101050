/**
 * Partitions calls into parts that run at the same time.
 *
 * Calls that compute rows of examples are partitioned by example, and calls that sum over examples by the
 * columns of the sum. So each number is computed by one thread, in the same order, and results are
 * bit-identical for any number of parts.
 */
import type { Call } from './record.js';

/**
 * The position of a count in a function's arguments, and how far its pointers advance per unit of the count.
 */
export interface Partition {
  readonly count: number;
  /** For each pointer, its position and its distance in entries of 4 bytes. */
  readonly pointers: readonly (readonly [position: number, distance: (args: readonly number[]) => number])[];
}

const at = (position: number) => (args: readonly number[]) => args[position]!;
const entries = (n: number) => () => n;

const losses = (target: Partition['pointers'][number], weights: number, count: number): Partition => ({
  count,
  // The row losses, one float64 each; dx; x.
  pointers: [[0, entries(2)], [1, at(count + 1)], [2, at(count + 1)], target, [weights, entries(1)]],
});

const byRow: Readonly<Record<string, Partition>> = {
  fill: { count: 2, pointers: [[0, at(1)]] },
  scale: { count: 2, pointers: [[0, at(1)]] },
  clamp: { count: 2, pointers: [[0, at(1)]] },
  copy: {
    count: 4,
    pointers: [
      [0, at(1)],
      [2, at(3)],
    ],
  },
  add: {
    count: 4,
    pointers: [
      [0, at(1)],
      [2, at(3)],
    ],
  },
  multiply: {
    count: 6,
    pointers: [
      [0, at(1)],
      [2, at(3)],
      [4, at(5)],
    ],
  },
  gemm: {
    count: 8,
    pointers: [
      [0, at(1)],
      [2, at(3)],
    ],
  },
  setRows: { count: 3, pointers: [[0, at(1)]] },
  gather: {
    count: 6,
    pointers: [
      [0, at(1)],
      [4, at(5)],
    ],
  },
  copyMasked: {
    count: 6,
    pointers: [
      [0, at(1)],
      [2, at(3)],
      [4, at(5)],
    ],
  },
  softmax: {
    count: 4,
    pointers: [
      [0, at(1)],
      [2, at(3)],
    ],
  },
  normalize: {
    count: 5,
    pointers: [
      [0, at(1)],
      [2, at(3)],
      [4, entries(1)],
    ],
  },
  normalizeBackward: {
    count: 7,
    pointers: [
      [0, at(1)],
      [2, at(3)],
      [4, at(5)],
      [6, entries(1)],
    ],
  },
  findNoClass: {
    count: 3,
    pointers: [
      [0, at(1)],
      [2, entries(1)],
    ],
  },
  softmaxCrossEntropy: losses([3, at(4)], 5, 6),
  binaryCrossEntropy: losses([3, at(6)], 4, 5),
  meanSquaredError: losses([3, at(6)], 4, 5),
};

/** Calls that each part makes as they are: what they compute is the thread's own. */
const whole = new Set(['weighRows']);

const byColumn: Readonly<Record<string, Partition>> = {
  fill: { count: 3, pointers: [[0, entries(1)]] },
  setRows: {
    count: 4,
    pointers: [
      [0, entries(1)],
      [2, entries(1)],
    ],
  },
  gather: {
    count: 8,
    pointers: [
      [0, entries(1)],
      [2, entries(1)],
    ],
  },
  gemm: {
    count: 9,
    pointers: [
      [0, entries(1)],
      [5, at(7)],
    ],
  },
  sumRows: {
    count: 4,
    pointers: [
      [0, entries(1)],
      [1, entries(1)],
    ],
  },
  scatterAdd: {
    count: 8,
    pointers: [
      [0, entries(1)],
      [4, entries(1)],
    ],
  },
};

/** Columns are split in multiples of this, which keeps the tiles of the matrix product whole. */
const COLUMNS = 16;
/** Rows are split in pairs, for the same reason. */
const ROWS = 2;

/**
 * Calls of fewer multiplications, roughly, finish before another thread would start: one thread makes them.
 */
const FEW = 500_000;
/** The cost of an entry of a loop with exponentials, in multiplications of a product. */
const LOOP = 50;

/** Whether one thread should make these calls. */
export function isSmall(calls: readonly Call[]): boolean {
  let work = 0;
  for (const { name, args } of calls) {
    if (name === 'gemm') work += args[8]! * args[9]! * args[10]!;
    else if (!byRow[name] && !byColumn[name] && !whole.has(name)) work += LOOP * args[0]! * args[1]!;
  }
  return work < FEW;
}

/**
 * A matrix of more entries does not stay in a core's second cache from one time step to the next: sharing out its
 * columns is then worth the wait for each other at every step, which costs some microseconds.
 */
const LARGE = 300_000;

/** Calls that the threads share out in one way, and wait for each other. */
export interface Turn {
  readonly calls: readonly Call[];
  readonly partition: number | 'columns';
}

/**
 * The calls in turns: the product of a time step with a large matrix is shared out by columns, so that each thread
 * reads a part of the matrix instead of all of it.
 */
export function turnsOf(calls: readonly Call[], partition: number | 'columns'): Turn[] {
  const turns: { calls: Call[]; partition: number | 'columns' }[] = [];
  for (const call of calls) {
    const { name, args } = call;
    const isLarge = name === 'gemm' && args[8] === partition && args[9]! * args[10]! > LARGE;
    const by = isLarge ? 'columns' : partition;
    if (turns.at(-1)?.partition === by) turns.at(-1)!.calls.push(call);
    else turns.push({ calls: [call], partition: by });
  }
  return turns;
}

/** Partitions a cell's loop by rows: its n-th tensor has rows of `widths[n]`·H entries; 0 if it is shared. */
export function loopPartition(widths: readonly number[]): Partition {
  return {
    count: 0,
    pointers: widths.map((width, n) => [2 + n, (args: readonly number[]) => width * args[1]!] as const),
  };
}

/**
 * The calls in `parts` parts. The rows of each call are those of the examples, once or repeatedly.
 * @returns null if some call cannot be partitioned, or there are too few examples
 */
export function partitionRows(
  calls: readonly Call[],
  loops: Readonly<Record<string, Partition>>,
  batch: number,
  parts: number,
): Call[][] | null {
  const size = Math.ceil(batch / parts / ROWS) * ROWS;
  if (parts < 2 || size * (parts - 1) >= batch) return null;
  const partitions = calls.map(({ name }) => byRow[name] ?? loops[name]);
  const fits = ({ name, args }: Call, n: number) =>
    whole.has(name) || (partitions[n] && args[partitions[n].count]! % batch === 0);
  if (!calls.every(fits)) return null;

  return Array.from({ length: parts }, (_, part) => {
    const from = part * size;
    const to = Math.min(from + size, batch);
    return calls.flatMap((call, n) => {
      if (whole.has(call.name)) return [call];
      const partition = partitions[n]!;
      const times = call.args[partition.count]! / batch;
      return Array.from({ length: times }, (_, t) =>
        slice(call, partition, t * batch + from, t * batch + to),
      );
    });
  });
}

/** The calls, each of which adds to its own columns, in `parts` parts; or null as above. */
export function partitionColumns(calls: readonly Call[], parts: number): Call[][] | null {
  if (parts < 2 || calls.some(({ name }) => !byColumn[name])) return null;
  return Array.from({ length: parts }, (_, part) =>
    calls.flatMap((call) => {
      const partition = byColumn[call.name]!;
      const all = call.args[partition.count]!;
      const border = (n: number) => Math.min(all, Math.ceil((all * n) / parts / COLUMNS) * COLUMNS);
      const [from, to] = [border(part), border(part + 1)];
      return from < to ? [slice(call, partition, from, to)] : [];
    }),
  );
}

function slice({ name, args }: Call, { count, pointers }: Partition, from: number, to: number): Call {
  const part = [...args];
  part[count] = to - from;
  // 0 is no pointer.
  for (const [position, distance] of pointers) {
    if (args[position]) part[position]! += 4 * from * distance(args);
  }
  return { name, args: part };
}
