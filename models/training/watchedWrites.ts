/**
 * A graph that refuses what examples must not write. Typed arrays drop numbers beyond their end, such as labels for
 * every step where the loss has one per example, and cut fractions from classes, both without a word.
 */
import type { Indices, Tensor } from '../../engine/index.js';
import type { Graph } from '../graph/graph.js';

/** @param example the number of the example that writes, for the message */
export function watchWrites(graph: Graph, example: () => number): Graph {
  const watch = (what: string, t: Tensor | Indices | null): PropertyDescriptor => {
    if (!t) return { value: t };
    const data = new Proxy(t.data, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
      set(target, key, value: number) {
        const n = Number(key);
        const isFraction = target instanceof Int32Array && !Number.isInteger(value);
        if (!isFraction && n < target.length) return Reflect.set(target, key, value, target);
        const kind = isFraction ? 'whole numbers' : 'numbers';
        throw new RangeError(
          `example ${example()} writes ${value} to entry ${n} of ${what}: there are ${target.length} ${kind}`,
        );
      },
    });
    return { value: Object.create(t, { data: { value: data } }) as unknown };
  };
  const names = ['input', 'labels', 'mask', 'weights'] as const;
  const watched = names.map((name) => [name, watch(name, graph[name])] as const);
  return Object.create(graph, Object.fromEntries(watched)) as Graph;
}
