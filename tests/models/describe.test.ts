/** Descriptions: the memory they report is the memory that the graph allocated. */
import { describe, expect, it } from '@jest/globals';
import { createKernels, type Kernels } from '../../engine/index.js';
import {
  bidirectional,
  createModel,
  dense,
  dropout,
  embedding,
  encoderDecoder,
  features,
  lstm,
  oneHot,
  recurrent,
  repeatVector,
  spatialDropout1D,
  timeDistributed,
  unroll,
  type Cell,
  type InputSpec,
  type Layer,
  type UnrollOptions,
  describe as describeGraph,
} from '../../models/index.js';
import { float64 } from '../kernels.js';
import { allCells } from './fixtures.js';

// Multiples of 16, so no tensor of 4-byte numbers leaves a gap before the next.
const [B, T, D, H, V] = [16, 5, 16, 16, 32];
const loss = 'softmaxCrossEntropy';

/** A graph on kernels that count the bytes it allocates. */
function counted(
  kernels: Kernels,
  input: InputSpec,
  layers: readonly Layer[],
  options: Partial<UnrollOptions>,
) {
  let bytes = 0;
  const count = <N extends { size: number; data: { BYTES_PER_ELEMENT: number } }>(t: N) => {
    bytes += t.size * t.data.BYTES_PER_ELEMENT;
    return t;
  };
  const counting: Kernels = {
    ...kernels,
    zeros: (...shape) => count(kernels.zeros(...shape)),
    indices: (...shape) => count(kernels.indices(...shape)),
  };
  const model = createModel({ kernels: counting, input, layers });
  bytes = 0;
  const graph = unroll(model, { batch: B, steps: T, loss, ...options });
  return { graph, bytes };
}

type Sample = readonly [string, InputSpec, (cell: Cell) => readonly Layer[], Partial<UnrollOptions>?];

const sequences = { units: H, returnSequences: true };
const samples: readonly Sample[] = [
  ['a layer and its last state', features(D), (cell) => [recurrent(cell, { units: H }), dense(V)]],
  ['two layers', features(D), (cell) => [recurrent(cell, sequences), recurrent(cell, sequences), dense(V)]],
  ['no training', features(D), (cell) => [recurrent(cell, sequences), dense(V)], { loss: null }],
  [
    'every option',
    features(D),
    (cell) => [recurrent(cell, { ...sequences, goBackwards: true }), dense(V)],
    { mask: true, weights: true, inputGradient: true, initialStateGradient: true },
  ],
  [
    'dropout everywhere',
    oneHot(6),
    (cell) => [
      embedding(D, { maskZero: true }),
      spatialDropout1D(0.1),
      recurrent(cell, { ...sequences, dropout: 0.2, recurrentDropout: 0.3 }),
      dropout(0.5),
      dense(V),
    ],
  ],
  [
    'both directions and three columns of symbols',
    oneHot(7, 3),
    (cell) => [embedding(D), bidirectional(cell, sequences), timeDistributed(dense(V))],
  ],
  [
    'words read by both directions',
    oneHot(7),
    (cell) => [embedding(D), bidirectional(cell, { units: H, dropout: 0.1, mergeMode: 'mul' }), dense(V)],
  ],
];

/** Models in which not all layers have the steps of the graph. */
const others: readonly Sample[] = [
  [
    'an encoder, and a decoder that reads its last state at every step',
    oneHot(7),
    (cell) => [
      embedding(D),
      recurrent(cell, { units: H }),
      repeatVector(3),
      recurrent(cell, sequences),
      dense(V),
    ],
  ],
  [
    'an encoder that passes its state to a decoder',
    oneHot(7),
    (cell) => [
      embedding(D, { maskZero: true }),
      encoderDecoder(cell, { units: H, sourceSteps: 3, dropout: 0.2, recurrentDropout: 0.3 }),
      dense(V),
    ],
    { initialStateGradient: true },
  ],
];

describe.each<Cell>(allCells as Cell[])('the description of graphs of $name', (cell) => {
  it.each([...samples, ...others])('accounts for every byte: %s', (_, input, layers, options = {}) => {
    const { graph, bytes } = counted(float64, input, layers(cell), options);
    const described = describeGraph(graph);
    expect(described.bytes).toBe(bytes);
    expect(described.nodes.reduce((sum, row) => sum + row.bytes, 0)).toBe(bytes);
  });

  it.each(samples)('reports the cost of a further step: %s', (_, input, layers, options = {}) => {
    const of = (steps: number) => counted(float64, input, layers(cell), { ...options, steps });
    const { graph, bytes } = of(T);
    expect(describeGraph(graph).bytesPerStep).toBe(of(T + 1).bytes - bytes);
  });
});

it('the bytes equal the growth of the WASM arena', async () => {
  const kernels = await createKernels();
  const layers = [embedding(D), bidirectional(lstm, sequences), recurrent(lstm, { units: H }), dense(V)];
  const model = createModel({ kernels, input: oneHot(V), layers });
  const place = () => kernels.zeros(16).data.byteOffset;
  const before = place() + 64;
  const graph = unroll(model, { batch: B, steps: T, loss, mask: true, weights: true });
  expect(describeGraph(graph).bytes).toBe(place() - before);
  await kernels.close();
});

describe('a table', () => {
  const layers = [recurrent(lstm, sequences), dense(V)];
  const { graph } = counted(float64, features(D), layers, {});
  const { nodes, parameters } = describeGraph(graph);

  it('has a row for the input and one for each node, in order', () => {
    expect(nodes.map(({ node }) => node)).toEqual(['input', ...graph.nodes.map(({ name }) => name)]);
    expect(parameters).toBe(graph.model.parameters.values.size);
  });

  it('lists shapes, parameters and saved bytes', () => {
    expect(nodes.find(({ node }) => node === 'lstm@2')).toEqual({
      node: 'lstm@2',
      time: 2,
      shapesIn: { a: [B, 4 * H], hPrev: [B, H], cPrev: [B, H] },
      shapesOut: { h: [B, H], c: [B, H] },
      parameters: H * 4 * H,
      // Gates and tanh(c), 8 bytes each.
      bytesSaved: 8 * B * 5 * H,
      // Those, h and c and their gradients, the gradients of the gates, and the gradient from above.
      bytesPerStep: 8 * B * (5 + 4 + 4 + 1) * H,
      bytes: 8 * B * (5 + 4 + 4 + 1) * H,
    });
  });

  it('prints identical steps on one line', () => {
    const text = describeGraph(graph).toString();
    expect(text).toContain('lstm@0..4');
    expect(text.split('\n')).toHaveLength(1 + 1 + 5 + 1 + 1);
    expect(text).toMatch(/^total .* 203,072$/m);
  });
});
