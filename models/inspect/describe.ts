/**
 * A graph as a table: what each node reads, writes and saves, and the memory it uses.
 *
 * All steps share contiguous buffers, and one node's output is another's input. Every byte is counted once:
 * for its time step, if it has one, and for the first node that uses it.
 */
import type { Indices, Tensor } from '../../engine/index.js';
import { requireGraph } from '../graph/checks.js';
import type { Graph } from '../graph/graph.js';
import type { Description, NodeDescription } from './description.js';
import type { GraphNode } from '../layers/node.js';
import { tableText } from './tableText.js';

type Tensors = Readonly<Record<string, Tensor | Indices | null>>;

/**
 * What each node of a graph reads, writes and saves, and its memory. `String(describe(graph))` is a table.
 */
export function describe(graph: Graph): Description {
  requireGraph('describe', graph);
  const { model, batch, steps, input: symbols, mask, weights, inputGradient, layers, lossNodes } = graph;
  const ledger = createLedger();
  const sizes = new Map(model.parameters.list.map(({ name, value }) => [name, value.size]));
  const input = {
    name: 'input',
    time: null,
    reads: {},
    writes: { input: symbols, mask, weights },
    saved: {},
    gradients: { input: inputGradient },
    parameters: [],
  };
  const owned: { node: Described; T: number | null }[] = [
    { node: input, T: steps },
    ...layers.flatMap(({ nodes, input }) => nodes.map((node) => ({ node, T: input.steps }))),
    ...lossNodes.map((node) => ({ node, T: layers.at(-1)!.output.steps })),
  ];

  function describeNode({ node, T }: (typeof owned)[number]): NodeDescription {
    const { name, time, reads, writes, saved, parameters, gradients, scratch } = node;
    let [bytes, bytesPerStep] = [0, 0];
    for (const t of tensorsOf(writes, saved, gradients, scratch)) {
      const own = ledger.claim(t, time !== null);
      bytes += own;
      if (time !== null) bytesPerStep += own;
      else if (T !== null && t.shape[0]! % (T * batch) === 0) bytesPerStep += own / T;
    }
    return {
      node: name,
      time,
      shapesIn: shapesOf(reads),
      shapesOut: shapesOf(writes),
      parameters: parameters.reduce((sum, parameter) => sum + sizes.get(parameter)!, 0),
      bytesSaved: tensorsOf(saved).reduce((sum, t) => sum + bytesOf(t), 0),
      bytesPerStep,
      bytes,
    };
  }

  // Steps first: their buffers are also part of the buffers of nodes for all steps.
  const rows = new Map<Described, NodeDescription>();
  for (const ofSteps of [true, false]) {
    for (const one of owned) {
      if ((one.node.time !== null) === ofSteps) rows.set(one.node, describeNode(one));
    }
  }
  const nodes = owned.map(({ node }) => rows.get(node)!);
  const description = {
    nodes,
    parameters: model.parameters.values.size,
    bytesPerStep: sumPerStep(nodes),
    bytes: nodes.reduce((sum, row) => sum + row.bytes, 0),
  };
  return { ...description, toString: () => tableText(description) };
}

/** Sums one step per layer, taking the smallest: the last step may have extra buffers. */
function sumPerStep(nodes: readonly NodeDescription[]): number {
  const ofLayers = new Map<string, number>();
  for (const { node, bytesPerStep } of nodes) {
    const layer = node.replace(/@.*/, '@');
    ofLayers.set(layer, Math.min(ofLayers.get(layer) ?? Infinity, bytesPerStep));
  }
  return [...ofLayers.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** A node, or the input, which the caller writes. */
type Described = Pick<GraphNode, 'name' | 'time' | 'parameters' | 'gradients' | 'scratch'> & {
  readonly reads: Tensors;
  readonly writes: Tensors;
  readonly saved: Tensors;
};

function tensorsOf(...records: readonly (Tensors | undefined)[]): (Tensor | Indices)[] {
  return records.flatMap((record) => Object.values(record ?? {}).filter((t) => t !== null));
}

function shapesOf(tensors: Tensors): Record<string, readonly number[]> {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, t]) => (t ? [[name, [...t.shape]]] : [])),
  );
}

const bytesOf = ({ data, size }: Tensor | Indices) => size * data.BYTES_PER_ELEMENT;

/** Records which memory has been counted. */
function createLedger() {
  const claimed = new Map<ArrayBufferLike, Map<number, number>>();
  return {
    /**
     * Claims a dense tensor and returns how many of its bytes were not claimed before.
     * @param whole whether an earlier claim covers either all of it or nothing
     */
    claim(t: Tensor | Indices, whole: boolean): number {
      const places = claimed.get(t.data.buffer) ?? new Map<number, number>();
      claimed.set(t.data.buffer, places);
      const begin = t.data.byteOffset + t.offset * t.data.BYTES_PER_ELEMENT;
      const end = begin + bytesOf(t);
      if (places.get(begin) === end) return 0;
      let own = end - begin;
      if (!whole) {
        for (const [from, to] of places) own -= Math.max(0, Math.min(end, to) - Math.max(begin, from));
      }
      if (own > 0) places.set(begin, end);
      return own;
    },
  };
}
