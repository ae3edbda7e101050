/** The build whose constants are loaded before its loops computes the same bits as the one it is made of. */
import { expect, it } from '@jest/globals';
import { wasmKernels } from '../../engine/wasm/index.js';
import * as nn from '../../models/index.js';
import { Operands } from '../operands.js';
import { entries } from '../tensors.js';
import { columnCalls, otherCalls, rowCalls } from './calls.js';

const [relaxed, hoisted] = [await wasmKernels(1, ['relaxed']), await wasmKernels(1, ['hoisted'])];
const itHere = relaxed && hoisted ? it : it.skip;

itHere.each(Object.entries({ ...rowCalls, ...columnCalls, ...otherCalls }))('in %s', (_, prepare) => {
  for (const N of [1, 7, 33]) {
    const [a, b] = [relaxed!, hoisted!].map((k) => {
      const operands = new Operands(k, { M: 10, N, left: 3, right: 2, seed: 7 });
      const result = prepare(operands)();
      return [...operands.numbers(), result];
    });
    expect(a!.findIndex((x, n) => !Object.is(x, b![n]))).toBe(-1);
  }
});

itHere.each(Object.keys(nn.cells) as nn.CellName[])('in the training of %s', (name) => {
  const [a, b] = [relaxed!, hoisted!].map((kernels) => {
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
