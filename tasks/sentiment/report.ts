/** The program's output: lines in the terminal, and the page of a run. */
import type { Model } from '../../models/index.js';
import type { TaskSettings } from '../common/checkpoints.js';
import { describeKernels } from '../common/kernels.js';
import { printable, whole } from '../common/printable.js';
import type { Section } from '../report/index.js';
import { byEpoch, epochChart, durationOf } from '../task/page.js';
import type { RunPage } from '../task/results.js';
import type { CorpusRecord, Split, SplitName } from './corpus.js';
import { EMBEDDING, LENGTH, UNITS, WORDS } from './model.js';
import type { TestResult } from './results.js';

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

export function printModel(
  { kernels, parameters }: Model,
  { cell, units = UNITS, seed }: TaskSettings,
): void {
  const size = parameters.values.size;
  console.log(`model    embedding ${EMBEDDING}, ${cell} ${units}, ${size} parameters, seed ${seed}`);
  console.log(`kernels  ${describeKernels(kernels)}`);
}

export function printSplit({ name, training, test, isKnown }: Split): void {
  const known = isKnown.filter(Boolean).length;
  console.log(`split    ${SPLIT_IN_WORDS[name]}`);
  console.log(`         ${training.length} sentences to train on, ${test.length} to test with`);
  console.log(
    `         ${known} of the test sentences (${percent(known / test.length)}) are also in the training set, word for word`,
  );
}

export function printTest({ loss, accuracy }: TestResult): void {
  console.log(`Test score: ${loss.toFixed(3)}, accuracy: ${accuracy.toFixed(3)}`);
}

/** The chapter's last lines, then the accuracies. */
export function printResults(results: readonly TestResult[]): void {
  console.log('prediction  label  sentence');
  for (const { probability, label, sentence } of results[0]!.samples) {
    console.log(printable(`     ${probability.toFixed(3)}      ${label}  ${sentence}`));
  }
  console.log('accuracy on test sentences');
  for (const { split, accuracy, accuracyUnknown, baselineMajority, testSentences, known } of results) {
    const line = (value: number, words: string) => console.log(`   ${value.toFixed(3)}  ${words}`);
    line(accuracy, SPLIT_IN_WORDS[split]);
    if (known > 0 && accuracyUnknown !== null) {
      line(accuracyUnknown, `  only the ${testSentences - known} that are not in the training set`);
    }
    line(baselineMajority, '  baseline: always the more frequent label');
  }
}

/** `82%` */
export const percent = (share: number): string => `${(share * 100).toFixed(0)}%`;

/** The page of a run: the accuracy on each split, and its course over the epochs. */
export const sentimentPage = (
  { cell, units = UNITS, batch, seed }: TaskSettings,
  data: CorpusRecord,
  results: readonly TestResult[],
): RunPage => ({
  title: 'A recurrent network judges sentences',
  intro: [`It reads a sentence of ${data.source}, word by word, and says whether it is positive.`],
  sections: [accuracies(results), ...results.map(training), someSentences(results[0]!)],
  facts: [
    ['sentences', data.source],
    ['counts', `${whole(data.sentences)}, ${whole(data.positive)} positive`],
    ['distinct', whole(data.distinct)],
    ['longest sentence', `${data.longest} words, of which the last ${LENGTH} are read`],
    ['distinct words', whole(data.words)],
    ['sha256', data.sha256],
    ['model', `embedding ${EMBEDDING}, ${cell} ${units}`],
    ['sentences per step', batch],
    ['seed', seed],
    ['epochs', results.map(({ epochs }) => `${epochs.length}, in ${durationOf(epochs)}`).join('; ')],
  ],
});

const accuracies = (results: readonly TestResult[]): Section => ({
  heading: 'How often it is right',
  text:
    'random: test sentences are drawn as in the chapter. Known ones, which are also in the training set, can be ' +
    'answered from memory. distinct: all copies of a sentence are on one side, so memory does not help. The baseline ' +
    'always answers with the label that is more frequent in training.',
  content: [
    {
      kind: 'table',
      head: ['split', 'training', 'test', 'known', 'accuracy', 'on unknown', 'baseline'],
      rows: results.map((result) => [
        result.split,
        whole(result.trainingSentences),
        whole(result.testSentences),
        percent(result.known / result.testSentences),
        result.accuracy.toFixed(3),
        result.accuracyUnknown?.toFixed(3) ?? '',
        result.baselineMajority.toFixed(3),
      ]),
    },
  ],
});

const training = ({ split, epochs }: TestResult): Section => ({
  heading: `Training, ${split}`,
  text: `Test sentences: ${SPLIT_IN_WORDS[split]}.`,
  content: [
    epochChart('Accuracy after each epoch', 'accuracy', [
      byEpoch('test', epochs, ({ validationAccuracy }) => validationAccuracy),
      byEpoch('training', epochs, ({ accuracy }) => accuracy),
    ]),
    epochChart('Loss after each epoch', 'binary cross-entropy, nats', [
      byEpoch('test', epochs, ({ validationLoss }) => validationLoss),
      byEpoch('training', epochs, ({ loss }) => loss),
    ]),
  ],
});

const someSentences = ({ samples }: TestResult): Section => ({
  heading: 'Five test sentences',
  text: `As the model sees them: UNK stands for a word that is not among the ${whole(WORDS)} most frequent.`,
  content: [
    {
      kind: 'table',
      head: ['prediction', 'label', 'sentence'],
      align: ['right', 'right', 'left'],
      rows: samples.map(({ probability, label, sentence }) => [probability.toFixed(3), `${label}`, sentence]),
    },
  ],
});
