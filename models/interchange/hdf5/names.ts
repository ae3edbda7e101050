/** The names in a group: a heap with the names, and a B-tree that finds them in order. */
import { concatenate } from '../../weights/digest.js';
import { pack, type Field } from '../littleEndian.js';
import { encodeText, NOWHERE, padded, type Parts } from './pieces.js';

/** Entries of a leaf, and children of a node: the superblock says half of these. */
export const [LEAF, NODE] = [8, 32];
const ENTRY_BYTES = 40;
const NODE_BYTES = 24 + 8 * (2 * NODE + 1);

/** Where a group's tree and heap are. */
export interface Table {
  readonly tree: number;
  readonly heap: number;
}

/** A child of a group. */
export interface Entry {
  readonly name: Uint8Array;
  /** Where its header is. */
  readonly at: number;
  /** Its own names, if it is a group. */
  readonly table: Table | null;
}

/** What a node of the tree has below it. */
interface Branch {
  readonly at: number;
  /** Where in the heap its last name is. */
  readonly last: number;
}

/** An entry of a leaf; the superblock has one as well, of the root. */
export const entryOf = (name: number, { at, table }: Pick<Entry, 'at' | 'table'>): Uint8Array =>
  table
    ? pack([8, name], [8, at], [8, 1], [8, table.tree], [8, table.heap])
    : pack([8, name], [8, at], new Uint8Array(24));

/** Writes the names of a group, in the order of their bytes. */
export function writeNames(entries: readonly Entry[], parts: Parts): Table {
  const sorted = [...entries].sort((a, b) => compare(a.name, b.name));
  // A name of nothing comes before all.
  const chunks: Uint8Array[] = [new Uint8Array(8)];
  let end = 8;
  const leaves: Branch[] = [];
  for (let n = 0; n < sorted.length; n += LEAF) {
    let last = 0;
    const symbols = sorted.slice(n, n + LEAF).map((entry) => {
      const name = padded(pack(entry.name, [1, 0]));
      chunks.push(name);
      last = end;
      end += name.length;
      return entryOf(last, entry);
    });
    const leaf = pack(encodeText('SNOD'), [2, 1], [2, symbols.length], ...symbols);
    leaves.push({ at: parts.put(resized(leaf, 8 + LEAF * ENTRY_BYTES)), last });
  }
  const segment = parts.put(concatenate(chunks));
  // 1: nothing of it is free.
  const heap = parts.put(pack(encodeText('HEAP'), [4, 0], [8, end], [8, 1], [8, segment]));
  return { tree: writeTree(leaves, parts), heap };
}

/** Level by level, until one node has all. @returns where that is */
function writeTree(leaves: readonly Branch[], { put, end }: Parts): number {
  let below = leaves;
  for (let level = 0; ; level++) {
    const first = end();
    const count = Math.max(1, Math.ceil(below.length / NODE));
    const nodes = Array.from({ length: count }, (_, n): Branch => {
      const branches = below.slice(n * NODE, (n + 1) * NODE);
      // Each child is between two keys: the last name before it, and its own last.
      const before = n > 0 ? below[n * NODE - 1]!.last : 0;
      const left: Field = n > 0 ? [8, first + (n - 1) * NODE_BYTES] : NOWHERE;
      const right: Field = n < count - 1 ? [8, first + (n + 1) * NODE_BYTES] : NOWHERE;
      const head = pack(encodeText('TREE'), [1, 0], [1, level], [2, branches.length], left, right);
      const keys = branches.map(({ at, last }) => pack([8, at], [8, last]));
      return {
        at: put(resized(pack(head, [8, before], ...keys), NODE_BYTES)),
        last: branches.at(-1)?.last ?? 0,
      };
    });
    if (count === 1) return nodes[0]!.at;
    below = nodes;
  }
}

const resized = (bytes: Uint8Array, length: number) => pack(bytes, new Uint8Array(length - bytes.length));

function compare(a: Uint8Array, b: Uint8Array): number {
  const n = a.findIndex((byte, at) => byte !== b[at]);
  return n < 0 ? a.length - b.length : a[n]! - (b[n] ?? -1);
}
