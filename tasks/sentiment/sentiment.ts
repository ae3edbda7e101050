/**
 * The chapter's second program: is a sentence positive or negative? Or in which of several other classes is it?
 *
 * The last 40 words of a sentence, a trained row of 128 numbers for each of 2,000 words, spatial dropout, an
 * LSTM of 64 units with dropout, a sigmoid, binary cross-entropy, Adam; for more than two classes a softmax. The
 * chapter draws its test sentences at random, and many have copies in the training set; so a second model is trained
 * and tested on a split that keeps all copies of a sentence on one side.
 */
import { Option } from 'commander';
import { vocabularyOf } from '../../datasets/index.js';
import { adam, createRandom, createTrainer, InputError, type Kernels } from '../../models/index.js';
import { saveCheckpoint, type TaskSettings } from '../common/checkpoints.js';
import type { GraphPicture } from '../common/graphPicture.js';
import { path } from '../common/options.js';
import { addTaskOptions, type TaskOptions } from '../task/options.js';
import { formatOption, readLines, type LineFormat } from '../task/lines.js';
import type { Results } from '../task/results.js';
import type { Task } from '../task/task.js';
import { readCorpus, splitSentences, type SplitName } from './corpus.js';
import {
  classesOf,
  FIELDS,
  learnSentiment,
  numberSentences,
  sentimentExamples,
  sentimentLayers,
  sentimentModel,
  UNITS,
  unrolled,
  type SentimentState,
} from './model.js';
import { predictLines, predictSentence } from './predict.js';
import { printCorpus, printModel, printResults, printSplit, printTest, sentimentPage } from './report.js';
import { finalOf, scoreExamples, testResult, type TestResult } from './results.js';

interface SentimentOptions extends TaskOptions {
  split: SplitName | 'both';
  predict?: string;
  predictFile?: string;
  format: LineFormat;
}

export const sentiment: Task<SentimentOptions, SentimentState> = {
  name: 'sentiment',
  description:
    'train an LSTM to tell positive sentences from negative ones, or other classes; about a minute',
  addOptions: (command) =>
    addTaskOptions(
      command,
      { cell: 'lstm', units: UNITS, epochs: 10, batch: 32 },
      'sentences with labels of two classes or more, words or numbers: TSV either way round, CSV with or without ' +
        'names, JSON or an object per line; - is standard input (default: 3,000 bundled sentences)',
    )
      .addOption(
        new Option(
          '--split <name>',
          'random: test sentences are drawn as in the chapter; distinct: copies of a sentence stay on one side',
        )
          .choices(['random', 'distinct', 'both'])
          .default('both', 'both: one model for each; the first is saved'),
      )
      .option(
        '--predict <sentence>',
        'with --load: the probability after each word that the sentence is positive, or the likeliest class',
      )
      .option('--predict-file <file>', 'with --load: the answer to each line; - is standard input', path)
      .addOption(formatOption()),
  fields: FIELDS,
  architecture: (state) =>
    sentimentLayers(state.settings, vocabularyOf(state.words).words.length, {
      classes: classesOf(state).length,
    }),
  settings: ({ cell, units, batch, seed }) => ({ cell, units, batch, seed }),
  train: trainSentiment,
  scores: [
    { key: 'accuracy', name: 'random split: accuracy', digits: 3 },
    {
      key: 'accuracyUnknown',
      name: 'random split: accuracy on sentences not in the training set',
      digits: 3,
    },
    {
      key: 'baselineLogistic',
      name: 'random split, baseline: logistic regression on a bag of words',
      digits: 3,
    },
    { key: 'baselineMajority', name: 'random split, baseline: the most frequent label', digits: 3 },
    { key: 'accuracyDistinct', name: 'distinct split: accuracy', digits: 3 },
    {
      key: 'baselineLogisticDistinct',
      name: 'distinct split, baseline: logistic regression on a bag of words',
      digits: 3,
    },
    { key: 'baselineMajorityDistinct', name: 'distinct split, baseline: the most frequent label', digits: 3 },
  ],
  use: {
    isAsked({ load, predict, predictFile }) {
      const asked = predict === undefined ? predictFile : predict;
      if (load === null && asked === undefined) return false;
      if (load === null) throw new InputError('--predict needs a trained model: give it with --load FILE');
      if (asked === undefined)
        throw new InputError('--load needs something to do: give --predict "a sentence"');
      if (predict !== undefined && predictFile !== undefined)
        throw new InputError('--predict and --predict-file: give one of the two');
      return true;
    },
    takes: ['predict', 'predictFile', 'format'],
    refusal: ['--load with --predict only predicts', 'leave it out'],
    run: (kernels, saved, { predict, predictFile, format }) =>
      predictFile === undefined
        ? predictSentence(kernels, saved, predict!)
        : predictLines(kernels, saved, readLines(predictFile), format),
  },
};

/** Trains and tests a model for each requested split. The first one is saved and drawn. */
async function* trainSentiment(
  kernels: Kernels,
  settings: TaskSettings,
  options: SentimentOptions,
): AsyncGenerator<Results> {
  const { batch, seed } = settings;

  // Explore the sentences; number their words, the most frequent first.
  const { record: data, sentences } = readCorpus(options.data);
  printCorpus(data);
  const classes = data.classes.map(({ name }) => name);
  const numbered = numberSentences(sentences);
  const { vocabulary } = numbered;
  const names: SplitName[] = options.split === 'both' ? ['random', 'distinct'] : [options.split];
  const splits = names.map((name) => splitSentences(name, sentences, createRandom(seed, 'split')));
  const results: TestResult[] = [];
  const pictures: GraphPicture[] = [];

  for (const split of splits) {
    const isFirst = results.length === 0;
    const training = sentimentExamples(numbered, split.training);
    const test = sentimentExamples(numbered, split.test);
    const model = sentimentModel(kernels, settings, vocabulary.words.length, { classes: classes.length });
    const trainer = createTrainer(model, adam());
    const words = vocabulary.words.slice(2);
    const state: SentimentState = { task: 'sentiment', settings, data, words, classes };
    if (isFirst) printModel(model, settings);
    printSplit(split);

    const save = () => saveCheckpoint(isFirst ? options.save : null, trainer, state);
    const course = { ...options, classes: classes.length };
    const { epochs, stopped } = await learnSentiment(trainer, [training, test], course, save);
    if (stopped) return;

    pictures.push({ model, examples: training, batch, unroll: unrolled(classes.length) });
    const score = await scoreExamples(model, test, course);
    const chosen = createRandom(seed, 'samples');
    const corpus = { sentences, classes };
    results.push(await testResult(split, corpus, epochs, score, vocabulary, chosen));
    printTest(results.at(-1)!);
  }

  printResults(results, classes);
  yield {
    data,
    epochs: results.flatMap(({ split, epochs }) => epochs.map((epoch) => ({ split, ...epoch }))),
    final: Object.assign({}, ...results.map((result) => finalOf(result, classes))) as Results['final'],
    page: () => sentimentPage(settings, data, results),
    picture: pictures[0]!,
  };
}
