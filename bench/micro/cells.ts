/**
 * One time step of each cell in an unrolled graph, forward and backward: matrix products and gates, and the
 * gates alone. The product with the input is computed for all steps at once and is not included. tfjs has no
 * equivalent operation; it is compared over whole training steps.
 */
import { cells, createModel, features, recurrent, unroll, type CellName } from '../../models/index.js';
import type { Comparison } from '../comparison.js';
import type { KernelSet } from '../kernelSets.js';
import type { Competitor } from '../measure.js';

const [BATCH, UNITS] = [32, 128];

export const cellComparisons = (sets: readonly KernelSet[]): Comparison[] =>
  (Object.keys(cells) as CellName[]).flatMap((cell) => [
    {
      title: `One step of ${cell}, ${BATCH} x ${UNITS}, forward and backward`,
      competitors: sets.map((set) => step(cell, set)),
    },
    {
      title: `Its gates alone`,
      competitors: sets.map((set) => step(cell, gatesOnly(set))),
    },
  ]);

function step(cell: CellName, { id, name, kernels }: KernelSet): Competitor {
  const model = createModel({
    kernels,
    input: features(UNITS),
    layers: [recurrent(cells[cell], { units: UNITS })],
    seed: 1,
  });
  const graph = unroll(model, { batch: BATCH, steps: 3, training: true });
  // The middle step, because the first and the last may skip some work.
  const node = graph.nodes.find(({ time }) => time === 1)!;
  graph.forward();
  graph.backward();
  const run = () => {
    node.forward();
    node.backward();
  };
  return { id, name, run };
}

const gatesOnly = (set: KernelSet): KernelSet => ({ ...set, kernels: { ...set.kernels, matmul: () => {} } });
