/**
 * Packs each weight matrix that a thread uses more than once: its first turn begins with copying the matrix into
 * the order in which the product reads it.
 */
import type { Call } from './record.js';

/** Columns of a packed panel; see assembly/tile.ts. */
const PANEL = 16;

/** Where panels begin: at cache lines. */
const ALIGNMENT = 64;

/**
 * The same turns of calls, with `pack` in front where it pays, and `gemmPacked` instead of `gemm`.
 * @param isConstant whether no turn changes the memory at this address
 * @param reserve    returns the address of that many bytes for all copies
 */
export function packOnce(
  turns: readonly (readonly Call[])[],
  isConstant: (address: number) => boolean,
  reserve: (bytes: number) => number,
): Call[][] {
  const copies = findCopies(turns.flat(), isConstant);
  const room = reserve([...copies.values()].reduce((sum, { bytes }) => sum + bytes, 0));
  const replaced = turns.map((calls) =>
    calls.map((call): Call => {
      const copy = copies.get(matrixOf(call)!);
      if (!copy) return call;
      const { args } = call;
      return { name: 'gemmPacked', args: [...args.slice(0, 5), room + copy.offset, ...args.slice(8)] };
    }),
  );
  const packs = [...copies.values()].map(({ offset, matrix }) => ({
    name: 'pack',
    args: [room + offset, ...matrix],
  }));
  replaced.find(({ length }) => length > 0)?.unshift(...packs);
  return replaced;
}

interface Copy {
  readonly offset: number;
  readonly bytes: number;
  /** Address, strides, N and K: the arguments of `pack`. */
  readonly matrix: readonly number[];
}

/** The constant matrices that are used more than once, by identity. */
function findCopies(calls: readonly Call[], isConstant: (address: number) => boolean): Map<string, Copy> {
  const seen = new Set<string>();
  const copies = new Map<string, Copy>();
  let offset = 0;
  for (const call of calls) {
    const name = matrixOf(call);
    if (!name || copies.has(name) || !isConstant(call.args[5]!)) continue;
    if (!seen.has(name)) {
      seen.add(name);
      continue;
    }
    const matrix = [5, 6, 7, 9, 10].map((position) => call.args[position]!);
    const [N, K] = matrix.slice(3) as [number, number];
    const size = 4 * K * Math.ceil(N / PANEL) * PANEL;
    const bytes = Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    copies.set(name, { offset, bytes, matrix });
    offset += bytes;
  }
  return copies;
}

/** The identity of a product's right-hand matrix: address, strides and shape. */
function matrixOf({ name, args }: Call): string | null {
  return name === 'gemm' ? [args[5], args[6], args[7], args[9], args[10]].join(' ') : null;
}
