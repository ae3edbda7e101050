/** A model's answers to the test sentences, and their scores. */
import type { Vocabulary } from '../../datasets/index.js';
import {
  argmax,
  createEvaluator,
  softmax,
  type Examples,
  type Model,
  type Random,
  type Tensor,
} from '../../models/index.js';
import type { EpochPoint } from '../common/training.js';
import type { Results } from '../task/results.js';
import { countClasses, type Sentence, type Split, type SplitName } from './corpus.js';
import { trainLogistic } from './logisticRegression.js';
import { NEGATIVE_POSITIVE, readWords, unrolled } from './model.js';

export interface Score {
  /** Mean cross-entropy, nats. */
  loss: number;
  /** For each example, the probability of each class. */
  probabilities: ArrayLike<number>[];
}

/** Runs the model on the examples, without training. */
export async function scoreExamples(
  model: Model,
  examples: Examples,
  { batch, classes }: { batch: number; classes: number },
): Promise<Score> {
  const probabilities: ArrayLike<number>[] = [];
  const evaluate = createEvaluator(model, {
    batch,
    unroll: unrolled(classes),
    onBatch: ({ output }) => probabilities.push(...eachProbabilities(output)),
  });
  return { loss: await evaluate(examples), probabilities };
}

/** The probability of each class, for each row of scores. */
export function eachProbabilities({ data, offset, shape }: Tensor): ArrayLike<number>[] {
  const [rows, width] = shape as [number, number];
  return Array.from({ length: rows }, (_, row) => {
    const scores = data.subarray(offset + row * width, offset + (row + 1) * width);
    if (width > 1) return softmax(scores);
    const positive = sigmoid(scores[0]!);
    return [1 - positive, positive];
  });
}

/** σ(x) = 1 / (1 + e^-x): the softmax of the scores 0 and x, for x. */
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The number of the likeliest class. */
export const likeliest = (probabilities: ArrayLike<number>): number =>
  argmax(probabilities, 0, probabilities.length);

/** Whether the classes are the chapter's, of which one probability is enough: that it is positive. */
export const isChapters = (classes: readonly string[]): boolean =>
  classes.length === 2 && classes.every((name, n) => name === NEGATIVE_POSITIVE[n]);

/** An answer as JSON: the probability that it is positive, or that of each class by its name. */
export const answerOf = (classes: readonly string[], probabilities: ArrayLike<number> | null) =>
  isChapters(classes)
    ? { probability: probabilities && probabilities[1]! }
    : {
        probabilities:
          probabilities && Object.fromEntries(classes.map((name, n) => [name, probabilities[n]!])),
      };

/** A model's scores on the test sentences. */
export interface TestResult {
  split: SplitName;
  epochs: readonly EpochPoint[];
  trainingSentences: number;
  testSentences: number;
  /** The number of test sentences that also occur, word for word, among the training sentences. */
  known: number;
  /** Mean cross-entropy, nats. */
  loss: number;
  accuracy: number;
  /** Accuracy on the unknown test sentences; null: there are none. */
  accuracyUnknown: number | null;
  /** Accuracy of always answering with the label that is most frequent in training. */
  baselineMajority: number;
  /** Accuracy of logistic regression on the words, without their order. */
  baselineLogistic: number;
  classes: readonly ClassScore[];
  /** `confusion[truth][prediction]`: numbers of test sentences. */
  confusion: readonly (readonly number[])[];
  samples: readonly Sample[];
}

/** How well a class is found among the test sentences. */
export interface ClassScore {
  name: string;
  /** The test sentences of this class. */
  sentences: number;
  /** Of the sentences that were given this class, the share that has it; null: there are none. */
  precision: number | null;
  /** Of the sentences that have this class, the share that was given it; null: there are none. */
  recall: number | null;
}

/** A randomly drawn test sentence, and the model's answer. */
export interface Sample {
  probabilities: ArrayLike<number>;
  /** The number of its class. */
  label: number;
  /** The words as the model sees them. */
  sentence: string;
}

const SAMPLES = 5;

/** Collects the scores of a test. */
export async function testResult(
  split: Split,
  { sentences, classes }: { sentences: readonly Sentence[]; classes: readonly string[] },
  epochs: readonly EpochPoint[],
  { loss, probabilities }: Score,
  vocabulary: Vocabulary,
  random: Random,
): Promise<TestResult> {
  const training = Array.from(split.training, (number) => sentences[number]!);
  const test = Array.from(split.test, (number, n) => ({
    ...sentences[number]!,
    probabilities: probabilities[n]!,
    answer: likeliest(probabilities[n]!),
    isKnown: split.isKnown[n]!,
  }));
  const isRight = ({ label, answer }: (typeof test)[number]) => label === answer;
  const unknown = test.filter(({ isKnown }) => !isKnown);
  const counts = countClasses(training, classes.length);
  const majority = counts.lastIndexOf(Math.max(...counts));
  const logistic = await trainLogistic(training, classes.length);
  const confusion = classes.map(() => new Array<number>(classes.length).fill(0));
  for (const { label, answer } of test) confusion[label]![answer]!++;
  const samples = Array.from({ length: SAMPLES }, () => test[random.integer(test.length)]!);
  return {
    split: split.name,
    epochs,
    trainingSentences: training.length,
    testSentences: test.length,
    known: test.length - unknown.length,
    loss,
    accuracy: share(test, isRight),
    accuracyUnknown: unknown.length ? share(unknown, isRight) : null,
    baselineMajority: share(test, ({ label }) => label === majority),
    baselineLogistic: share(test, ({ label, words }) => logistic(words) === label),
    classes: classScores(confusion, classes),
    confusion,
    samples: samples.map(({ probabilities, label, words }) => ({
      probabilities,
      label,
      sentence: readWords(vocabulary, words).join(' '),
    })),
  };
}

const share = <T>(list: readonly T[], condition: (one: T) => boolean): number =>
  list.filter(condition).length / list.length;

function classScores(confusion: readonly (readonly number[])[], classes: readonly string[]): ClassScore[] {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return classes.map((name, n) => {
    const [right, sentences] = [confusion[n]![n]!, sum(confusion[n]!)];
    const given = sum(confusion.map((row) => row[n]!));
    return {
      name,
      sentences,
      precision: given ? right / given : null,
      recall: sentences ? right / sentences : null,
    };
  });
}

/**
 * The main numbers by name: those of the random split under plain names, those of the other with the suffix `Distinct`.
 */
export function finalOf(result: TestResult, classes: readonly string[]): Results['final'] {
  const { split, samples } = result;
  const shown = samples.map(({ probabilities, label, sentence }) => ({
    ...answerOf(classes, probabilities),
    label: isChapters(classes) ? label : classes[label]!,
    sentence,
  }));
  const ending = split === 'random' ? '' : 'Distinct';
  const fields = Object.entries({ ...result, samples: shown }).filter(
    ([name]) => name !== 'split' && name !== 'epochs',
  );
  return Object.fromEntries(fields.map(([name, value]) => [name + ending, value as unknown]));
}
