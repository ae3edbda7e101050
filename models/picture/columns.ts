/** The columns of a picture: which steps stand in them, and which are left out. */
import type { Level } from '../anatomy.js';
import type { GraphNode } from '../layer.js';

/** Sequences of more steps are shortened to their first and last ones. */
const MOST_STEPS = 7;
const ENDS = 3;

/**
 * Step numbers, null in the place of those that are left out.
 * @param cut the steps before it and those from it on are shortened each by themselves; null: all as one
 */
export function shownSteps(T: number, cut: number | null): (number | null)[] {
  if (cut !== null)
    return [...shownSteps(cut, null), ...shownSteps(T - cut, null).map((t) => (t === null ? t : t + cut))];
  const all = Array.from({ length: T }, (_, t) => t);
  return T <= MOST_STEPS ? all : [...all.slice(0, ENDS), null, ...all.slice(-ENDS)];
}

/** Where the steps that level n reads are cut, because it or one above it has two parts that follow one another; null: nowhere. */
export function cutOf(levels: readonly Level[], n: number): number | null {
  const level = levels[n];
  if (!level) return null;
  const { nodes, input, output } = level;
  const cut = handover(nodes, input.steps);
  if (cut !== null || output.steps !== input.steps || output.repeated !== input.repeated) return cut;
  return cutOf(levels, n + 1);
}

/** The first step of the second part, where a layer has two of which each reads the steps that the other does not; else null. */
export function handover(nodes: readonly GraphNode[], T: number | null): number | null {
  const [first, second] = [...stepsByLane(nodes).values()];
  return first && second && first.length + second.length === T ? first.length : null;
}

/** The nodes of single steps, by what stands before `@`; in execution order. */
export function stepsByLane(nodes: readonly GraphNode[]): Map<string, GraphNode[]> {
  const lanes = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    if (node.time === null) continue;
    const lane = node.name.slice(0, node.name.lastIndexOf('@'));
    lanes.set(lane, [...(lanes.get(lane) ?? []), node]);
  }
  return lanes;
}
