/** What the program shows: lines in the terminal, and the page of a run. */
import { PAD } from '../../datasets/index.js';
import { describeKernels } from '../common/kernels.js';
import { printable, whole } from '../common/printable.js';
import { printTable } from '../common/printTable.js';
import type { Section } from '../report/index.js';
import { byEpoch, epochChart, durationOf } from '../task/page.js';
import type { RunPage } from '../task/results.js';
import type { PosSettings } from './architecture.js';
import type { CorpusRecord } from './corpus.js';
import { architectures, type PosModel } from './model.js';
import { accuracyRows, describeExample, mistakeRows, tagRows, type PosResults } from './results.js';

export function printCorpus(record: CorpusRecord): void {
  const { source, sha256, sentences, words, distinctWords, tags, longest } = record;
  console.log(`data     ${printable(source)}`);
  console.log(
    `         ${whole(sentences)} sentences, the longest of ${longest} words; ${whole(words)} words,`,
  );
  console.log(`         ${whole(distinctWords)} distinct, with ${tags} different tags; sha256 ${sha256}`);
}

export function printSplit(training: number, test: number): void {
  console.log(`split    ${whole(training)} sentences to train on, ${whole(test)} held out`);
}

export function printModel({ architecture, model }: PosModel, settings: PosSettings): void {
  console.log(`model    ${settings.model}: ${architecture.describe(settings)},`);
  console.log(`         ${whole(model.parameters.values.size)} parameters, seed ${settings.seed}`);
  console.log(`kernels  ${describeKernels(model.kernels)}`);
}

const OF_THE_CHAPTER = `
Nearly all of these places are padding, and the decoder knows a sentence by one vector only: at best it learns how
long the sentence is. The accuracy on words is the one that counts; see --model tagger.`;

export function printResults(results: PosResults): void {
  console.log('\nSentences held out, share of places with the right tag:');
  printTable(accuracyRows(results));
  if (results.state.settings.model === 'chapter') {
    console.log(OF_THE_CHAPTER);
  } else {
    console.log('\nPrecision: of the words that were given a tag, the share that has it.');
    console.log('Recall: of the words that have a tag, the share that was given it.');
    printTable(tagRows(results));
    console.log('\nTaken for another most often:');
    printTable(mistakeRows(results));
  }
  if (results.examples.length === 0) return;
  console.log('\nSentences held out, as the model tags them; in brackets what is right where it is not:');
  for (const example of results.examples) console.log(printable(describeExample(example)));
}

/** The page of a run: the accuracies beside the baselines, how they grew, and what is mistaken for what. */
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
    'Of the sentences held out. The chapter counts the padding as well, which is most of it; ' +
    'the accuracy on words is the one that matters.',
  content: [{ kind: 'table', ...accuracyRows(results) }],
});

function training({ epochs, baselines, state }: PosResults): Section {
  const { masked } = architectures[state.settings.model];
  const { mostFrequentTag, pad } = baselines;
  return {
    heading: 'Training',
    content: [
      epochChart('Loss after each epoch', `cross-entropy of a ${masked ? 'word' : 'place'}, nats`, [
        byEpoch('training', epochs, ({ loss }) => loss),
        byEpoch('held out', epochs, ({ validationLoss }) => validationLoss),
      ]),
      epochChart('Accuracy on the sentences held out after each epoch', 'share of right tags', [
        byEpoch('on words', epochs, ({ accuracyWords }) => accuracyWords),
        byEpoch('with padding', epochs, ({ accuracyPadded }) => accuracyPadded),
        byEpoch('on words, most frequent tag', epochs, () => mostFrequentTag.accuracyWords, true),
        byEpoch('with padding, PAD everywhere', epochs, () => pad.accuracyPadded, true),
      ]),
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

const eachTag = (results: PosResults): Section => ({
  heading: 'How well each tag is found',
  text:
    'Precision: of the words that were given a tag, the share that has it. ' +
    'Recall: of the words that have a tag, the share that was given it.',
  content: [{ kind: 'table', ...tagRows(results) }],
});

const examples = ({ examples }: PosResults): Section => ({
  heading: 'Sentences held out, as it tags them',
  text: 'In brackets what is right where the model is not.',
  content: [
    {
      kind: 'texts',
      texts: examples.map((example, n) => ({ label: `${n + 1}`, text: describeExample(example) })),
    },
  ],
});
