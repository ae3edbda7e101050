/** The answers of an encoder and decoder, whose decoder reads its own last symbol. */
import { readOptions, requireNumber, requireWhole } from '../../engine/checks.js';
import type { Numbers } from '../data/nested.js';
import { sequences, type Sequences } from '../data/sequences.js';
import type { Graph } from '../graph/graph.js';
import type { Model } from '../graph/model.js';
import { createBatches, type Examples } from '../training/batches.js';
import { requireModel } from '../graph/checks.js';
import { createYield } from '../training/eventLoop.js';
import { createBeam, type Beam } from './beam.js';
import { createLoader, roundUp } from './loader.js';
import { partsOf, type Parts } from './parts.js';

/** Options of `decode`. */
export interface DecodeOptions {
  /** The symbol that the decoder reads first. */
  start: number;
  /** The most symbols of an answer. */
  most: number;
  /** The symbol with which an answer ends; it is left out. Default null: all answers have `most` symbols. */
  end?: number | null;
  /** How many beginnings of an answer are followed; 1 takes the likeliest symbol each time. Default 1. */
  beam?: number;
  /**
   * α: ln p of an answer is divided by ((5 + its length) / 6)^α, or longer answers would lose. (Wu et al.
   * 2016; 0.6 to 0.7 there.) Default 0: they do.
   */
  lengthPenalty?: number;
}

/** Rows of the decoder's batch, at least those of one source. */
const ROWS = 64;

/**
 * Answers to sources, each by itself: greedy, or the best that a beam search finds. The encoder reads a
 * source once, and the decoder each symbol once.
 * (Keras: keras_hub's samplers, or a loop around the decoder; PyTorch: a loop around the decoder.)
 * @param model   has one `encoderDecoder` layer, and reads and predicts symbols
 * @param x symbols [N][steps], at most `sourceSteps`: what was padded and masked in training may come
 *   without its padding
 * @returns the symbols of each answer, without `start` and `end`
 * @throws RangeError when the model or a source does not fit
 */
export async function decode(model: Model, x: Numbers, options: DecodeOptions): Promise<Int32Array[]> {
  requireModel('decode', model);
  const given = readOptions('decode', options, { end: null, beam: 1, lengthPenalty: 0 }, ['start', 'most']);
  requireDecodeOptions(model, given);
  const parts = partsOf('decode', model);
  const { sourceSteps } = parts;
  const examples = sequences({ x });
  if (examples.unroll.steps > sourceSteps) {
    const [n, most] = [examples.lengths.findIndex((length) => length > sourceSteps), sourceSteps];
    throw new RangeError(`decode: source ${n} has ${examples.lengths[n]} steps; sourceSteps is ${most}`);
  }
  return decodeAll(parts, examples, given);
}

type Settings = Required<DecodeOptions>;

function requireDecodeOptions({ input }: Model, { start, end, most, beam, lengthPenalty }: Settings): void {
  if (input.kind !== 'oneHot' || input.columns > 1)
    throw new RangeError('decode: the model must read one symbol per step, as oneHot(V)');
  for (const [name, symbol] of Object.entries({ start, end })) {
    if (symbol === null && name === 'end') continue;
    requireWhole(`decode: ${name}`, symbol, 0);
    if (symbol! >= input.width)
      throw new RangeError(`decode: ${name} is ${symbol}; the model's symbols are 0 to ${input.width - 1}`);
  }
  requireWhole('decode: most', most);
  requireWhole('decode: beam', beam);
  requireNumber('decode: lengthPenalty', lengthPenalty, { least: 0 });
}

async function decodeAll(
  { encoder, decoder }: Parts,
  examples: Sequences,
  settings: Settings,
): Promise<Int32Array[]> {
  const { beam } = settings;
  const atOnce = Math.max(1, Math.floor(ROWS / beam));
  const loader = createLoader(encoder, examples, atOnce);
  const steps = createBatches(decoder, { steps: 1, training: false });
  const answers: Int32Array[] = [];
  const yieldNow = createYield();
  for (let from = 0; from < examples.count; from += atOnce) {
    const to = Math.min(from + atOnce, examples.count);
    const read = loader.load(from, to);
    read.forward();
    const graph = steps.load(EMPTY, 0, roundUp(to - from) * beam);
    if (graph.output.shape[1] !== decoder.input.width)
      throw new RangeError(
        `decode: the model predicts among ${graph.output.shape[1]}, not its input's symbols`,
      );
    handOver(read, graph, beam);
    const beams = Array.from({ length: to - from }, () => createBeam(settings));
    search(graph, beams, settings);
    beams.forEach((one, n) => (answers[loader.order[from + n]!] = Int32Array.from(one.best())));
    await yieldNow();
  }
  return answers;
}

/** The decoder's graph is filled here, symbol by symbol. */
const EMPTY: Examples = { count: 0, write() {} };

/** All hypotheses of a source start from the encoder's last states; layers above start from 0. */
function handOver(encoder: Graph, decoder: Graph, beam: number): void {
  decoder.resetStates();
  for (const [layer, states] of Object.entries(encoder.states)) {
    // The layers below have the same names in both graphs.
    const own = decoder.states[layer.replace(/\.encoder$/, '.decoder')]!;
    for (const [letter, { final }] of Object.entries(states)) {
      const { initial } = own[letter]!;
      const H = final.shape[1]!;
      for (let row = 0; row < decoder.batch; row++) {
        const from = final.offset + Math.floor(row / beam) * H;
        initial.data.set(final.data.subarray(from, from + H), initial.offset + row * H);
      }
    }
  }
}

/** Hypothesis k of beam b is row b · beam + k of the graph. */
function search(graph: Graph, beams: readonly Beam[], { start, beam }: Settings): void {
  const { data, offset, shape } = graph.output;
  const V = shape[1]!;
  for (let running = [...beams.entries()]; running.length > 0;) {
    for (const [b, { live }] of running)
      live.forEach(({ symbols }, k) => (graph.input.data[b * beam + k] = symbols.at(-1) ?? start));
    graph.forward();
    for (const [b, one] of running) {
      const logits = (k: number) => {
        const row = offset + (b * beam + k) * V;
        return data.subarray(row, row + V);
      };
      one.extend(logits);
      one.live.forEach(({ parent }, k) => moveState(graph, b * beam + k, b * beam + parent));
    }
    running = running.filter(([, one]) => !one.isDone());
  }
}

/** Row `to` continues from where row `from` has come. */
function moveState({ states }: Graph, to: number, from: number): void {
  for (const layer of Object.values(states)) {
    for (const { initial, next } of Object.values(layer)) {
      const H = next.shape[1]!;
      const row = next.offset + from * H;
      initial.data.set(next.data.subarray(row, row + H), initial.offset + to * H);
    }
  }
}
