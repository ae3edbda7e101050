/**
 * The chapter's second program: does somebody like what a sentence is about?
 *
 * The last 40 words of a sentence, a trained row of 128 numbers for each of 2,000 words, spatial dropout, an LSTM of 64
 * units with dropout, a sigmoid, binary cross-entropy, Adam. The chapter tests with sentences drawn at random, many of which
 * have copies among those it trains on; so a second model is trained and tested with all copies kept on one side.
 */
import { countWords, createVocabulary } from '../../datasets/index.js';
import {
  adam,
  accuracy,
  createMeter,
  createRandom,
  createTrainer,
  type Kernels,
} from '../../models/index.js';
import { readCorpus } from './corpus.js';
import { LENGTH, numberWords, sentimentExamples, sentimentModel, WORDS } from './model.js';
import { printCorpus, printModel, printResults, printSamples, printSplit, printTest } from './print.js';
import { testResult, type TestResult } from './results.js';
import { scoreExamples } from './score.js';
import { splitSentences } from './split.js';
import type { SentimentSettings, SentimentState } from './state.js';
import { writeResults, type SentimentRun } from './write.js';
import { saveCheckpoint } from '../common/checkpoints.js';
import { writeGraphPicture } from '../common/graphPicture.js';
import { trainEpochs } from '../common/training.js';

/** Trains and tests a model for each split that is asked for. The first of them is the one that is saved. */
export async function trainSentiment(
  kernels: Kernels,
  settings: SentimentSettings,
  run: SentimentRun,
): Promise<void> {
  const { batch, seed } = settings;

  // The sentences, explored; their words numbered, the most frequent first.
  const { record: data, sentences } = readCorpus(run.data);
  printCorpus(data);
  const vocabulary = createVocabulary(countWords(sentences.map(({ words }) => words)), WORDS);
  const inputs = sentences.map(({ words }) => numberWords(vocabulary, words));
  const labels = sentences.map(({ label }) => label);
  const splits = run.splits.map((name) => splitSentences(name, sentences, createRandom(seed, 'split')));
  const results: TestResult[] = [];

  for (const split of splits) {
    const training = sentimentExamples(inputs, labels, split.training);
    const test = sentimentExamples(inputs, labels, split.test);
    const model = sentimentModel(kernels, settings, vocabulary.words.length);
    const trainer = createTrainer(model, adam());
    const unroll = { steps: LENGTH, loss: 'binaryCrossEntropy' } as const;
    const state: SentimentState = { task: 'sentiment', settings, data, words: vocabulary.words.slice(2) };
    if (results.length === 0) printModel(model, settings);
    printSplit(split);

    const { epochs, stopped } = await trainEpochs(trainer, {
      training,
      validation: test,
      epochs: run.epochs,
      batch,
      unroll,
      shuffle: createRandom(seed, 'shuffle'),
      unit: 'sentences',
      accuracy: createMeter(accuracy()),
      async afterEpoch() {
        if (run.save && results.length === 0) await saveCheckpoint(run.save, trainer, state);
      },
    });
    if (stopped) return;

    // Of the models, the first is drawn, as it is the one that is saved.
    const picture = results.length === 0 ? run.graph : null;
    await writeGraphPicture(picture, model, { examples: training, batch, unroll });
    const score = await scoreExamples(model, test, { batch, unroll });
    const chosen = createRandom(seed, 'samples');
    results.push(testResult(split, sentences, epochs, score, vocabulary, chosen));
    printTest(results.at(-1)!);
  }

  printSamples(results[0]!.samples);
  printResults(results);
  await writeResults(run, kernels, settings, data, results);
}
