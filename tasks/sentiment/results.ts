/** What comes out of training and testing a model. */
import type { Vocabulary } from '../../datasets/index.js';
import type { Random } from '../../models/index.js';
import type { Sentence } from './corpus.js';
import { readWords } from './model.js';
import type { Score } from './score.js';
import type { Split, SplitName } from './split.js';
import type { EpochPoint } from '../common/training.js';

/** How a model did on the sentences that it was not trained on. */
export interface TestResult {
  split: SplitName;
  epochs: readonly EpochPoint[];
  trainingSentences: number;
  testSentences: number;
  /** How many of the test sentences are among the training sentences too, word for word. */
  known: number;
  /** Mean binary cross-entropy, nats. */
  loss: number;
  accuracy: number;
  /** On the test sentences that are not known; null: there are none. */
  accuracyUnknown: number | null;
  /** Of giving each the label that is more frequent in training. */
  baselineMajority: number;
  samples: readonly Sample[];
}

/** A test sentence drawn at random, and the model's answer. */
export interface Sample {
  /** That it is positive. */
  probability: number;
  label: 0 | 1;
  /** The words as the model sees them. */
  sentence: string;
}

const SAMPLES = 5;

/** Puts together what is known after a test. */
export function testResult(
  split: Split,
  sentences: readonly Sentence[],
  epochs: readonly EpochPoint[],
  { loss, accuracy, probabilities }: Score,
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
    accuracy,
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
