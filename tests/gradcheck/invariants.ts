/**
 * What finite differences cannot detect: forward and backward agree, but the forward pass is not the intended
 * one. (tests/parity checks that the cells compute the same as Keras.)
 */
import {
  cells,
  createModel,
  createRandom,
  dropout,
  features,
  layerNormalization,
  normal,
  recurrent,
  referenceKernels,
  unroll,
  type Cell,
  type Layer,
} from '../../models/index.js';
import { relativeDistance, type Measured } from './measured.js';

export function* measureInvariants(): Generator<Measured> {
  for (const cell of Object.values<Cell>(cells)) {
    const subject = cell.name;
    if (cell.states.includes('c')) {
      yield { subject, situation: 'a new cell', what: 'c', error: forgetting(cell) };
    }
    yield { subject, situation: 'padding', what: 'h', error: padding([recurrent(cell, { units: 3 })]) };
    yield { subject, situation: 'padding, backwards twice', what: 'h', error: padding(backwardsTwice(cell)) };
    yield { subject, situation: 'padding', what: 'da', error: paddingGradient(cell) };
    yield { subject, situation: 'recurrent dropout', what: 'factors', error: recurrentFactors(cell) };
  }
  yield { subject: 'layerNormalization', situation: 'two numbers', what: 'y', error: normalizing() };
  yield { subject: 'dropout', situation: 'an input of 1', what: 'factors', error: factors() };
}

/**
 * With all matrices 0, an LSTM's forget gate is σ(1): c decays from 1 to σ(1), with no input added.
 */
function forgetting(cell: Cell): number {
  const model = createReferenceModel(1, [recurrent(cell, { units: 2 })]);
  for (const { value } of model.parameters.list) if (value.shape.length > 1) value.data.fill(0);
  const graph = unroll(model, { batch: 1, steps: 1 });
  const c = graph.states[cell.name]!.c!;
  c.initial.data.fill(1);
  graph.forward();
  const kept = 1 / (1 + Math.exp(-1));
  return relativeDistance(c.final.data, [kept, kept], 1);
}

const backwardsTwice = (cell: Cell) =>
  [true, false].map((returnSequences) => recurrent(cell, { units: 3, returnSequences, goBackwards: true }));

/** With padding at any place, the last state equals that of the real steps alone. */
function padding(layers: Layer[]): number {
  const model = createReferenceModel(2, layers);
  const random = createRandom(4);
  const padded = unroll(model, { batch: 1, steps: 7, mask: true });
  normal(1)(padded.input as typeof padded.output, random);
  // A first batch without padding, which must leave no trace.
  padded.forward();
  padded.mask!.data.set([0, 1, 1, 0, 0, 1, 0]);
  const short = unroll(model, { batch: 1, steps: 3 });
  const x = padded.input.data;
  short.input.data.set([...x.slice(2, 6), ...x.slice(10, 12)]);
  padded.forward();
  short.forward();
  return relativeDistance(padded.output.data, short.output.data, 1);
}

/** The gradients of the gates are 0 at steps of padding, whatever the previous batch was. */
function paddingGradient(cell: Cell): number {
  const model = createReferenceModel(2, [recurrent(cell, { units: 3 })]);
  const graph = unroll(model, { batch: 1, steps: 3, mask: true, loss: 'meanSquaredError' });
  normal(1)(graph.input as typeof graph.output, createRandom(4));
  for (const mask of [
    [1, 1, 1],
    [0, 1, 0],
  ]) {
    graph.mask!.data.set(mask);
    graph.forward();
    graph.backward();
  }
  const { data, size } = graph.cells[cell.name]!.backward!.all.da;
  const da = (step: number) => data.slice((step * size) / 3, ((step + 1) * size) / 3);
  return relativeDistance([...da(0), ...da(2)], new Float64Array((2 * size) / 3), 1);
}

/** The mean of 1 and 3 is 2, their variance 1. */
function normalizing(): number {
  const model = createReferenceModel(2, [layerNormalization({ epsilon: 0.5 })]);
  const graph = unroll(model, { batch: 1, steps: 1 });
  graph.input.data.set([1, 3]);
  graph.forward();
  const y = 1 / Math.sqrt(1.5);
  return relativeDistance(graph.output.data, [-y, y], 1);
}

const SEED = 5;
const RATE = 0.4;

/**
 * Drops a unit with probability RATE and otherwise scales it by 1 / (1 - RATE), with the same random numbers.
 */
function expectedFactors(length: number): number[] {
  const random = createRandom(SEED, 'dropout');
  return Array.from({ length }, () => (random.bits() / 2 ** 32 < RATE ? 0 : 1 / (1 - RATE)));
}

function factors(): number {
  const graph = unroll(createReferenceModel(8, [dropout(RATE)]), { batch: 1, steps: 5, training: true });
  graph.input.data.fill(1);
  graph.forward();
  return relativeDistance(graph.output.data, expectedFactors(graph.output.size), 1);
}

function recurrentFactors(cell: Cell): number {
  const model = createReferenceModel(2, [recurrent(cell, { units: 40, recurrentDropout: RATE })]);
  const graph = unroll(model, { batch: 1, steps: 1, training: true });
  graph.forward();
  return relativeDistance(graph.cells[cell.name]!.dropMasks[0]!.data, expectedFactors(40), 1);
}

function createReferenceModel(width: number, layers: Layer[]) {
  const kernels = referenceKernels(Float64Array);
  return createModel({ kernels, input: features(width), layers, seed: SEED });
}
