/**
 * The states of stateful layers between batches. Row b of a batch continues where row b of the previous batch
 * ended; rows missing from a smaller batch keep their state until a batch has them again.
 */
import type { CarriedState } from '../layers/layer.js';
import type { Graph } from '../graph/graph.js';

/** By layer and state, such as `lstm.h`: the rows, concatenated. */
export type SavedStates = Readonly<Record<string, readonly number[]>>;

export interface CarriedStates {
  /** Sets the graph's initial states. */
  give(graph: Graph): void;
  /** Keeps the states that the graph ended in, for the next one. */
  take(graph: Graph): void;
  /** Makes the next graph start from 0. */
  reset(): void;
  /** All states, for a checkpoint; null if no layer is stateful. */
  save(): SavedStates | null;
  restore(states: SavedStates | null): void;
}

export function createCarriedStates(): CarriedStates {
  const kept = new Map<string, number[]>();
  // Needed at every step, so cached per graph.
  const found = new WeakMap<Graph, (readonly [name: string, state: CarriedState])[]>();

  function statefulOf(graph: Graph) {
    let states = found.get(graph);
    if (!states) {
      states = Object.entries(graph.states).flatMap(([layer, own]) =>
        Object.entries(own)
          .filter(([, state]) => state.stateful)
          .map(([letter, state]) => [`${layer}.${letter}`, state] as const),
      );
      found.set(graph, states);
    }
    return states;
  }

  return {
    give(graph) {
      for (const [name, { initial }] of statefulOf(graph)) {
        const rows = kept.get(name);
        for (let n = 0; n < initial.size; n++) initial.data[initial.offset + n] = rows?.[n] ?? 0;
      }
    },
    take(graph) {
      for (const [name, { next }] of statefulOf(graph)) {
        let rows = kept.get(name);
        if (!rows) kept.set(name, (rows = []));
        for (let n = 0; n < next.size; n++) rows[n] = next.data[next.offset + n]!;
      }
    },
    reset: () => kept.clear(),
    save: () => (kept.size ? Object.fromEntries([...kept].map(([name, rows]) => [name, [...rows]])) : null),
    restore(states) {
      kept.clear();
      for (const [name, rows] of Object.entries(states ?? {})) kept.set(name, [...rows]);
    },
  };
}
