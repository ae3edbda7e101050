/** Cuts examples into batches and writes them into the buffers of an unrolled graph. */
import type { Model } from '../graph/model.js';
import { createCarriedStates, type CarriedStates } from './carriedStates.js';
import type { Graph, UnrollOptions } from '../graph/graph.js';
import { keptGraph } from '../graph/keptGraphs.js';

/** A set of examples that can write themselves into a batch. */
export interface Examples {
  readonly count: number;
  /**
   * How a graph for them is unrolled; `fit` and evaluators take what their own `unroll` leaves out from here.
   * Default: nothing is left out.
   */
  readonly unroll?: Partial<GraphOptions>;
  /** Writes input and label of example `index` into row `row` of the graph's batch. */
  write(graph: Graph, row: number, index: number): void;
}

/** How to unroll the graph, except for the batch size. */
export type GraphOptions = Omit<UnrollOptions, 'batch'>;

export interface Batches {
  /**
   * Returns the graph, filled with examples `from` to `to`, exclusive, counted in the order `order`; its
   * stateful layers start from `states`.
   */
  readonly load: (examples: Examples, from: number, to: number, order?: Int32Array | null) => Graph;
  /** The states of stateful layers; the caller must `take` them from each graph after its pass. */
  readonly states: CarriedStates;
}

/** Uses one graph per batch size that occurs: the full batch, and the smaller last one. */
export function createBatches(model: Model, options: Partial<GraphOptions>): Batches {
  // Without steps, unroll says so.
  const shape = options as GraphOptions;
  const states = createCarriedStates();
  return {
    states,
    load(examples, from, to, order = null) {
      const batch = to - from;
      const graph = keptGraph(model, { ...shape, batch }, states);
      states.give(graph);
      for (let row = 0; row < batch; row++) {
        examples.write(graph, row, order ? order[from + row]! : from + row);
      }
      return graph;
    },
  };
}
