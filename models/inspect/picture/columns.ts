/** The columns of a picture: which steps are shown, and which are omitted. */
import type { UnrolledLayer } from '../../graph/graph.js';
import type { GraphNode } from '../../layers/node.js';
import type { Signal } from '../../layers/signal.js';

/** Longer sequences are shortened to their first and last steps. */
const MOST_STEPS = 7;
const ENDS = 3;

/** Whether the layer has a decoder: its output has only the decoder's steps, not those of the encoder. */
export const isShorter = (output: Signal, input: Signal) =>
  input.steps !== null && output.steps !== null && output.steps < input.steps;

/**
 * The lengths of the parts of each layer's input sequence and, at the end, of the last layer's output. An
 * encoder and its decoder read one part each; a vector has no parts.
 */
export function partsOfSequences(layers: readonly UnrolledLayer[]): number[][] {
  const { output } = layers.at(-1)!;
  const parts: number[][] = [output.steps === null ? [] : [output.steps]];
  for (const { input, output } of [...layers].reverse()) {
    const above = parts[0]!;
    if (input.steps === null) parts.unshift([]);
    else if (isShorter(output, input)) parts.unshift([input.steps - output.steps!, ...above]);
    else parts.unshift(input.steps === output.steps ? above : [input.steps]);
  }
  return parts;
}

/** Step numbers, with null in place of the steps omitted from a part. */
export function shownSteps(parts: readonly number[]): (number | null)[] {
  let before = 0;
  return parts.flatMap((T) => {
    const all = Array.from({ length: T }, (_, t) => before + t);
    before += T;
    return T <= MOST_STEPS ? all : [...all.slice(0, ENDS), null, ...all.slice(-ENDS)];
  });
}

/** The nodes of single steps, by the part of the name before `@`, in execution order. */
export function stepsByLane(nodes: readonly GraphNode[]): Map<string, GraphNode[]> {
  const lanes = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    if (node.time === null) continue;
    const lane = node.name.slice(0, node.name.lastIndexOf('@'));
    lanes.set(lane, [...(lanes.get(lane) ?? []), node]);
  }
  return lanes;
}
