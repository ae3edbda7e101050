/** Sequences written by a model: it predicts the next symbol, reads it, and so on. */
import { requireWhole, show } from '../../engine/checks.js';
import type { Graph } from '../graph/graph.js';
import type { Model } from '../graph/model.js';
import { createBatches, type Examples } from '../training/batches.js';
import { requireModel } from '../graph/checks.js';
import { createYield } from '../training/eventLoop.js';
import { argmax } from '../training/metrics/argmax.js';
import { draw, readChoice, type Choice, type SampleOptions } from './sample.js';

/** Looking at the clock, and waiting even for nothing, takes as long as some of the kernels. */
const SYMBOLS_PER_YIELD = 16;

/** The graph of one step is filled here, symbol by symbol. */
const ONE: Examples = { count: 1, write() {} };

/**
 * Continues a sequence: reads `prompt` from a state of 0, then chooses `n` symbols, each from the model's
 * prediction after the one before. Each symbol is read once, since the state is carried.
 * (Keras: generate() of keras-hub, or a stateful model and a loop; PyTorch: a loop around LSTM(x, state).)
 * @param model  reads symbols, and predicts the next one, among as many; all layers read forwards
 * @param prompt the symbols to begin with, at least one
 * @param n      how many symbols to write
 * @param options how each is chosen; without temperature 0, they need `random`
 * @returns the symbols written, without the prompt
 */
export async function generate(
  model: Model,
  prompt: ArrayLike<number>,
  n: number,
  options: SampleOptions,
): Promise<Int32Array> {
  requireModel('generate', model);
  const choice = readChoice('generate', options);
  requireWriter(model);
  requirePrompt(prompt, model.input.width);
  requireWhole('generate: n', n, 0);
  const { load } = createBatches(model, { steps: 1, training: false });
  const yieldNow = createYield();
  const written = new Int32Array(n);
  let graph = load(ONE, 0, 1);
  requireForwards(graph);
  graph.resetStates();
  let next = prompt[0]!;
  for (let t = 1; t < prompt.length + n; t++) {
    graph.input.data[0] = next;
    graph.forward();
    graph.carryStates();
    next = t < prompt.length ? prompt[t]! : (written[t - prompt.length] = choose(graph, choice));
    if (t % SYMBOLS_PER_YIELD > 0) continue;
    const pause = yieldNow();
    if (pause) graph = await resume(graph, pause, () => load(ONE, 0, 1));
  }
  return written;
}

/** Chooses from the output, which becomes probabilities. */
function choose({ model, output }: Graph, choice: Choice): number {
  const { data, offset, size } = output;
  if (choice.temperature === 0) return argmax(data, offset, size);
  model.kernels.softmax(output, output, choice.temperature);
  return draw(data.subarray(offset, offset + size), choice);
}

/** In a pause others may use the graph, so its states are kept. */
async function resume(graph: Graph, pause: Promise<void>, load: () => Graph): Promise<Graph> {
  const statesOf = ({ states }: Graph) =>
    Object.values(states).flatMap((layer) => Object.values(layer).map(({ initial }) => initial));
  const kept = statesOf(graph).map(({ data, offset, size }) => data.slice(offset, offset + size));
  await pause;
  const again = load();
  statesOf(again).forEach(({ data, offset }, n) => data.set(kept[n]!, offset));
  return again;
}

/** @throws RangeError unless the model reads one symbol per step, and predicts one among as many */
function requireWriter({ input, layers }: Model): void {
  if (input.kind !== 'oneHot' || input.columns > 1)
    throw new RangeError('generate: the model must read one symbol per step, as oneHot(V)');
  if (layers.some(({ layer }) => layer.kind === 'encoderDecoder'))
    throw new RangeError('generate: this model has an encoder; use decode');
}

function requirePrompt(prompt: ArrayLike<number>, symbols: number): void {
  if (!Array.isArray(prompt) && !ArrayBuffer.isView(prompt))
    throw new TypeError(`generate: the prompt must be an array of symbols, not ${show(prompt)}`);
  if (prompt.length === 0) throw new RangeError('generate: the prompt is empty; give one symbol at least');
  for (let n = 0; n < prompt.length; n++) {
    const id: unknown = prompt[n];
    if (!Number.isInteger(id) || !((id as number) >= 0 && (id as number) < symbols))
      throw new RangeError(
        `generate: prompt[${n}] is ${show(id)}; the model's symbols are 0 to ${symbols - 1}`,
      );
  }
}

/** @throws RangeError when the model cannot be read step by step */
function requireForwards({ cells, output, model }: Graph): void {
  const backwards = Object.entries(cells).find(([, { reverse }]) => reverse)?.[0];
  if (backwards)
    throw new RangeError(`generate: ${backwards} reads backwards, from an end that is not there yet`);
  const [rows, width] = output.shape;
  if (rows !== 1) throw new RangeError(`generate: the model answers ${rows} times per step; it must be once`);
  if (width !== model.input.width)
    throw new RangeError(
      `generate: the model reads ${model.input.width} symbols, but predicts among ${width}`,
    );
}
