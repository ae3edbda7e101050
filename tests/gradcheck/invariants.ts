/**
 * What finite differences cannot see: forward and backward agree, but the forward pass is not what was meant.
 * (That the cells compute what Keras computes is the business of tests/parity.)
 */
import {
  cells,
  createModel,
  createRandom,
  features,
  normal,
  recurrent,
  referenceKernels,
  unroll,
  type Cell,
} from '../../models/index.js';
import { relativeDistance, type Measured } from './measured.js';

export function* measureInvariants(): Generator<Measured> {
  for (const cell of Object.values<Cell>(cells)) {
    const subject = cell.name;
    if (cell.states.includes('c')) {
      yield { subject, situation: 'a new cell', what: 'c', error: forgetting(cell) };
    }
    yield { subject, situation: 'padding', what: 'h', error: padding(cell) };
  }
}

/** With all weights 0 but the biases, an LSTM's forget gate is σ(1): a memory of 1 fades to σ(1), and no input is added. */
function forgetting(cell: Cell): number {
  const model = createModel({
    kernels: referenceKernels(Float64Array),
    input: features(1),
    layers: [recurrent(cell, { units: 2 })],
  });
  for (const { name, value } of model.parameters.list) if (!name.endsWith('.b')) value.data.fill(0);
  const graph = unroll(model, { batch: 1, steps: 1 });
  const c = graph.states[cell.name]!.c!;
  c.initial.data.fill(1);
  graph.forward();
  const kept = 1 / (1 + Math.exp(-1));
  return relativeDistance(c.final.data, [kept, kept], 1);
}

/** Padding, wherever it stands, leaves the state that the real steps alone would have led to. */
function padding(cell: Cell): number {
  const model = createModel({
    kernels: referenceKernels(Float64Array),
    input: features(2),
    layers: [recurrent(cell, { units: 3 })],
  });
  const random = createRandom(4);
  const padded = unroll(model, { batch: 1, steps: 7, mask: true });
  normal(1)(padded.input as typeof padded.output, random);
  padded.mask!.data.set([0, 1, 1, 0, 0, 1, 0]);
  const short = unroll(model, { batch: 1, steps: 3 });
  const x = padded.input.data;
  short.input.data.set([...x.slice(2, 6), ...x.slice(10, 12)]);
  padded.forward();
  short.forward();
  return relativeDistance(padded.output.data, short.output.data, 1);
}
