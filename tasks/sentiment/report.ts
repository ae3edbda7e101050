/** The program's output: lines in the terminal, and the page of a run. */
import type { Model } from '../../models/index.js';
import type { TaskSettings } from '../common/checkpoints.js';
import { describeKernels } from '../common/kernels.js';
import { plural, printable, whole } from '../common/printable.js';
import { printTable, type Rows } from '../common/printTable.js';
import { print } from '../common/say.js';
import type { Section } from '../report/index.js';
import { byEpoch, epochChart, durationOf } from '../task/page.js';
import type { RunPage } from '../task/results.js';
import type { CorpusRecord, Split, SplitName } from './corpus.js';
import { EMBEDDING, LENGTH, UNITS, WORDS } from './model.js';
import { isChapters, likeliest, type Sample, type TestResult } from './results.js';

export const SPLIT_IN_WORDS: Record<SplitName, string> = {
  random: 'drawn at random, as in the chapter',
  distinct: 'all copies of a sentence on one side',
};

export function printCorpus(data: CorpusRecord): void {
  const { source, form, sha256, sentences, classes, distinct, distinctInWords, longest, words } = data;
  print(`data     ${printable(source)}`);
  if (form !== null) print(printable(`         ${form}`));
  print(printable(`         ${describeClasses(classes)}`));
  const alone = classes.filter(({ sentences }) => sentences === 1).map(({ name }) => name);
  if (alone.length > 0)
    print(printable(`         one sentence, too few to learn from and to test with: ${listed(alone)}`));
  print(`         ${sentences} sentences; ${distinct} distinct, ${distinctInWords} in lower case`);
  print(`         longest sentence ${longest} words, ${words} distinct words`);
  print(`         sha256 ${sha256}`);
}

/** The number of classes that a line lists. */
const LISTED = 20;

/** `3 classes: negative (120), neutral (80), positive (100)` */
function describeClasses(classes: CorpusRecord['classes']): string {
  const counts = classes.map(({ name, sentences }) => `${name} (${sentences})`);
  return `${classes.length} classes: ${listed(counts)}`;
}

function listed(names: readonly string[]): string {
  const rest = names.length > LISTED ? [`and ${names.length - LISTED} more`] : [];
  return [...names.slice(0, LISTED), ...rest].join(', ');
}

export function printModel(
  { kernels, parameters }: Model,
  { cell, units = UNITS, seed }: TaskSettings,
): void {
  const size = parameters.values.size;
  print(`model    embedding ${EMBEDDING}, ${cell} ${units}, ${size} parameters, seed ${seed}`);
  print(`kernels  ${describeKernels(kernels)}`);
}

export function printSplit({ name, training, test, isKnown }: Split): void {
  const known = isKnown.filter(Boolean).length;
  print(`split    ${SPLIT_IN_WORDS[name]}`);
  print(`         ${training.length} sentences to train on, ${test.length} to test with`);
  print(
    `         ${known} of the test sentences (${percent(known / test.length)}) are also in the training set, word for word`,
  );
}

export function printTest({ loss, accuracy }: TestResult): void {
  print(`Test score: ${loss.toFixed(3)}, accuracy: ${accuracy.toFixed(3)}`);
}

/** The chapter's last lines, then the accuracies and, of more than two classes, how well each is found. */
export function printResults(results: readonly TestResult[], classes: readonly string[]): void {
  for (const line of sampleLines(results[0]!, classes)) print(printable(line));
  print('accuracy on test sentences');
  for (const { split, accuracy, accuracyUnknown, testSentences, known, ...baseline } of results) {
    const line = (value: number, words: string) => print(`   ${value.toFixed(3)}  ${words}`);
    line(accuracy, SPLIT_IN_WORDS[split]);
    if (known > 0 && accuracyUnknown !== null) {
      line(accuracyUnknown, `  only the ${testSentences - known} that are not in the training set`);
    }
    const better = baseline.baselineLogistic > accuracy ? ', better than the network' : '';
    line(baseline.baselineLogistic, `  baseline: logistic regression on a bag of words${better}`);
    const more = classes.length > 2 ? 'most' : 'more';
    line(baseline.baselineMajority, `  baseline: always the ${more} frequent label`);
  }
  if (classes.length === 2) return;
  for (const result of results) {
    print(`test sentences by class, ${SPLIT_IN_WORDS[result.split]}`);
    printTable(classRows(result));
  }
}

function sampleLines({ samples }: TestResult, classes: readonly string[]): string[] {
  if (isChapters(classes)) {
    const lines = samples.map(
      ({ probabilities, label, sentence }) =>
        `     ${probabilities[1]!.toFixed(3)}      ${label}  ${sentence}`,
    );
    return ['prediction  label  sentence', ...lines];
  }
  const rows = [
    ['prediction', '', 'label', 'sentence'],
    ...samples.map((sample) => sampleRow(sample, classes)),
  ];
  const widths = [0, 1, 2].map((n) => Math.max(...rows.map((row) => row[n]!.length)));
  return rows.map((row) => row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  '));
}

/** The likeliest class, its probability, the right class, and the sentence. */
const sampleRow = ({ probabilities, label, sentence }: Sample, classes: readonly string[]): string[] => {
  const answer = likeliest(probabilities);
  return [classes[answer]!, probabilities[answer]!.toFixed(3), classes[label]!, sentence];
};

/** Each class: its test sentences, precision and recall. */
const classRows = ({ classes }: TestResult): Rows => ({
  head: ['class', 'test sentences', 'precision', 'recall'],
  rows: classes.map(({ name, sentences, precision, recall }) => [
    name,
    whole(sentences),
    precision?.toFixed(3) ?? '-',
    recall?.toFixed(3) ?? '-',
  ]),
});

/** `82%` */
export const percent = (share: number): string => `${(share * 100).toFixed(0)}%`;

/** The page of a run: the accuracy on each split, and its course over the epochs. */
export const sentimentPage = (
  { cell, units = UNITS, batch, seed }: TaskSettings,
  data: CorpusRecord,
  results: readonly TestResult[],
): RunPage => ({
  title: 'A recurrent network judges sentences',
  intro: [`It reads a sentence of ${data.source}, word by word, and says ${question(data)}.`],
  sections: [
    accuracies(results),
    ...results.map(training),
    ...results.map(mistakes),
    someSentences(results[0]!, namesOf(data)),
  ],
  facts: [
    ['data', data.source],
    ...(data.form === null ? [] : [['form', data.form] as const]),
    ['sentences', whole(data.sentences)],
    ['classes', describeClasses(data.classes)],
    ['distinct', whole(data.distinct)],
    ['longest sentence', plural(data.longest, 'word')],
    ['words that are read', `the last ${LENGTH}`],
    ['distinct words', whole(data.words)],
    ['sha256', data.sha256],
    ['model', `embedding ${EMBEDDING}, ${cell} ${units}`],
    ['sentences per step', batch],
    ['seed', seed],
    ['epochs', results.map(({ epochs }) => `${epochs.length}, in ${durationOf(epochs)}`).join('; ')],
  ],
});

const namesOf = ({ classes }: CorpusRecord) => classes.map(({ name }) => name);

const question = (data: CorpusRecord) =>
  isChapters(namesOf(data))
    ? 'whether it is positive'
    : `to which of ${data.classes.length} classes it belongs`;

const ACCURACIES: readonly (readonly [name: string, value: (result: TestResult) => string])[] = [
  ['sentences to train on', (result) => whole(result.trainingSentences)],
  ['to test with', (result) => whole(result.testSentences)],
  ['known ones among these', (result) => percent(result.known / result.testSentences)],
  ['accuracy', (result) => result.accuracy.toFixed(3)],
  ['on those not known', (result) => result.accuracyUnknown?.toFixed(3) ?? ''],
  ['baseline: bag of words', (result) => result.baselineLogistic.toFixed(3)],
  ['baseline: majority', (result) => result.baselineMajority.toFixed(3)],
];

const accuracies = (results: readonly TestResult[]): Section => ({
  heading: 'How often it is right',
  text:
    'random: test sentences are drawn as in the chapter. Known ones, which are also in the training set, can be ' +
    'answered from memory. distinct: all copies of a sentence are on one side, so memory does not help. Bag of words: ' +
    'logistic regression on the counts of all words, without their order. Majority: always the label that is most ' +
    'frequent in training.',
  content: [
    {
      kind: 'table',
      // A column for each split: eight would be too wide for a phone.
      head: ['', ...results.map(({ split }) => split)],
      rows: ACCURACIES.map(([name, value]) => [name, ...results.map(value)]),
    },
  ],
});

const training = ({ split, epochs, classes, baselineLogistic }: TestResult): Section => ({
  heading: `Training, ${split}`,
  text: `Test sentences: ${SPLIT_IN_WORDS[split]}.`,
  content: [
    epochChart('Accuracy after each epoch', 'accuracy', [
      byEpoch('test', epochs, ({ validationAccuracy }) => validationAccuracy),
      byEpoch('training', epochs, ({ accuracy }) => accuracy),
      byEpoch('test, bag of words', epochs, () => baselineLogistic, true),
    ]),
    epochChart('Loss after each epoch', `${classes.length === 2 ? 'binary ' : ''}cross-entropy, nats`, [
      byEpoch('test', epochs, ({ validationLoss }) => validationLoss),
      byEpoch('training', epochs, ({ loss }) => loss),
    ]),
  ],
});

const mistakes = (result: TestResult): Section => ({
  heading: `Classes, ${result.split}`,
  text:
    'Precision: of the sentences that were given a class, the share that has it. Recall: of the sentences that have a ' +
    'class, the share that was given it.',
  content: [
    { kind: 'table', ...classRows(result) },
    {
      kind: 'confusion',
      title: 'Classes of test sentences',
      unit: 'sentences',
      labels: result.classes.map(({ name }) => name),
      counts: result.confusion,
    },
  ],
});

const someSentences = ({ samples }: TestResult, classes: readonly string[]): Section => ({
  heading: 'Five test sentences',
  text: `As the model sees them: UNK stands for a word that is not among the ${whole(WORDS)} most frequent.`,
  content: [
    {
      kind: 'table',
      ...(isChapters(classes)
        ? {
            head: ['prediction', 'label', 'sentence'],
            align: ['right', 'right', 'left'] as const,
            rows: samples.map(({ probabilities, label, sentence }) => [
              probabilities[1]!.toFixed(3),
              `${label}`,
              sentence,
            ]),
          }
        : {
            head: ['prediction', 'probability', 'label', 'sentence'],
            align: ['left', 'right', 'left', 'left'] as const,
            rows: samples.map((sample) => sampleRow(sample, classes)),
          }),
    },
  ],
});
