/** How good a model's answers are, and what they are. */
import {
  accuracy,
  createMeter,
  createEvaluator,
  type Examples,
  type GraphOptions,
  type Model,
} from '../../models/index.js';

export interface Score {
  /** Mean binary cross-entropy, nats. */
  loss: number;
  /** The share of right answers. */
  accuracy: number;
  /** For each example how likely it is positive, as the model sees it. */
  probabilities: number[];
}

/** The model's answers to the examples, without training. */
export async function scoreExamples(
  model: Model,
  examples: Examples,
  options: { batch: number; unroll: GraphOptions },
): Promise<Score> {
  const meter = createMeter(accuracy());
  const probabilities: number[] = [];
  const evaluate = createEvaluator(model, {
    ...options,
    onBatch(graph) {
      meter.update(graph);
      for (let row = 0; row < graph.batch; row++) probabilities.push(sigmoid(graph.output.data[row]!));
    },
  });
  return { loss: await evaluate(examples), accuracy: meter.take(), probabilities };
}

/** σ(x) = 1 / (1 + e^-x): a score as a probability. */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
