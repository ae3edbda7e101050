/**
 * The chapter's third program: tags for the words of a sentence. It has two models, the chapter's
 * (chapter.ts) and one that works (tagger.ts); this file is what they share.
 *
 * A fifth of the sentences is held out. The model is trained with categorical cross-entropy and Adam, tested
 * on the held-out sentences after each epoch, and compared with baselines that need no network.
 */
import { Option, type Command } from 'commander';
import { countWords, type TaggedSentence } from '../../datasets/index.js';
import { adam, createRandom, createTrainer, InputError, type Kernels } from '../../models/index.js';
import { saveCheckpoint } from '../common/checkpoints.js';
import { columnName, path, positiveInteger } from '../common/options.js';
import { trainEpochs } from '../common/training.js';
import { addTaskOptions, requireFiles, type TaskOptions } from '../task/options.js';
import { formatOption } from '../task/lines.js';
import type { Results } from '../task/results.js';
import type { Task } from '../task/task.js';
import type { PosSettings } from './architecture.js';
import { measureBaselines } from './baselines.js';
import { chapter, CHAPTER_LENGTH } from './chapter.js';
import { accuraciesOf, createConfusionAccuracy, withPadding } from './confusion.js';
import { readCorpus, splitSentences } from './corpus.js';
import { countPadding, taggedExamples } from './examples.js';
import { architectures, createPosModel, FIELDS, posLayers, type PosModel, type PosState } from './model.js';
import { posPage, printCorpus, printModel, printResults, printSplit } from './report.js';
import { finalOf, type Example, type PosEpoch } from './results.js';
import { createTagger, tagSentences, type Question } from './tag.js';

/** The number of example sentences in the report. */
const SHOWN = 3;
/** The maximum number of words in an example sentence. */
const READABLE = 25;

interface PosOptions extends TaskOptions, Question {
  model: PosSettings['model'];
  bidirectional: boolean;
  sentences?: number;
  tags?: string;
}

export const pos: Task<PosOptions, PosState> = {
  name: 'pos',
  description: 'tag the words of sentences with their parts of speech; a few minutes',
  addOptions: addPosOptions,
  checkFiles({ data, ...options }) {
    // Neither of two parallel files may be overwritten.
    for (const file of data?.split(',') ?? [null]) requireFiles('pos', { ...options, data: file });
  },
  fields: FIELDS,
  architecture: posLayers,
  settings({ model, cell, units, batch, seed, ...options }) {
    const { lr, bidirectional } = architectures[model].defaults;
    return { model, cell, units, bidirectional: bidirectional || options.bidirectional, batch, lr, seed };
  },
  train: trainPos,
  scores: [
    { key: 'accuracyPadded', name: 'accuracy with padding', digits: 4 },
    { key: 'baselinePad', name: 'baseline: PAD everywhere', digits: 4 },
    { key: 'accuracyWords', name: 'accuracy on words', digits: 4 },
    { key: 'baselineMostFrequentTag', name: 'baseline: the most frequent tag of each word', digits: 4 },
    { key: 'baselinePerceptron', name: 'baseline: an averaged perceptron', digits: 4 },
  ],
  use: {
    isAsked({ load, tag, tagFile }) {
      const asked = tag === undefined ? tagFile : tag;
      if (load === null && asked === undefined) return false;
      if (asked === undefined) throw new InputError('--load only tags: give a sentence with --tag');
      if (load === null) throw new InputError('--tag needs a saved model: give one with --load FILE');
      if (tag !== undefined && tagFile !== undefined)
        throw new InputError('--tag and --tag-file: give one of the two');
      return true;
    },
    takes: ['tag', 'tagFile', 'format'],
    refusal: ['--load with --tag only tags', 'leave it out'],
    run: tagSentences,
  },
};

function addPosOptions(command: Command): Command {
  command
    .addOption(
      new Option(
        '--model <name>',
        'chapter: encoder and decoder as in the chapter; tagger: a bidirectional lstm that works, 6 epochs',
      )
        .choices(Object.keys(architectures))
        .default('chapter'),
    )
    .option('--bidirectional', "the chapter's model with bidirectional encoder and decoder", false)
    .option(
      '--tags <column>',
      'of CoNLL files: upos or xpos, or a number, counted from 1 (default: upos, or 2)',
      columnName,
    )
    .option('--sentences <n>', 'read only the first n sentences (default: all)', positiveInteger)
    .option('--tag <sentence>', 'with --load: tag the words of this sentence instead of training')
    .option('--tag-file <file>', 'with --load: those of each line; - is standard input', path)
    .addOption(formatOption())
    // The help shows the chapter's defaults; the tagger has its own.
    .hook('preAction', () => {
      const { defaults } = architectures[command.opts<PosOptions>().model];
      for (const name of ['cell', 'units', 'epochs'] as const) {
        if (command.getOptionValueSource(name) === 'default') command.setOptionValue(name, defaults[name]);
      }
    });
  return addTaskOptions(
    command,
    { ...chapter.defaults, batch: 32 },
    'tagged sentences: CoNLL-U, CoNLL columns, word/TAG or trees (.mrg), a folder or zip of such files, or two files ' +
      'SENTS,TAGS; - is standard input (default: press reports of the Brown corpus)',
  );
}

/** Trains a model, tests it, and reports. */
async function* trainPos(
  kernels: Kernels,
  settings: PosSettings,
  options: PosOptions,
): AsyncGenerator<Results> {
  const { model: name, batch, seed } = settings;
  const architecture = architectures[name];
  const { length, masked } = architecture;

  const { data, sentences, training, test } = await readSplit(options);
  const symbols = architecture.symbols(sentences, training);
  const state: PosState = {
    task: 'pos',
    settings,
    data,
    symbols,
    classes: ['PAD', ...tagsByFrequency(sentences)],
  };
  const posModel = createPosModel(kernels, state);
  const { model, reader, classes } = posModel;
  printModel(posModel, settings);
  const baselines = measureBaselines(
    training,
    test,
    classes,
    CHAPTER_LENGTH,
    createRandom(seed, 'perceptron'),
  );

  // Masked padding is not measured; it is known to be right.
  const knownPadding = masked ? countPadding(test, CHAPTER_LENGTH) : 0;
  const accuracy = createConfusionAccuracy(classes.names.length, !masked);
  const trainer = createTrainer(model, adam({ rate: settings.lr }));
  const epochs: PosEpoch[] = [];
  const examples = taggedExamples(training, reader, classes, length);
  const unroll = { steps: length, loss: 'softmaxCrossEntropy' } as const;
  const { stopped } = await trainEpochs(trainer, {
    ...{ training: examples, validation: taggedExamples(test, reader, classes, length) },
    ...{ epochs: options.epochs, batch, unroll, unit: 'sentences', accuracy },
    shuffle: createRandom(seed, 'shuffle'),
    async afterEpoch(points) {
      epochs.push({ ...points.at(-1)!, ...accuraciesOf(withPadding(accuracy.taken, knownPadding)) });
      await saveCheckpoint(options.save, trainer, state);
    },
  });
  if (stopped) return;

  const confusion = withPadding(accuracy.taken, knownPadding);
  const results = { state, epochs, baselines, confusion, examples: tagSome(posModel, test) };
  printResults(results);
  yield {
    data,
    epochs,
    final: finalOf(results),
    page: () => posPage(results),
    picture: { model, examples, batch, unroll },
  };
}

/** The sentences, explored and split. */
async function readSplit({ data: path, sentences: first, tags, seed }: PosOptions) {
  const { record: data, sentences } = await readCorpus(path, first ?? null, tags ?? null);
  printCorpus(data);
  const { training, test } = splitSentences(sentences, createRandom(seed, 'split'));
  printSplit(training.length, test.length);
  return { data, sentences, training, test };
}

/** A few held-out sentences, tagged by the model. */
function tagSome(posModel: PosModel, test: readonly TaggedSentence[]): Example[] {
  const tag = createTagger(posModel);
  return test
    .filter(({ words }) => words.length <= READABLE)
    .slice(0, SHOWN)
    .map((sentence) => ({ ...sentence, predicted: tag(sentence.words) }));
}

/** The most frequent first. */
function tagsByFrequency(sentences: readonly TaggedSentence[]): string[] {
  const counts = countWords(sentences.map(({ tags }) => tags));
  return [...counts].sort(([, a], [, b]) => b - a).map(([tag]) => tag);
}
