/**
 * The chapter's third program: tags for the words of a sentence. There are two models of it, the chapter's (chapter.ts)
 * and one that works (tagger.ts); this page is what they have in common.
 *
 * A fifth of the sentences is held out. The model is trained with categorical cross-entropy and Adam, tried on the
 * sentences held out after each epoch, and shown beside what anybody reaches without a network.
 */
import { countWords, type TaggedSentence } from '../../datasets/index.js';
import { adam, createRandom, createTrainer, type Kernels } from '../../models/index.js';
import { saveCheckpoint } from '../common/checkpoints.js';
import { writeGraphPicture } from '../common/graphPicture.js';
import { trainEpochs } from '../common/training.js';
import type { PosSettings } from './architecture.js';
import { measureBaselines } from './baselines.js';
import { CHAPTER_LENGTH } from './chapter.js';
import { accuraciesOf, createConfusionAccuracy, withPadding } from './confusion.js';
import { readCorpus } from './corpus.js';
import { countPadding, taggedExamples } from './examples.js';
import { architectures, createPosModel } from './model.js';
import { printCorpus, printModel, printResults, printSplit } from './print.js';
import { writeResults } from './results.js';
import type { PosEpoch, PosRun } from './run.js';
import { splitSentences } from './split.js';
import type { PosState } from './state.js';
import { createTagger } from './tag.js';

/** Sentences that are shown with their tags. */
const SHOWN = 3;
/** Words of such a sentence at most. */
const READABLE = 25;

/** Trains a model, tries it, and reports. */
export async function trainPos(kernels: Kernels, settings: PosSettings, run: PosRun): Promise<void> {
  const { model: name, batch, seed } = settings;
  const architecture = architectures[name];
  const { length, masked } = architecture;

  const { record, sentences } = await readCorpus(run.data, run.sentences);
  printCorpus(record);
  const { training, test } = splitSentences(sentences, createRandom(seed, 'split'));
  printSplit(training.length, test.length);

  const state: PosState = {
    task: 'pos',
    settings,
    data: record,
    symbols: architecture.symbols(sentences, training),
    classes: ['PAD', ...tagsByFrequency(sentences)],
  };
  const posModel = createPosModel(kernels, state);
  const { model, reader, classes } = posModel;
  printModel(posModel, settings);
  const baselines = measureBaselines(training, test, classes, CHAPTER_LENGTH);

  // Where padding is masked it is not measured, but known.
  const knownPadding = masked ? countPadding(test, CHAPTER_LENGTH) : 0;
  const accuracy = createConfusionAccuracy(classes.names.length, !masked);
  const trainer = createTrainer(model, adam({ rate: settings.lr }));
  const epochs: PosEpoch[] = [];
  const examples = taggedExamples(training, reader, classes, length);
  const unroll = { steps: length, loss: 'softmaxCrossEntropy' } as const;
  const { stopped } = await trainEpochs(trainer, {
    training: examples,
    validation: taggedExamples(test, reader, classes, length),
    epochs: run.epochs,
    batch,
    unroll,
    shuffle: createRandom(seed, 'shuffle'),
    unit: 'sentences',
    accuracy,
    async afterEpoch(points) {
      epochs.push({ ...points.at(-1)!, ...accuraciesOf(withPadding(accuracy.taken, knownPadding)) });
      if (run.save) await saveCheckpoint(run.save, trainer, state);
    },
  });
  if (stopped) return;

  const tag = createTagger(posModel);
  const shown = test
    .filter(({ words }) => words.length <= READABLE)
    .slice(0, SHOWN)
    .map((sentence) => ({ ...sentence, predicted: tag(sentence.words) }));
  const confusion = withPadding(accuracy.taken, knownPadding);
  const results = { state, epochs, baselines, confusion, examples: shown };
  printResults(results);
  await writeResults(run, results, kernels);
  await writeGraphPicture(run.graph, model, { examples, batch, unroll });
}

/** The most frequent first. */
function tagsByFrequency(sentences: readonly TaggedSentence[]): string[] {
  const counts = countWords(sentences.map(({ tags }) => tags));
  return [...counts].sort(([, a], [, b]) => b - a).map(([tag]) => tag);
}
