/** The type of a graph's labels is that of its loss: the compiler checks this file. */
import { expect, it } from '@jest/globals';
import { rnn } from '../../cells/index.js';
import { referenceKernels, type Indices, type Tensor } from '../../engine/index.js';
import { elementwiseLoss, losses, softmaxCrossEntropy, unroll } from '../../models/index.js';
import type { Graph, LossName, UnrollOptions } from '../../models/index.js';
import { toyModel } from './fixtures.js';

const model = toyModel(referenceKernels(Float32Array), rnn);
const shape = { batch: 2, steps: 3 };

it('are class numbers, targets, or nothing', () => {
  const classes: Graph<Indices> = unroll(model, { ...shape, loss: 'softmaxCrossEntropy' });
  const same: Graph<Indices> = unroll(model, { ...shape, loss: softmaxCrossEntropy });
  const targets: Graph<Tensor> = unroll(model, { ...shape, loss: 'meanSquaredError' });
  const mine = elementwiseLoss('mine', (x, y) => ({ loss: x - y, derivative: 1 }));
  const own: Graph<Tensor> = unroll(model, { ...shape, loss: mine });
  const none: Graph<null> = unroll(model, shape);
  for (const { labels } of [classes, same]) expect(labels.data).toBeInstanceOf(Int32Array);
  for (const { labels } of [targets, own]) expect(labels.data).toBeInstanceOf(Float32Array);
  expect(none.labels).toBeNull();
});

it('are any of them where the loss is any', () => {
  for (const loss of Object.keys(losses) as LossName[]) {
    const { labels }: Graph<Indices | Tensor> = unroll(model, { ...shape, loss });
    expect(labels.data.length).toBeGreaterThan(0);
  }
  const options: UnrollOptions = shape;
  // @ts-expect-error: there may be no loss
  const { labels }: Graph<Indices | Tensor> = unroll(model, options);
  expect(labels).toBeNull();
});
