/** The names in a group, and where the headers of what they name are. */
import type { HdfFile } from './file.js';
import type { Table } from './names.js';

const LINK = 2;

/**
 * In the order of the tree.
 * @throws InputError when they are damaged, or one is a link
 */
export function readNames(file: HdfFile, { tree, heap }: Table, group: string): Map<string, number> {
  const part = `the list of names of ${group || 'the root'}`;
  const head = file.fields(heap, 32, part, 'HEAP');
  head.take(4);
  const length = head.number(8);
  head.take(8);
  const texts = file.bytes(head.number(8), length, part);
  const names = new Map<string, number>();
  for (const leaf of leavesOf(file, tree, part)) {
    const symbols = file.fields(leaf, 8, part, 'SNOD');
    symbols.take(2);
    const count = symbols.number(2);
    const entries = file.fields(leaf + 8, 40 * count, part);
    for (let n = 0; n < count; n++) {
      const [from, at, kind] = [entries.number(8), entries.number(8), entries.number(4)];
      entries.take(20);
      const end = texts.indexOf(0, from);
      if (end <= from) throw file.damaged(part);
      const name = file.text(texts.subarray(from, end), part);
      if (kind === LINK) throw file.refuse(`${name} is a link to another name; Keras writes none`);
      if (name.includes('/') || names.has(name)) throw file.damaged(part);
      names.set(name, at);
    }
  }
  return names;
}

/** The lists of names below a node; `level` is its own, which the root alone may choose. */
function* leavesOf(file: HdfFile, at: number, part: string, level?: number): Generator<number> {
  file.once(at, part);
  const head = file.fields(at, 24, part, 'TREE');
  const [type, own, count] = [head.number(1), head.number(1), head.number(2)];
  if (type !== 0 || own !== (level ?? own)) throw file.damaged(part);
  // Keys between the children are where their names begin and end, which the names say themselves.
  const children = file.fields(at + 24, 16 * count + 8, part);
  for (let n = 0; n < count; n++) {
    children.take(8);
    const child = children.number(8);
    if (own > 0) yield* leavesOf(file, child, part, own - 1);
    else {
      file.once(child, part);
      yield child;
    }
  }
}
