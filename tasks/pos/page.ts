/** The page of a run: the accuracies beside the baselines, how they grew, and what is mistaken for what. */
import { PAD } from '../../datasets/index.js';
import type { Kernels } from '../../models/index.js';
import { describeKernels } from '../common/kernels.js';
import { duration } from '../common/progress.js';
import type { Page, Section, Series } from '../report/index.js';
import { architectures } from './model.js';
import type { PosEpoch, PosResults } from './run.js';
import { accuracyRows, describeExample, tagRows, whole } from './tables.js';

export function posPage(results: PosResults, kernels: Kernels): Page {
  const { settings, data } = results.state;
  return {
    task: 'pos',
    title: 'A recurrent network tags the words of a sentence',
    intro: [`Trained on ${data.source}: ${architectures[settings.model].describe(settings)}.`],
    sections: [
      accuracies(results),
      training(results),
      mistakes(results),
      eachTag(results),
      examples(results),
      thisRun(results, kernels),
    ],
  };
}

function accuracies(results: PosResults): Section {
  return {
    heading: 'How often it is right',
    text:
      'Of the sentences held out. The chapter counts the padding as well, which is most of it; ' +
      'the accuracy on words is the one that matters.',
    content: [{ kind: 'table', ...accuracyRows(results) }],
  };
}

function training({ epochs, baselines, state }: PosResults): Section {
  const { masked } = architectures[state.settings.model];
  const byEpoch = (name: string, value: (epoch: PosEpoch) => number, dashed = false): Series => ({
    name,
    points: epochs.map((epoch) => [epoch.epoch, value(epoch)]),
    dashed,
  });
  return {
    heading: 'Training',
    content: [
      {
        kind: 'lineChart',
        title: 'Loss after each epoch',
        x: 'epoch',
        y: `cross-entropy of a ${masked ? 'word' : 'place'}, nats`,
        series: [
          byEpoch('training', ({ loss }) => loss),
          byEpoch('held out', ({ validationLoss }) => validationLoss ?? NaN),
        ],
      },
      {
        kind: 'lineChart',
        title: 'Accuracy on the sentences held out after each epoch',
        x: 'epoch',
        y: 'share of right tags',
        series: [
          byEpoch('on words', ({ accuracyWords }) => accuracyWords),
          byEpoch('with padding', ({ accuracyPadded }) => accuracyPadded),
          byEpoch('on words, most frequent tag', () => baselines.mostFrequentTag.accuracyWords, true),
          byEpoch('with padding, PAD everywhere', () => baselines.pad.accuracyPadded, true),
        ],
      },
    ],
  };
}

function mistakes({ state, confusion }: PosResults): Section {
  // Of the padding there is so much that nothing else would be seen beside it.
  const ofWords = confusion.map((row, truth) => (truth === PAD ? new Float64Array(row.length) : row));
  // It has a place in the picture only where words are taken for it.
  const first = ofWords.some((row) => row[PAD]! > 0) ? PAD : PAD + 1;
  return {
    heading: 'What is taken for what',
    content: [
      {
        kind: 'confusion',
        title: 'Tags of words held out',
        unit: 'words',
        labels: state.classes.slice(first),
        counts: ofWords.slice(first).map((row) => row.slice(first)),
      },
    ],
  };
}

function eachTag(results: PosResults): Section {
  return {
    heading: 'How well each tag is found',
    text:
      'Precision: of the words that were given a tag, the share that has it. ' +
      'Recall: of the words that have a tag, the share that was given it.',
    content: [{ kind: 'table', ...tagRows(results) }],
  };
}

function examples({ examples }: PosResults): Section {
  return {
    heading: 'Sentences held out, as it tags them',
    text: 'In brackets what is right where the model is not.',
    content: [
      {
        kind: 'texts',
        texts: examples.map((example, n) => ({ label: `${n + 1}`, text: describeExample(example) })),
      },
    ],
  };
}

function thisRun({ state, epochs }: PosResults, kernels: Kernels): Section {
  const { settings, data } = state;
  const seconds = epochs.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  return {
    heading: 'This run',
    content: [
      {
        kind: 'facts',
        facts: [
          ['data', data.source],
          ['sha256', data.sha256],
          ['sentences', `${whole(data.sentences)}, the longest of ${data.longest} words`],
          [
            'words',
            `${whole(data.words)}, ${whole(data.distinctWords)} distinct, ${data.tags} different tags`,
          ],
          ['model', architectures[settings.model].describe(settings)],
          ['optimizer', `Adam, learning rate ${settings.lr}`],
          ['sentences per step', settings.batch],
          ['seed', settings.seed],
          ['epochs', `${epochs.length}, in ${duration(seconds)}`],
          ['kernels', describeKernels(kernels)],
          ['date', new Date().toISOString().slice(0, 10)],
        ],
      },
    ],
  };
}
