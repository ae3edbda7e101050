/** All builds that fuse product and sum compute the same bits, those that this platform does not choose included. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { wasmKernels } from '../../engine/wasm/index.js';
import * as nn from '../../models/index.js';
import { Operands } from '../operands.js';
import { entries } from '../tensors.js';
import { columnCalls, otherCalls, rowCalls } from './calls.js';

const relaxed = await wasmKernels(1, ['relaxed']);
const hoisted = await wasmKernels(1, ['hoisted']);
const wide = await wasmKernels(1, ['wide']);

describe.each([
  ['with constants out of loops', hoisted],
  ['of 256 bits', wide],
])('The build %s computes the same bits', (_, other) => {
  const itHere = relaxed && other ? it : it.skip;

  itHere.each(Object.entries({ ...rowCalls, ...columnCalls, ...otherCalls }))('in %s', (_, prepare) => {
    for (const { M, N } of [
      { M: 10, N: 1 },
      { M: 10, N: 7 },
      { M: 5, N: 33 },
      { M: 13, N: 40 },
      { M: 31, N: 22 },
    ]) {
      const [a, b] = [relaxed!, other!].map((k) => {
        const operands = new Operands(k, { M, N, left: 3, right: 2, seed: 7 });
        const result = prepare(operands)();
        return [...operands.numbers(), result];
      });
      expect(a!.findIndex((x, n) => !Object.is(x, b![n]))).toBe(-1);
    }
  });

  itHere.each(Object.keys(nn.cells) as nn.CellName[])('in the training of %s', (name) => {
    const [a, b] = [relaxed!, other!].map((kernels) => {
      const layers = [nn.recurrent(nn.cells[name], { units: 37 }), nn.dense(3)];
      const model = nn.createModel({ kernels, input: nn.features(5), layers, seed: 1 });
      const graph = nn.unroll(model, { batch: 7, steps: 9, loss: 'softmaxCrossEntropy' });
      nn.normal(1)(graph.input as nn.Tensor, nn.createRandom(2));
      const trainer = nn.createTrainer(model, nn.adam({ rate: 0.01 }));
      const losses = Array.from({ length: 20 }, () => trainer.step(graph));
      return [...losses, ...entries(model.parameters.values)];
    });
    expect(b).toEqual(a);
  });
});

/** The first digits of a digest of the trained parameters: the same on Node 20 to 26, as run by .ci/run. */
const DIGESTS: Readonly<Record<nn.CellName, string>> = {
  rnn: 'f894aa94',
  lstm: '64d047b0',
  lstmPeephole: '7e72374e',
  lstmCoupled: 'c933aefa',
  gru: '97571d46',
  gruResetAfter: 'c3f901c8',
  lstmLayerNorm: 'a810d0a0',
  gruLayerNorm: 'd9c896b5',
};

const everywhere = [1, 2, 4].flatMap((threads) => [
  { threads, wide: true },
  { threads, wide: false },
]);

describe.each(everywhere)('Kernels with $threads threads, wide: $wide,', (options) => {
  (relaxed ? it : it.skip)('train each cell to the same bits on any version of Node', async () => {
    const kernels = await nn.createKernels(options);
    const digests = Object.entries(nn.cells).map(([name, cell]) => [name, digestOfTraining(kernels, cell)]);
    await kernels.close();
    expect(Object.fromEntries(digests)).toEqual(DIGESTS);
  });
});

function digestOfTraining(kernels: nn.Kernels, cell: nn.Cell): string {
  const layers = [
    nn.recurrent(cell, { units: 40, returnSequences: true }),
    nn.recurrent(cell, { units: 37 }),
    nn.dense(5),
  ];
  const model = nn.createModel({ kernels, input: nn.features(9), layers, seed: 3 });
  const graph = nn.unroll(model, { batch: 24, steps: 12, loss: 'softmaxCrossEntropy' });
  nn.normal(1)(graph.input as nn.Tensor, nn.createRandom(2));
  graph.labels.data.forEach((_, n, labels) => (labels[n] = n % 5));
  const trainer = nn.createTrainer(model, nn.adam({ rate: 0.01 }));
  for (let step = 0; step < 10; step++) trainer.step(graph);
  const parameters = Float32Array.from(entries(model.parameters.values));
  return createHash('sha256').update(new Uint8Array(parameters.buffer)).digest('hex').slice(0, 8);
}
