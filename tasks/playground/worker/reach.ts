/**
 * How far a gradient reaches: the norms of dLoss/dstate by distance from the loss, over a batch of the
 * text's windows.
 */
import * as nn from '../../../models/index.js';

const WINDOWS = 16;
/** The loss is this many steps from the first one. */
const FARTHEST = 49;

/** @returns a function that measures the model as it is now; entry d is for the step d before the last */
export function createReach(model: nn.Model, cell: nn.Cell, ids: Int32Array) {
  const steps = Math.min(FARTHEST + 1, ids.length - 1);
  const graph = nn.unroll(model, { batch: WINDOWS, steps, loss: 'softmaxCrossEntropy' });
  const random = nn.createRandom(0, 'reach');
  for (let row = 0; row < WINDOWS; row++) {
    const from = random.integer(ids.length - steps);
    for (let t = 0; t < steps; t++) graph.input.data[t * WINDOWS + row] = ids[from + t]!;
    graph.labels.data[row] = ids[from + steps]!;
  }
  const state = cell.states.includes('c') ? 'c' : 'h';
  return (): { state: string; norms: number[] } => {
    graph.forward();
    graph.backward();
    const { norms } = nn.trace(graph)[cell.name]!;
    return { state, norms: [...norms![state]!].reverse() };
  };
}
