/** Cuts examples into batches and writes them into the buffers of an unrolled graph. */
import type { Model } from '../graph/model.js';
import { createCarriedStates, type CarriedStates } from './carriedStates.js';
import type { Graph, UnrollOptions } from '../graph/graph.js';
import { exampleNumbers } from '../graph/invalidData.js';
import { keptGraph } from '../graph/keptGraphs.js';
import { watchWrites } from './watchedWrites.js';

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
  /** The same in batches of `size`, the last of which may be smaller: each is loaded when it is asked for. */
  readonly each: (
    examples: Examples,
    from: number,
    to: number,
    size: number,
    order?: Int32Array | null,
  ) => Iterable<Graph>;
  /** The states of stateful layers; who calls `load` must `take` them from each graph after its pass. */
  readonly states: CarriedStates;
}

/** Uses one graph per batch size that occurs: the full batch, and the smaller last one. */
export function createBatches(model: Model, options: Partial<GraphOptions>): Batches {
  // Without steps, unroll says so.
  const shape = options as GraphOptions;
  const states = createCarriedStates();
  const seen = new WeakSet<Graph>();

  function load(examples: Examples, from: number, to: number, order: Int32Array | null = null): Graph {
    const graph = keptGraph(model, { ...shape, batch: to - from }, states);
    const numberOf = (row: number) => (order ? order[from + row]! : from + row);
    exampleNumbers.set(graph, numberOf);
    states.give(graph);
    let row = 0;
    // The first batch shows how examples write; later ones are written as fast as can be.
    const isFirst = shape.loss && !seen.has(graph);
    const written = isFirst ? watchWrites(unwritten(graph), () => numberOf(row)) : graph;
    seen.add(graph);
    for (; row < graph.batch; row++) examples.write(written, row, numberOf(row));
    return graph;
  }

  return {
    states,
    load,
    *each(examples, from, to, size, order) {
      for (; from < to; from += size) {
        const graph = load(examples, from, Math.min(from + size, to), order);
        yield graph;
        states.take(graph);
      }
    },
  };
}

/** Fills what examples have to write with numbers that no pass accepts: what they leave out is noticed. */
function unwritten(graph: Graph): Graph {
  for (const given of [graph.input, graph.labels])
    given?.data.fill(given.data instanceof Int32Array ? -1 : NaN);
  return graph;
}
