/** Training over epochs, which can be stopped and continued at any step. */
import { createBatches, type Examples } from './batches.js';
import type { EpochRecord } from './epochRecord.js';
import { createYield } from './eventLoop.js';
import { requireFiniteParameters } from './finite.js';
import { initialFitState, type FitOptions, type FitState } from './fitOptions.js';
import { readFitOptions } from './readFitOptions.js';
import type { Trainer } from './trainer.js';
import type { Graph } from '../graph/graph.js';

/**
 * Trains until `epochs` are complete, a callback ends it, or the signal is aborted.
 * A run that is stopped and continued from its state gives the same bits as an uninterrupted run.
 * @returns the state reached
 * @throws TypeError or RangeError that names what cannot be used; InputError when the loss or a gradient is no
 * longer finite
 */
export async function fit(trainer: Trainer, examples: Examples, given: FitOptions): Promise<FitState> {
  const options = readFitOptions(trainer, examples, given);
  const { epochs, batch, unroll, shuffle, signal, callbacks, stepsPerEpoch } = options;
  const { each, states } = createBatches(trainer.model, options.shape);
  const yieldNow = createYield();
  let { state } = options;
  if (state.order) shuffle?.restore(state.order);
  states.restore(state.states);
  const training = { trainer, batch, unroll, signal, figures: ['loss'] };
  const watching = callbacks.map(({ name, start }) => ({
    name,
    ...start(training, state.callbacks?.[name]),
  }));
  const save = () => Object.fromEntries(watching.map((one) => [one.name, one.save?.()]));
  let weight = 0;
  const afterBatch = (graph: Graph) => {
    weight += graph.weight();
    for (const one of watching) one.afterBatch?.(graph);
    options.onBatch(graph);
  };

  while (state.epoch < epochs && !watching.some((one) => one.isOver?.())) {
    const epoch = state.epoch + 1;
    state.order = shuffle && shuffle.state();
    const order = shuffle?.permutation(examples.count) ?? null;

    while (state.step < stepsPerEpoch && !signal?.aborted) {
      const start = performance.now();
      const from = state.step * batch * options.accumulate;
      const to = Math.min(from + batch * options.accumulate, examples.count);
      weight = 0;
      const loss = trainer.step(followed(each(examples, from, to, batch, order), afterBatch));
      state.lossSum += loss * weight;
      state.weight += weight;
      state.step++;
      state.ms += performance.now() - start;
      options.onStep({ epoch, step: state.step, stepsPerEpoch, loss: mean(state) });
      await yieldNow();
    }
    requireFiniteParameters(trainer.model, `in epoch ${epoch} after step ${state.step}`);
    if (watching.length) state.callbacks = save();
    if (state.step < stepsPerEpoch) return { ...state, states: states.save() };

    try {
      const record: EpochRecord = { epoch, loss: mean(state), steps: stepsPerEpoch, ms: state.ms };
      for (const one of watching) await one.afterEpoch?.(record);
      const next: FitState = { ...initialFitState, epoch, order: shuffle && shuffle.state() };
      if (watching.length) next.callbacks = save();
      await options.onEpoch(record, { ...next });
      state = next;
    } catch (error) {
      if (signal?.aborted && error === signal.reason) return state;
      throw error;
    }
    states.reset();
  }
  for (const one of watching) one.end?.();
  return state;
}

/** The graphs, each of which is passed to `after` before the next is asked for. */
function* followed(graphs: Iterable<Graph>, after: (graph: Graph) => void): Iterable<Graph> {
  for (const graph of graphs) {
    yield graph;
    after(graph);
  }
}

/** The mean loss so far; 0 before the first step. */
const mean = ({ lossSum, weight }: FitState) => (weight ? lossSum / weight : 0);
