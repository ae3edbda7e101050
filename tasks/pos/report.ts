/** The program's output: lines in the terminal, and the page of a run. */
import { PAD } from '../../datasets/index.js';
import { describeKernels } from '../common/kernels.js';
import { printable, whole } from '../common/printable.js';
import { printTable } from '../common/printTable.js';
import { print, say } from '../common/say.js';
import type { Section } from '../report/index.js';
import { byEpoch, epochChart, durationOf } from '../task/page.js';
import type { RunPage } from '../task/results.js';
import type { PosSettings } from './architecture.js';
import type { CorpusRecord } from './corpus.js';
import { architectures, type PosModel } from './model.js';
import { accuracyRows, describeExample, mistakeRows, tagRows, type PosResults } from './results.js';

export function printCorpus(record: CorpusRecord): void {
  const { source, sha256, sentences, words, distinctWords, tags, longest } = record;
  say('data', source);
  if (record.form !== null) say('', record.form);
  say('', `${whole(sentences)} sentences, the longest of ${longest} words`);
  say('', `${whole(words)} words, ${whole(distinctWords)} distinct, with ${tags} different tags`);
  say('', `sha256 ${sha256}`);
}

export function printSplit(training: number, test: number): void {
  say('split', `${whole(training)} sentences to train on, ${whole(test)} held out`);
}

export function printModel({ architecture, model }: PosModel, settings: PosSettings): void {
  say('model', `${settings.model}: ${architecture.describe(settings)}`);
  say('', `${whole(model.parameters.values.size)} parameters, seed ${settings.seed}`);
  say('kernels', describeKernels(model.kernels));
}

const OF_THE_CHAPTER = `
Nearly all of these places are padding, and the decoder sees only one vector of the sentence: at best it learns how
long the sentence is. The accuracy on words is the one that counts; see --model tagger.`;

export function printResults(results: PosResults): void {
  print('\nHeld-out sentences, share of places with the right tag:');
  printTable(accuracyRows(results));
  if (results.state.settings.model === 'chapter') {
    print(OF_THE_CHAPTER);
  } else {
    print('\nPrecision: of the words that were given a tag, the share that has it.');
    print('Recall: of the words that have a tag, the share that was given it.');
    printTable(tagRows(results));
    print('\nThe most frequent mistakes:');
    printTable(mistakeRows(results));
  }
  if (results.examples.length === 0) return;
  print('\nHeld-out sentences, tagged by the model; where it is wrong, the right tag is in brackets:');
  for (const example of results.examples) print(printable(describeExample(example)));
}

/** The page of a run: accuracies and baselines, their course over the epochs, and the mistakes. */
export function posPage(results: PosResults): RunPage {
  const { settings, data } = results.state;
  const described = architectures[settings.model].describe(settings);
  return {
    title: 'A recurrent network tags the words of a sentence',
    intro: [`Trained on ${data.source}: ${described}.`],
    sections: [
      accuracies(results),
      training(results),
      mistakes(results),
      eachTag(results),
      examples(results),
    ],
    facts: [
      ['data', data.source],
      ['sha256', data.sha256],
      ['sentences', `${whole(data.sentences)}, the longest of ${data.longest} words`],
      ['words', `${whole(data.words)}, ${whole(data.distinctWords)} distinct, ${data.tags} different tags`],
      ['model', described],
      ['optimizer', `Adam, learning rate ${settings.lr}`],
      ['sentences per step', settings.batch],
      ['seed', settings.seed],
      ['epochs', `${results.epochs.length}, in ${durationOf(results.epochs)}`],
    ],
  };
}

const accuracies = (results: PosResults): Section => ({
  heading: 'How often it is right',
  text:
    'On the held-out sentences. The chapter also counts the padding, which is most of the places; ' +
    'the accuracy on words is the one that matters.',
  content: [{ kind: 'table', ...accuracyRows(results) }],
});

function training({ epochs, baselines, state }: PosResults): Section {
  const { masked } = architectures[state.settings.model];
  const { mostFrequentTag, pad, perceptron } = baselines;
  return {
    heading: 'Training',
    content: [
      epochChart('Loss after each epoch', `cross-entropy of a ${masked ? 'word' : 'place'}, nats`, [
        byEpoch('training', epochs, ({ loss }) => loss),
        byEpoch('held out', epochs, ({ validationLoss }) => validationLoss),
      ]),
      epochChart('Accuracy on the held-out sentences after each epoch', 'share of right tags', [
        byEpoch('on words', epochs, ({ accuracyWords }) => accuracyWords),
        byEpoch('with padding', epochs, ({ accuracyPadded }) => accuracyPadded),
        byEpoch('on words, most frequent tag', epochs, () => mostFrequentTag.accuracyWords, true),
        byEpoch('on words, averaged perceptron', epochs, () => perceptron.accuracyWords, true),
        byEpoch('with padding, PAD everywhere', epochs, () => pad.accuracyPadded, true),
      ]),
    ],
  };
}

function mistakes({ state, confusion }: PosResults): Section {
  // Padding is left out: there is so much of it that nothing else would be visible.
  const ofWords = confusion.map((row, truth) => (truth === PAD ? new Float64Array(row.length) : row));
  // PAD gets a row and column only if words are mistaken for it.
  const first = ofWords.some((row) => row[PAD]! > 0) ? PAD : PAD + 1;
  return {
    heading: 'Which tags are mistaken for which',
    content: [
      {
        kind: 'confusion',
        title: 'Tags of held-out words',
        unit: 'words',
        labels: state.classes.slice(first),
        counts: ofWords.slice(first).map((row) => row.slice(first)),
      },
    ],
  };
}

const eachTag = (results: PosResults): Section => ({
  heading: 'Precision and recall of each tag',
  text:
    'Precision: of the words that were given a tag, the share that has it. ' +
    'Recall: of the words that have a tag, the share that was given it.',
  content: [{ kind: 'table', ...tagRows(results) }],
});

const examples = ({ examples }: PosResults): Section => ({
  heading: 'Held-out sentences, tagged by the model',
  text: 'Where the model is wrong, the right tag is in brackets.',
  content: [
    {
      kind: 'texts',
      texts: examples.map((example, n) => ({ label: `${n + 1}`, text: describeExample(example) })),
    },
  ],
});
