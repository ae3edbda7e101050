/** Traces: the gradients they show agree with finite differences of the loss, for every cell. */
import { describe, expect, it } from '@jest/globals';
import { createRandom, type Tensor } from '../../engine/index.js';
import {
  bidirectional,
  createModel,
  dense,
  encoderDecoder,
  features,
  lstm,
  recurrent,
  unroll,
  type Cell,
  type Graph,
  type GraphNode,
  type Layer,
  trace as traceOf,
} from '../../models/index.js';
import { allKernels, float64 } from '../kernels.js';
import { entries, expectClose, randomize } from '../tensors.js';
import { allCells, feed, toyModel } from './fixtures.js';

const [B, T, D, H, V] = [3, 4, 2, 3, 4];

/** Runs the layers, below a dense layer and a loss at every or the last step, once forward and backward. */
function run(layers: readonly Layer[], mask: readonly number[] | null = null): Graph {
  const model = createModel({ kernels: float64, input: features(D), layers: [...layers, dense(V)] });
  randomize(model.parameters.values, createRandom(5));
  const graph = unroll(model, { batch: B, steps: T, loss: 'softmaxCrossEntropy', mask: mask !== null });
  randomize(graph.input as Tensor, createRandom(6));
  graph.labels.data.forEach((_, n, labels) => (labels[n] = n % V));
  if (mask) graph.mask!.data.set(mask);
  graph.forward();
  graph.backward();
  return graph;
}

/** The loss when the nodes run as usual, except that `change` is called after the node `name`. */
function lossAfter(graph: Graph, name: string, change: (node: GraphNode) => void): number {
  for (const node of graph.nodes) {
    node.forward();
    if (node.name === name) change(node);
  }
  // The loss node's value is not accessible, so compute softmax cross-entropy again.
  const weights = graph.output.shape[0] === T * B && graph.mask ? graph.mask : undefined;
  return float64.softmaxCrossEntropy(null, graph.output as never, graph.labels as never, weights as never);
}

/** dLoss/dstate of every row and unit at a step, by central differences. */
function differences(
  graph: Graph,
  layer: string,
  t: number,
  nudge: (node: GraphNode, n: number, by: number, graph: Graph) => void,
) {
  const epsilon = 1e-6;
  return Array.from({ length: B * H }, (_, n) => {
    const at = (by: number) => lossAfter(graph, `${layer}@${t}`, (node) => nudge(node, n, by, graph));
    return (at(epsilon) - at(-epsilon)) / (2 * epsilon);
  });
}

function nudgeH(node: GraphNode, n: number, by: number): void {
  const h = node.writes['h']!;
  h.data[h.offset + n]! += by;
}

/**
 * Nudges c where it is computed, and updates h, which depends on it, and an output gate with a peephole. The
 * output gate is the last one.
 */
function nudgeC(node: GraphNode, n: number, by: number, { model }: Graph): void {
  const { c, h } = node.writes as { c: Tensor; h: Tensor };
  const { gates } = node.saved as { gates: Tensor };
  const [row, unit] = [Math.floor(n / H), n % H];
  const parameter = (letter: string) =>
    model.parameters.list.find(({ name }) => name.endsWith(`.${letter}`) && node.parameters.includes(name))
      ?.value;
  const peepholes = parameter('p');
  const before = gates.get(row, gates.shape[1]! - H + unit);
  const logit = Math.log(before / (1 - before)) + by * (peepholes?.get(2 * H + unit) ?? 0);
  c.data[c.offset + n]! += by;
  const gain = parameter('gC');
  if (gain) return normalizedState(c, h, gates, row, gain, parameter('bC')!);
  h.data[h.offset + n] = Math.tanh(c.data[c.offset + n]!) / (1 + Math.exp(-logit));
}

/** h of one row, where it reads c normalized: every unit depends on every c. */
function normalizedState(c: Tensor, h: Tensor, gates: Tensor, row: number, gain: Tensor, bias: Tensor): void {
  const cs = Array.from({ length: H }, (_, j) => c.get(row, j));
  const mean = cs.reduce((sum, x) => sum + x, 0) / H;
  const variance = cs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / H;
  cs.forEach((x, j) => {
    const m = (gain.get(j) * (x - mean)) / Math.sqrt(variance + 1e-3) + bias.get(j);
    h.set(row, j, gates.get(row, gates.shape[1]! - H + j) * Math.tanh(m));
  });
}

const at = (t: Tensor, step: number) => entries(t).slice(step * B * H, (step + 1) * B * H);

function expectGradients(graph: Graph, isReal: (t: number, row: number) => boolean = () => true): void {
  // Before the nodes run again: a trace is a copy.
  const trace = traceOf(graph);
  for (const [layer, { gradients, norms, states }] of Object.entries(trace)) {
    for (const s of Object.keys(states)) {
      const [steps] = states[s]!.shape as [number];
      expect(gradients![s]!.shape).toEqual([steps, B, H]);
      for (let t = 0; t < steps; t++) {
        const expected = differences(graph, layer, t, s === 'h' ? nudgeH : nudgeC).map((g, n) =>
          isReal(t, Math.floor(n / H)) ? g : 0,
        );
        expectClose(at(gradients![s]!, t), expected, 1e-8);
        expectClose(norms![s]![t]!, Math.hypot(...expected), 1e-8);
      }
    }
  }
}

describe.each<Cell>(allCells as Cell[])('a trace of $name', (cell) => {
  const lower = recurrent(cell, { units: H, returnSequences: true });

  it('has the gradients of all states, with the loss at every step', () => {
    expectGradients(run([lower, recurrent(cell, { units: H, returnSequences: true })]));
  });

  it('has the gradients of all states, with the loss at the last step only', () => {
    expectGradients(run([lower, recurrent(cell, { units: H })]));
  });

  it('has the gradients of both directions', () => {
    const graph = run([lower, bidirectional(cell, { units: H, returnSequences: true })]);
    expect(Object.keys(traceOf(graph))).toEqual([
      cell.name,
      'bidirectional.forward',
      'bidirectional.backward',
    ]);
    expect(traceOf(graph)['bidirectional.backward']!.reverse).toBe(true);
    expectGradients(graph);
  });

  it('has the gradients of an encoder, which come from its decoder, and of the decoder', () => {
    const graph = run([lower, encoderDecoder(cell, { units: H, sourceSteps: T - 2 })]);
    expect(Object.keys(traceOf(graph)).slice(1)).toEqual([
      'encoderDecoder.encoder',
      'encoderDecoder.decoder',
    ]);
    expect(traceOf(graph)['encoderDecoder.decoder']!.norms!['h']).toHaveLength(2);
    expectGradients(graph);
  });

  it('has the gradients of a layer that goes backwards', () => {
    expectGradients(run([recurrent(cell, { units: H, returnSequences: true, goBackwards: true })]));
  });

  it('has 0 where a row is padding, and the gradients elsewhere', () => {
    const mask = [0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0];
    const graph = run([lower, recurrent(cell, { units: H })], mask);
    expectGradients(graph, (t, row) => mask[t * B + row] === 1);
    for (const { states, gates, mask: traced } of Object.values(traceOf(graph))) {
      expect(entries(traced!)).toEqual(mask);
      for (const t of [...Object.values(states), ...Object.values(gates)]) {
        expect(at(t, 0).slice(0, H)).toEqual(Array(H).fill(0));
      }
    }
  });

  it('names the gates as the cell does, and shows what was saved', () => {
    const graph = run([lower]);
    const { gates, states, cell: name } = traceOf(graph)[cell.name]!;
    expect(name).toBe(cell.name);
    expect(Object.keys(gates)).toEqual([...cell.gates]);
    expect(Object.keys(states)).toEqual([...cell.states]);
    const node = graph.nodes.find((one) => one.name === `${cell.name}@2`)!;
    cell.gates.forEach((gate, g) => {
      for (let b = 0; b < B; b++)
        for (let j = 0; j < H; j++)
          expect(gates[gate]!.get(2, b, j)).toBe(node.saved['gates']!.get(b, g * H + j));
    });
    for (const s of cell.states) expect(at(states[s]!, 2)).toEqual(entries(node.writes[s]!));
  });
});

it.each(allKernels)('a trace is the same on $name', ({ kernels, tolerance }) => {
  const [expected, actual] = [float64, kernels].map((k) => {
    const graph = unroll(toyModel(k, lstm), { batch: 5, steps: T, loss: 'softmaxCrossEntropy' });
    feed(graph);
    graph.forward();
    graph.backward();
    const { states, gates, gradients } = traceOf(graph)['lstm']!;
    return [states, gates, gradients!].flatMap((named) => Object.values(named).flatMap(entries));
  });
  expectClose(actual!, expected!, tolerance);
});

describe('a trace', () => {
  it('is available after a forward pass, its gradients after a backward pass', () => {
    const model = createModel({
      kernels: float64,
      input: features(D),
      layers: [recurrent(lstm, { units: H })],
    });
    const graph = unroll(model, { batch: B, steps: T, loss: 'meanSquaredError' });
    expect(() => traceOf(graph)).toThrow('before a forward pass');
    graph.forward();
    expect(traceOf(graph)['lstm']!.gradients).toBeNull();
    graph.backward();
    expect(traceOf(graph)['lstm']!.norms!['c']).toHaveLength(T);
    graph.forward();
    expect(traceOf(graph)['lstm']!.norms).toBeNull();
  });

  it('does not change when the graph runs again', () => {
    const graph = run([recurrent(lstm, { units: H })]);
    const trace = traceOf(graph)['lstm']!;
    const before = entries(trace.gradients!['c']!);
    (graph.input as Tensor).data.fill(1);
    graph.forward();
    graph.backward();
    expect(entries(trace.gradients!['c']!)).toEqual(before);
    expect(entries(traceOf(graph)['lstm']!.gradients!['c']!)).not.toEqual(before);
  });
});
