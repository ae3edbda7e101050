/** The output of the programs. */
import { unroll, type GraphOptions, type Model } from '../../models/index.js';
import { whole, wrap } from '../common/printable.js';
import { print } from '../common/say.js';
import type { Example } from './topology.js';

/** The nodes of this many steps at the start are named, and those of the last step. */
const NAMED = 3;
/** The width of a line of names. */
const WIDTH = 91;

/** Prints the nodes of the unrolled graph in the order of execution; `...` stands for further steps. */
export function printGraph(model: Model, options: GraphOptions): void {
  const { nodes } = unroll(model, { ...options, batch: 1 });
  const shown = nodes.flatMap(({ name, time }, n) => {
    if (time === null) return [name];
    const layer = name.split('@')[0]!;
    const before = nodes.slice(0, n).filter((node) => node.name.startsWith(`${layer}@`)).length;
    const isLast = !nodes[n + 1]?.name.startsWith(`${layer}@`);
    if (before < NAMED || isLast) return [name];
    return before === NAMED ? ['...'] : [];
  });
  const count = `${nodes.length} nodes, ${whole(model.parameters.values.size)} parameters`;
  print(`graph    ${count}:`);
  for (const line of wrap(shown.join(' '), WIDTH)) print(`         ${line}`);
}

/** `73 -> seventy-three` */
export function printExample({ reads, says }: Example): void {
  const text = (parts: readonly string[]) => {
    const known = parts.filter((part) => part !== '');
    return known.join(known.some((part) => part.length > 1) ? ' ' : '');
  };
  print(`${text(reads)} -> ${text(says)}`);
}
