/**
 * Memory that threads would write and read as a whole in the same stretch of calls. A product reads all of
 * its right-hand matrix, whichever rows it computes; if other calls write that matrix by rows, each thread
 * would read what the others may not have written yet. Cells and layers of the library never do this.
 */
import type { Partition } from './partition.js';
import type { Call } from './record.js';

/** From a byte address to another, exclusive. */
export type Range = readonly [from: number, to: number];

type Extent = (args: readonly number[]) => Range;

/** A matrix: the positions, in the arguments, of its address, its row stride, and its numbers of rows and columns. */
const matrix =
  (address: number, stride: number, rows: number, columns: number): Extent =>
  (args) => {
    // 0 is no pointer.
    const entries = args[address] ? (args[rows]! - 1) * args[stride]! + args[columns]! : 0;
    return [args[address]!, args[address]! + 4 * entries];
  };

/** A vector: the positions of its address and its length. */
const vector =
  (address: number, length: number): Extent =>
  (args) => [args[address]!, args[address]! + 4 * args[length]!];

/** An operand of a product, which may be transposed: the positions of two numbers of entries, each before its stride. */
const operand =
  (address: number, n: number, m: number): Extent =>
  (args) => {
    const entries = (args[n]! - 1) * args[address + 1]! + (args[m]! - 1) * args[address + 2]! + 1;
    return [args[address]!, args[address]! + 4 * entries];
  };

const written: Readonly<Record<string, Extent>> = {
  fill: matrix(0, 1, 2, 3),
  scale: matrix(0, 1, 2, 3),
  clamp: matrix(0, 1, 2, 3),
  copy: matrix(0, 1, 4, 5),
  add: matrix(0, 1, 4, 5),
  multiply: matrix(0, 1, 6, 7),
  gemm: matrix(0, 1, 8, 9),
  setRows: matrix(0, 1, 3, 4),
  sumRows: vector(0, 4),
  gather: matrix(0, 1, 6, 8),
  scatterAdd: matrix(0, 1, 7, 8),
  copyMasked: matrix(0, 1, 6, 7),
  softmax: matrix(0, 1, 4, 5),
  normalize: matrix(0, 1, 5, 6),
  normalizeBackward: matrix(0, 1, 7, 8),
  softmaxCrossEntropy: matrix(1, 7, 6, 7),
  binaryCrossEntropy: matrix(1, 6, 5, 6),
  meanSquaredError: matrix(1, 6, 5, 6),
};

/** What a call reads as a whole when its rows, or its columns, are shared out. */
const readWhole: Readonly<Record<'rows' | 'columns', Readonly<Record<string, Extent>>>> = {
  rows: { gemm: operand(5, 10, 9), setRows: vector(2, 4), gather: matrix(2, 3, 7, 8) },
  columns: { gemm: operand(2, 8, 10) },
};

/** The memory that calls write; a loop of a cell may write each tensor that is not shared. */
export function writtenBy(calls: readonly Call[], loops: Readonly<Record<string, Partition>>): Range[] {
  return calls.flatMap(({ name, args }) => {
    if (written[name]) return [written[name](args)];
    const { count, pointers } = loops[name] ?? { count: 0, pointers: [] };
    return pointers
      .filter(([, distance]) => distance(args) > 0)
      .map(([position, distance]): Range => {
        const address = args[position]!;
        return [address, address + 4 * args[count]! * distance(args)];
      });
  });
}

/** Whether a call reads as a whole what another writes. */
export function haveConflict(
  calls: readonly Call[],
  writes: readonly Range[],
  by: 'rows' | 'columns',
): boolean {
  const reads = new Map<string, Range>();
  for (const { name, args } of calls) {
    const range = readWhole[by][name]?.(args);
    if (range) reads.set(range.join(), range);
  }
  return [...reads.values()].some((read) => writes.some((write) => overlap(read, write)));
}

export const overlap = (a: Range, b: Range): boolean => a[0] < b[1] && b[0] < a[1];

export const contains = ([from, to]: Range, address: number): boolean => from <= address && address < to;
