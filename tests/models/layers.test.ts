import { describe, expect, it } from '@jest/globals';
import {
  bidirectional,
  createModel,
  createRandom,
  dense,
  embedding,
  features,
  lstm,
  normal,
  oneHot,
  recurrent,
  repeatVector,
  unroll,
  type InputSpec,
  type Kernels,
  type Layer,
  type Tensor,
} from '../../models/index.js';
import { allKernels, float64 } from '../kernels.js';
import { entries } from '../tensors.js';

const [B, T] = [2, 3];

function graphOf(input: InputSpec, layers: readonly Layer[], kernels: Kernels = float64) {
  return unroll(createModel({ kernels, input, layers, seed: 1 }), { batch: B, steps: T });
}

describe('layers that do not fit', () => {
  it.each<[string, InputSpec, Layer[], string]>([
    [
      'a recurrent layer above a last state',
      features(2),
      [recurrent(lstm, { units: 2 }), recurrent(lstm, { units: 2 })],
      'lstm2 reads a sequence: give the layer below it returnSequences: true',
    ],
    ['a repeated sequence', features(2), [repeatVector(3)], 'repeatVector repeats a vector, not a sequence'],
    ['an embedding of real numbers', features(2), [embedding(3)], 'embedding: an embedding reads symbols'],
  ])('refuses %s', (_, input, layers, message) => {
    expect(() => graphOf(input, layers)).toThrow(message);
  });

  it('have names of their own, however they are called', () => {
    const layers = [dense(3), dense(3), { ...dense(3), kind: 'dense2' }];
    const { parameters } = createModel({ kernels: float64, input: features(2), layers });
    const names = ['dense', 'dense2', 'dense22'];
    expect(parameters.list.map(({ name }) => name)).toEqual(
      names.flatMap((name) => [`${name}.V`, `${name}.c`]),
    );
  });

  it('refuses the gradient of symbols', () => {
    const model = createModel({ kernels: float64, input: oneHot(3), layers: [dense(2)] });
    expect(() =>
      unroll(model, { batch: B, steps: T, loss: 'softmaxCrossEntropy', inputGradient: true }),
    ).toThrow('symbols have no gradient');
  });
});

describe.each(allKernels)('on $name', ({ kernels }) => {
  it('embedding looks up a row for each symbol', () => {
    const graph = graphOf(oneHot(4), [embedding(2)], kernels);
    graph.input.data.set([3, 0, 0, 1, 2, 3]);
    graph.forward();
    const rows = entries(graph.model.parameters.values);
    expect(entries(graph.output)).toEqual([3, 0, 0, 1, 2, 3].flatMap((id) => rows.slice(2 * id, 2 * id + 2)));
  });

  it('repeatVector gives the same row at every step', () => {
    const graph = graphOf(features(2), [recurrent(lstm, { units: 2 }), repeatVector(4)], kernels);
    normal(1)(graph.input as Tensor, createRandom(1));
    graph.forward();
    const all = entries(graph.output);
    expect(all).toHaveLength(4 * B * 2);
    for (let t = 1; t < 4; t++) expect(all.slice(t * B * 2, (t + 1) * B * 2)).toEqual(all.slice(0, B * 2));
  });

  it('bidirectional, with the same weights both ways, maps a mirrored sequence to mirrored outputs', () => {
    const H = 3;
    const graph = graphOf(features(2), [bidirectional(lstm, { units: H, returnSequences: true })], kernels);
    const { list } = graph.model.parameters;
    const half = list.length / 2;
    for (let n = 0; n < half; n++) kernels.copy(list[n + half]!.value, list[n]!.value);

    const rows = Array.from({ length: T }, (_, t) =>
      Array.from({ length: B * 2 }, (_, n) => Math.sin(5 * t + n)),
    );
    const run = (input: number[][]) => {
      graph.input.data.set(input.flat());
      graph.forward();
      return Array.from({ length: T }, (_, t) =>
        entries(graph.output).slice(t * B * 2 * H, (t + 1) * B * 2 * H),
      );
    };
    const swapHalves = (row: number[]) =>
      Array.from({ length: B }, (_, b) => row.slice(b * 2 * H, (b + 1) * 2 * H)).flatMap((r) => [
        ...r.slice(H),
        ...r.slice(0, H),
      ]);
    const [ahead, mirrored] = [run(rows), run([...rows].reverse())];
    expect(mirrored).toEqual([...ahead].reverse().map(swapHalves));
  });
});
