/** A model's answers to the test sentences, and their scores. */
import type { Vocabulary } from '../../datasets/index.js';
import { createEvaluator, type Examples, type Model, type Random } from '../../models/index.js';
import type { Sentence, Split, SplitName } from './corpus.js';
import { readWords, UNROLLED } from './model.js';
import type { EpochPoint } from '../common/training.js';

export interface Score {
  /** Mean binary cross-entropy, nats. */
  loss: number;
  /** For each example, the model's probability that it is positive. */
  probabilities: number[];
}

/** Runs the model on the examples, without training. */
export async function scoreExamples(model: Model, examples: Examples, batch: number): Promise<Score> {
  const probabilities: number[] = [];
  const evaluate = createEvaluator(model, {
    batch,
    unroll: UNROLLED,
    onBatch(graph) {
      for (let row = 0; row < graph.batch; row++) probabilities.push(sigmoid(graph.output.data[row]!));
    },
  });
  return { loss: await evaluate(examples), probabilities };
}

/** σ(x) = 1 / (1 + e^-x): a score as a probability. */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** A model's scores on the test sentences. */
export interface TestResult {
  split: SplitName;
  epochs: readonly EpochPoint[];
  trainingSentences: number;
  testSentences: number;
  /** The number of test sentences that also occur, word for word, among the training sentences. */
  known: number;
  /** Mean binary cross-entropy, nats. */
  loss: number;
  accuracy: number;
  /** Accuracy on the unknown test sentences; null: there are none. */
  accuracyUnknown: number | null;
  /** Accuracy of always answering with the label that is more frequent in training. */
  baselineMajority: number;
  samples: readonly Sample[];
}

/** A randomly drawn test sentence, and the model's answer. */
export interface Sample {
  /** The model's probability that it is positive. */
  probability: number;
  label: 0 | 1;
  /** The words as the model sees them. */
  sentence: string;
}

const SAMPLES = 5;

/** Collects the scores of a test. */
export function testResult(
  split: Split,
  sentences: readonly Sentence[],
  epochs: readonly EpochPoint[],
  { loss, probabilities }: Score,
  vocabulary: Vocabulary,
  random: Random,
): TestResult {
  const test = Array.from(split.test, (number, n) => {
    const { label, words } = sentences[number]!;
    const probability = probabilities[n]!;
    return {
      label,
      words,
      probability,
      isRight: probability > 0.5 === (label === 1),
      isKnown: split.isKnown[n]!,
    };
  });
  const unknown = test.filter(({ isKnown }) => !isKnown);
  const positive = split.training.reduce((sum, number) => sum + sentences[number]!.label, 0);
  const majority = positive * 2 >= split.training.length ? 1 : 0;
  const samples = Array.from({ length: SAMPLES }, () => test[random.integer(test.length)]!);
  return {
    split: split.name,
    epochs,
    trainingSentences: split.training.length,
    testSentences: test.length,
    known: test.length - unknown.length,
    loss,
    accuracy: share(test, ({ isRight }) => isRight),
    accuracyUnknown: unknown.length ? share(unknown, ({ isRight }) => isRight) : null,
    baselineMajority: share(test, ({ label }) => label === majority),
    samples: samples.map(({ probability, label, words }) => ({
      probability,
      label,
      sentence: readWords(vocabulary, words).join(' '),
    })),
  };
}

const share = <T>(list: readonly T[], condition: (one: T) => boolean): number =>
  list.filter(condition).length / list.length;
