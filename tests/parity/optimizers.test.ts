import { describe, test } from '@jest/globals';
import { dense } from '../../engine/shapes.js';
import { createRandom, createTrainer } from '../../models/index.js';
import { float64, onOneThread } from '../kernels.js';
import { toTfjs } from './copyWeights.js';
import { expectEqualResults, type Results } from './difference.js';
import { createGraph, type Network } from './network.js';
import { optimizers, usualAdam, type OptimizerTwins } from './optimizerTwins.js';
import { twinCells } from './recurrentTwins.js';
import { tf } from './tfjs.js';
import { createTwin } from './twin.js';

const STEPS = 10;
const trainings = twinCells.flatMap((cell) =>
  [...optimizers, usualAdam].map((optimizer) => {
    const network: Network = { cell, units: [7], returnSequences: true };
    let theirs: Results | undefined;
    // Computed once, because all kernels get the same numbers.
    return { cell, optimizer, network, theirs: () => (theirs ??= trainTheirs(network, optimizer)) };
  }),
);

describe.each(onOneThread)('on $name kernels', ({ kernels: k }) => {
  // The weights start at 0, so the comparison is of the updates themselves.
  test.each(optimizers)('$name, given ten gradients, updates weights as in tfjs', ({ ours, theirs }) => {
    const random = createRandom(3);
    const [w, g] = [k.zeros(60), k.zeros(60)];
    const memory = ours.memory.map(() => k.zeros(60));
    const variable = tf.variable(tf.zeros([60]));
    const optimizer = theirs();

    for (let step = 1; step <= STEPS; step++) {
      // Sizes from 1e-6 to 10: epsilon matters for the smallest.
      for (let n = 0; n < 60; n++) g.set(n, Math.fround(random.normal() * 10 ** ((n % 8) - 6)));
      ours.update(k, w, g, memory, step);
      optimizer.applyGradients({ [variable.name]: toTfjs(g) });
      expectEqualResults({ w: w.data }, { w: variable.dataSync() });
    }
  });

  test.each(trainings)(
    'ten steps of $optimizer.name train a network of $cell cells as in tfjs',
    (training) => {
      const graph = createGraph(k, training.network);
      const trainer = createTrainer(graph.model, training.optimizer.ours);
      const losses = Array.from({ length: STEPS }, () => trainer.step(graph));
      const weights = graph.model.parameters.list.map(({ name, value }) => [name, dense(value)]);
      expectEqualResults({ losses, ...(Object.fromEntries(weights) as Results) }, training.theirs());
    },
  );
});

/** Ten steps in tfjs: the losses, and the final weights. */
function trainTheirs(network: Network, twins: OptimizerTwins): Results {
  const twin = createTwin(createGraph(float64, network), network);
  const optimizer = twins.theirs();
  const losses = Array.from({ length: STEPS }, () => {
    const loss = optimizer.minimize(twin.loss, true, Object.values(twin.parameters))!;
    return loss.dataSync()[0]!;
  });
  const weights = Object.entries(twin.parameters).map(([name, variable]) => [name, variable.dataSync()]);
  return { losses, ...(Object.fromEntries(weights) as Results) };
}
