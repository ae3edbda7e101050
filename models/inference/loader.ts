/** Fills graphs for inference: sequences of similar length together, in few shapes. */
import type { Sequences } from '../data/sequences.js';
import type { Graph } from '../graph/graph.js';
import type { Model } from '../graph/model.js';
import { createBatches, type Batches, type Examples } from '../training/batches.js';

export interface Loader {
  /** The examples in the order in which they are read. */
  readonly order: Int32Array;
  /** A graph filled with examples `from` to `to`, exclusive, of that order; it may have more rows. */
  load(from: number, to: number): Graph;
  /** Keeps the states of stateful layers, after the pass of the graph loaded last. */
  keep(): void;
}

/**
 * @param model may be one part of that for which the examples are
 * @param batch the most examples that will be loaded at once
 */
export function createLoader(model: Model, examples: Sequences, batch: number): Loader {
  const { lengths, count } = examples;
  const { steps: longest, mask: isRagged } = examples.unroll;
  const order = lengths.map((_, n) => n);
  if (isRagged) order.sort((a, b) => lengths[a]! - lengths[b]!);
  // Many sequences of one length are worth a graph of their own; others share masked ones.
  const isUniform = !isRagged && count >= batch;
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
      const steps = isUniform ? longest : roundUp(most);
      const shape = { steps, mask: !isUniform, training: false };
      let batches = bySteps.get(steps);
      if (!batches) bySteps.set(steps, (batches = createBatches(model, shape)));
      const { states } = batches;
      const graph = batches.load(rounded, from, from + roundUp(to - from));
      keep = () => states.take(graph);
      return graph;
    },
    keep: () => keep(),
  };
}

/**
 * The next of 2 sizes per octave: 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, ... So sequences of many lengths need
 * few graphs; steps that are padding in every row cost next to nothing.
 */
export function roundUp(n: number): number {
  if (n <= 4) return n;
  const grain = 2 ** (Math.ceil(Math.log2(n)) - 2);
  return Math.ceil(n / grain) * grain;
}
