/** Answers of a trained model, for any number of sequences of any length. */
import { sigmoid, tensor, type Tensor } from '../../engine/index.js';
import { readOptions, requireWhole } from '../../engine/checks.js';
import type { Numbers } from '../data/nested.js';
import { sequences, type Sequences } from '../data/sequences.js';
import type { Graph } from '../graph/graph.js';
import { lossOf } from '../graph/lossNode.js';
import type { Model } from '../graph/model.js';
import type { Loss, LossName } from '../losses/index.js';
import { requireModel } from '../graph/checks.js';
import { createYield } from '../training/eventLoop.js';
import { createLoader } from './loader.js';

/** Options of `predict`. */
export interface PredictOptions {
  /**
   * The loss that the model was trained with, or its name: the answers are then what it makes of the model's
   * output, such as probabilities. Default null: the output itself, such as logits.
   */
  loss?: Loss | LossName | null;
  /** The most sequences computed side by side. Default 256. */
  batch?: number;
}

/**
 * The model's answers: [N, width] or, from a model that answers at every step, [N, T, width], in an array of
 * their own. T is the longest sequence; what is beyond the end of a shorter one is NaN.
 * Dropout is off. Each sequence is read from a state of 0; stateful layers continue from batch to batch.
 * (Keras: `model.predict`; PyTorch: the module in `inference_mode`; tfjs: `model.predict`.)
 * @param x as in `sequences`, or what it returned
 * @throws RangeError or TypeError when `x` is not what the model reads
 */
export async function predict(
  model: Model,
  x: Numbers | Sequences,
  options: PredictOptions = {},
): Promise<Tensor> {
  requireModel('predict', model);
  const { loss, batch } = readOptions('predict', options, { loss: null, batch: 256 });
  requireWhole('predict: batch', batch);
  const examples = isSequences(x) ? x : sequences({ x });
  const link = loss === null ? null : (lossOf(loss).link ?? null);
  const loader = createLoader(model, examples, batch);
  const yieldNow = createYield();
  let answers: Answers | null = null;
  for (let from = 0; from < examples.count; from += batch) {
    const to = Math.min(from + batch, examples.count);
    const graph = loader.load(from, to);
    graph.forward();
    loader.keep();
    if (link) links[link](graph);
    answers ??= createAnswers(graph, examples);
    for (let row = 0; row < to - from; row++) answers.read(graph, row, loader.order[from + row]!);
    await yieldNow();
  }
  return answers!.tensor;
}

const isSequences = (x: Numbers | Sequences): x is Sequences =>
  typeof x === 'object' && x !== null && 'write' in x;

/** What makes probabilities of a graph's output, in its place. */
const links: Record<NonNullable<Loss['link']>, (graph: Graph) => void> = {
  softmax: ({ model, output }) => model.kernels.softmax(output, output),
  sigmoid({ output: { data, offset, size } }) {
    for (let n = offset; n < offset + size; n++) data[n] = sigmoid(data[n]!);
  },
};

interface Answers {
  readonly tensor: Tensor;
  /** Copies row `row` of a graph's output to example `n`. */
  read(graph: Graph, row: number, n: number): void;
}

/** @param first a graph that read some of the examples */
function createAnswers(first: Graph, { lengths, unroll, count }: Sequences): Answers {
  const width = first.output.shape[1]!;
  /** The steps of the output that belong to a sequence of this length; null: one vector per sequence. */
  const stepsFor = (graph: Graph, length: number) => {
    const { steps, mask } = graph.layers.at(-1)!.output;
    // Masked outputs go along with the inputs, or with the last of them, as those of a decoder do.
    return mask ? length - (graph.steps - steps!) : steps;
  };
  const most = stepsFor(first, unroll.steps);
  const isFloat64 = first.output.data instanceof Float64Array;
  const data = new (isFloat64 ? Float64Array : Float32Array)(count * (most ?? 1) * width);
  if (unroll.mask && most !== null) data.fill(NaN);
  return {
    tensor: most === null ? tensor(data, count, width) : tensor(data, count, most, width),
    read(graph, row, n) {
      const { output, batch, layers } = graph;
      const length = stepsFor(graph, lengths[n]!) ?? 1;
      const { mask, steps } = layers.at(-1)!.output;
      // Padding comes last, unless the last layer reads backwards.
      const begin = mask && mask.data[mask.offset + (steps! - 1) * batch + row] ? steps! - length : 0;
      for (let t = 0; t < length; t++) {
        const from = output.offset + ((begin + t) * batch + row) * width;
        const to = (n * (most ?? 1) + t) * width;
        for (let d = 0; d < width; d++) data[to + d] = output.data[from + d]!;
      }
    },
  };
}
