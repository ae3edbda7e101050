/**
 * Packs each weight matrix that a thread uses more than once: its first turn begins with copying the matrix into
 * the order in which the product reads it.
 */
import type { Call } from './record.js';

/** Columns of a packed panel; see assembly/tile.ts. */
const PANEL = 16;

/**
 * The same turns of calls, with `pack` in front where it pays, and `gemmPacked` instead of `gemm`.
 * @param isConstant whether no turn changes the memory at this address
 * @param reserve    returns the address of that many bytes for the matrix of this name
 */
export function packOnce(
  turns: readonly (readonly Call[])[],
  isConstant: (address: number) => boolean,
  reserve: (name: string, bytes: number) => number,
): Call[][] {
  const uses = new Map<string, number>();
  for (const call of turns.flat()) {
    const name = matrixOf(call);
    if (name && isConstant(call.args[5]!)) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const packed = new Map<string, number>();
  const packs: Call[] = [];
  const replace = (call: Call): Call => {
    const name = matrixOf(call);
    if (!name || (uses.get(name) ?? 0) < 2) return call;
    const [out, outRow, a, aRow, aColumn, b, bRow, bColumn, M, N, K, accumulate] = call.args as number[] & {
      length: 12;
    };
    let place = packed.get(name);
    if (place === undefined) {
      place = reserve(name, 4 * K! * Math.ceil(N! / PANEL) * PANEL);
      packed.set(name, place);
      packs.push({ name: 'pack', args: [place, b!, bRow!, bColumn!, N!, K!] });
    }
    return { name: 'gemmPacked', args: [out!, outRow!, a!, aRow!, aColumn!, place, M!, N!, K!, accumulate!] };
  };
  const replaced = turns.map((calls) => calls.map(replace));
  replaced.find(({ length }) => length > 0)?.unshift(...packs);
  return replaced;
}

/** The identity of a product's right-hand matrix: address, strides and shape. */
function matrixOf({ name, args }: Call): string | null {
  return name === 'gemm' ? [args[5], args[6], args[7], args[9], args[10]].join(' ') : null;
}
