import { describe, expect, test } from '@jest/globals';
import { dense } from '../../engine/shapes.js';
import type { Graph } from '../../models/index.js';
import { onOneThread } from '../kernels.js';
import { expectEqualResults, type Results } from './difference.js';
import { createGraph, type Network } from './network.js';
import { twinCells } from './recurrentTwins.js';
import { createTwin, differentiate } from './twin.js';

const networks = twinCells.flatMap((cell): (Network & { shape: string })[] => [
  { cell, units: [7], returnSequences: false, shape: 'one layer, last state' },
  { cell, units: [7], returnSequences: true, shape: 'one layer, all states' },
  { cell, units: [7, 6], returnSequences: false, shape: 'two layers, last state' },
  { cell, units: [7, 6], returnSequences: true, shape: 'two layers, all states' },
]);

describe.each(onOneThread)('on $name kernels', ({ kernels }) => {
  test.each(networks)('$cell, $shape: output, loss and every gradient equal those of tfjs', (network) => {
    const graph = createGraph(kernels, network);
    const theirs = differentiate(createTwin(graph, network));

    const ours = differentiateByHand(graph);

    // At least 4 parameters, the input, the initial state, output and loss.
    expect(Object.keys(ours).length).toBeGreaterThanOrEqual(8);
    expectEqualResults(ours, theirs);
  });
});

/** Output, loss and all gradients (parameters, input, initial states) by our backward pass. */
function differentiateByHand(graph: Graph): Results {
  const loss = graph.forward();
  graph.backward();

  const results: Record<string, ArrayLike<number>> = {
    output: dense(graph.output),
    loss: [loss],
    'd input': dense(graph.inputGradient!),
  };
  for (const { name, gradient } of graph.model.parameters.list) results[`d ${name}`] = dense(gradient);
  for (const [layer, states] of Object.entries(graph.states)) {
    for (const [letter, state] of Object.entries(states)) {
      results[`d ${layer}.${letter}0`] = dense(state.gradient!);
    }
  }
  return results;
}
