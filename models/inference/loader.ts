/** Fills graphs for inference: sequences of similar length together, in few shapes. */
import type { Sequences } from '../data/sequences.js';
import type { Graph } from '../graph/graph.js';
import type { Model } from '../graph/model.js';
import { createBatches, type Batches, type Examples } from '../training/batches.js';

export interface Loader {
  /** The examples in the order in which they are read. */
  readonly order: Int32Array;
  /** A graph filled with examples `from` to `to`, exclusive, of that order. It may have more rows and steps. */
  load(from: number, to: number): Graph;
  /** Keeps the states of stateful layers, after the pass of the graph loaded last. */
  keep(): void;
}

/** @param model may be one part of that for which the examples are */
export function createLoader(model: Model, examples: Sequences): Loader {
  const { lengths, count } = examples;
  const { steps: longest, mask: isRagged } = examples.unroll;
  const order = lengths.map((_, n) => n);
  if (isRagged) order.sort((a, b) => lengths[a]! - lengths[b]!);
  const mask = isRagged || roundUp(longest) !== longest;
  // Rows beyond the last example repeat it.
  const rounded: Examples = {
    count: roundUp(count),
    write: (graph, row, n) => examples.write(graph, row, order[Math.min(n, count - 1)]!),
  };
  const bySteps = new Map<number, Batches>();
  let keep = () => {};
  return {
    order,
    load(from, to) {
      let most = 0;
      for (let n = from; n < to; n++) most = Math.max(most, lengths[order[n]!]!);
      const steps = roundUp(most);
      let batches = bySteps.get(steps);
      if (!batches) bySteps.set(steps, (batches = createBatches(model, { steps, mask, training: false })));
      const { states } = batches;
      const graph = batches.load(rounded, from, from + roundUp(to - from));
      keep = () => states.take(graph);
      return graph;
    },
    keep: () => keep(),
  };
}

/**
 * The next of 4 sizes per octave: 1 to 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, ... So many sizes need few graphs,
 * with at most a quarter more rows or steps.
 */
export function roundUp(n: number): number {
  if (n <= 8) return n;
  const grain = 2 ** (Math.ceil(Math.log2(n)) - 3);
  return Math.ceil(n / grain) * grain;
}
