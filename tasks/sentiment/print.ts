/** What the program prints. */
import type { Model } from '../../models/index.js';
import type { CorpusRecord } from './corpus.js';
import { EMBEDDING, UNITS } from './model.js';
import type { Sample, TestResult } from './results.js';
import type { Split, SplitName } from './split.js';
import type { SentimentSettings } from './state.js';
import { describeKernels } from '../common/kernels.js';
import { printable } from '../common/printable.js';

export const SPLIT_IN_WORDS: Record<SplitName, string> = {
  random: 'drawn at random, as in the chapter',
  distinct: 'all copies of a sentence on one side',
};

export function printCorpus(data: CorpusRecord): void {
  const { source, sha256, sentences, positive, distinct, distinctInWords, longest, words } = data;
  console.log(`data     ${printable(source)}`);
  console.log(`         sha256 ${sha256}`);
  console.log(
    `         ${sentences} sentences, ${positive} positive; ${distinct} distinct, ${distinctInWords} in lower case`,
  );
  console.log(`         longest sentence ${longest} words, ${words} distinct words`);
}

export function printModel({ kernels, parameters }: Model, { cell, seed }: SentimentSettings): void {
  const size = parameters.values.size;
  console.log(`model    embedding ${EMBEDDING}, ${cell} ${UNITS}, ${size} parameters, seed ${seed}`);
  console.log(`kernels  ${describeKernels(kernels)}`);
}

export function printSplit({ name, training, test, isKnown }: Split): void {
  const known = isKnown.filter(Boolean).length;
  console.log(`split    ${SPLIT_IN_WORDS[name]}`);
  console.log(`         ${training.length} sentences to train on, ${test.length} to test with`);
  console.log(
    `         ${known} of the test sentences (${percent(known / test.length)}) are also trained on, word for word`,
  );
}

export function printTest({ loss, accuracy }: TestResult): void {
  console.log(`Test score: ${loss.toFixed(3)}, accuracy: ${accuracy.toFixed(3)}`);
}

/** The chapter's last lines. */
export function printSamples(samples: readonly Sample[]): void {
  console.log('prediction  label  sentence');
  for (const { probability, label, sentence } of samples) {
    console.log(printable(`     ${probability.toFixed(3)}      ${label}  ${sentence}`));
  }
}

/** The accuracies, one below the other. */
export function printResults(results: readonly TestResult[]): void {
  console.log('accuracy on test sentences');
  for (const { split, accuracy, accuracyUnknown, baselineMajority, testSentences, known } of results) {
    const line = (value: number, words: string) => console.log(`   ${value.toFixed(3)}  ${words}`);
    line(accuracy, SPLIT_IN_WORDS[split]);
    if (known > 0 && accuracyUnknown !== null) {
      line(accuracyUnknown, `  only the ${testSentences - known} that are not trained on as well`);
    }
    line(baselineMajority, '  baseline: the more frequent label for all');
  }
}

/** `82%` */
export const percent = (share: number): string => `${(share * 100).toFixed(0)}%`;
