/** The page of a run: how well the model does, on either split, and how it got there. */
import type { Kernels } from '../../models/index.js';
import type { CorpusRecord } from './corpus.js';
import { EMBEDDING, LENGTH, UNITS, WORDS } from './model.js';
import { percent, SPLIT_IN_WORDS } from './print.js';
import type { TestResult } from './results.js';
import type { SentimentSettings } from './state.js';
import { describeKernels } from '../common/kernels.js';
import { duration } from '../common/progress.js';
import type { EpochPoint } from '../common/training.js';
import type { LineChart, Page, Section, Series } from '../report/index.js';

export function sentimentPage(
  kernels: Kernels,
  settings: SentimentSettings,
  data: CorpusRecord,
  results: readonly TestResult[],
): Page {
  return {
    task: 'sentiment',
    title: 'A recurrent network judges sentences',
    intro: [`It reads a sentence of ${data.source}, word by word, and says whether it is positive.`],
    sections: [
      accuracies(results),
      ...results.map(training),
      someSentences(results[0]!),
      thisRun(kernels, settings, data, results),
    ],
  };
}

const accuracies = (results: readonly TestResult[]): Section => ({
  heading: 'How often it is right',
  text:
    'random: sentences to test with are drawn as in the chapter. Those that are known, trained on word for word, can be ' +
    'answered from memory. distinct: all copies of a sentence are on one side, and memory is no help. The baseline is to ' +
    'give all of them the label that is more frequent in training.',
  content: [
    {
      kind: 'table',
      head: ['split', 'training', 'test', 'known', 'accuracy', 'on unknown', 'baseline'],
      rows: results.map((result) => [
        result.split,
        result.trainingSentences.toLocaleString('en'),
        result.testSentences.toLocaleString('en'),
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
  text: `Sentences to test with: ${SPLIT_IN_WORDS[split]}.`,
  content: [
    curves('Accuracy after each epoch', 'accuracy', [
      byEpoch('test', epochs, 'validationAccuracy'),
      byEpoch('training', epochs, 'accuracy'),
    ]),
    curves('Loss after each epoch', 'binary cross-entropy, nats', [
      byEpoch('test', epochs, 'validationLoss'),
      byEpoch('training', epochs, 'loss'),
    ]),
  ],
});

const curves = (title: string, y: string, series: readonly Series[]): LineChart => ({
  kind: 'lineChart',
  title,
  x: 'epoch',
  y,
  series,
});

const byEpoch = (name: string, epochs: readonly EpochPoint[], field: keyof EpochPoint): Series => ({
  name,
  points: epochs.map((point) => [point.epoch, point[field] ?? NaN]),
});

const someSentences = ({ samples }: TestResult): Section => ({
  heading: 'Five test sentences',
  text: `As the model sees them: UNK is a word that is not among the ${WORDS.toLocaleString('en')} most frequent.`,
  content: [
    {
      kind: 'table',
      head: ['prediction', 'label', 'sentence'],
      align: ['right', 'right', 'left'],
      rows: samples.map(({ probability, label, sentence }) => [probability.toFixed(3), `${label}`, sentence]),
    },
  ],
});

function thisRun(
  kernels: Kernels,
  { cell, batch, seed }: SentimentSettings,
  data: CorpusRecord,
  results: readonly TestResult[],
): Section {
  const epochs = results.map((result) => result.epochs.length);
  const seconds = results.map((result) => result.epochs.reduce((sum, { ms }) => sum + ms, 0) / 1000);
  return {
    heading: 'This run',
    content: [
      {
        kind: 'facts',
        facts: [
          ['sentences', data.source],
          [
            'counts',
            `${data.sentences.toLocaleString('en')}, ${data.positive.toLocaleString('en')} positive`,
          ],
          ['distinct', data.distinct.toLocaleString('en')],
          ['longest sentence', `${data.longest} words, of which the last ${LENGTH} are read`],
          ['distinct words', data.words.toLocaleString('en')],
          ['sha256', data.sha256],
          ['model', `embedding ${EMBEDDING}, ${cell} ${UNITS}`],
          ['sentences per step', batch],
          ['seed', seed],
          ['epochs', epochs.map((count, n) => `${count}, in ${duration(seconds[n]!)}`).join('; ')],
          ['kernels', describeKernels(kernels)],
          ['date', new Date().toISOString().slice(0, 10)],
        ],
      },
    ],
  };
}
