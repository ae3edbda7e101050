/** The chapter's model of sentiment, its saved state, its examples, and its training. */
import { countWords, createVocabulary, padLeft, type Vocabulary } from '../../datasets/index.js';
import {
  accuracy,
  cells,
  createMeter,
  createModel,
  createRandom,
  dense,
  embedding,
  oneHot,
  recurrent,
  spatialDropout1D,
  type Examples,
  type Kernels,
  type Model,
  type Trainer,
} from '../../models/index.js';
import { SETTINGS, type TaskSettings, type TaskState } from '../common/checkpoints.js';
import { isListOf, isRecordOf, isText, type Fields } from '../common/checks.js';
import { trainEpochs, type Trained } from '../common/training.js';
import type { CorpusRecord, Sentence } from './corpus.js';

/** The most frequent words have numbers of their own. */
export const WORDS = 2000;
/** Words of a sentence that are read: its last ones. Shorter sentences have padding before them. */
export const LENGTH = 40;
/** How its graph is unrolled. */
export const UNROLLED = { steps: LENGTH, loss: 'binaryCrossEntropy' } as const;
export const EMBEDDING = 128;
export const UNITS = 64;
const DROPOUT = 0.2;

/** What a saved model holds. */
export interface SentimentState extends TaskState {
  data: CorpusRecord;
  /** The words that have numbers, by number, without PAD and UNK. */
  words: readonly string[];
}

export const FIELDS: Fields<Omit<SentimentState, 'task'>> = {
  settings: isRecordOf(SETTINGS),
  data: isRecordOf({ source: isText }),
  words: isListOf(isText),
};

/**
 * A row of numbers for each word, cells that read them one after the other, and from the last state a score: above 0 the
 * sentence is rather positive.
 * @param symbols       words that have a number, PAD and UNK included
 * @param afterEachWord a score after every word, not after the last alone
 */
export function sentimentModel(
  kernels: Kernels,
  { cell, seed }: TaskSettings,
  symbols: number,
  afterEachWord = false,
): Model {
  return createModel({
    kernels,
    input: oneHot(symbols),
    layers: [
      embedding(EMBEDDING),
      spatialDropout1D(DROPOUT),
      recurrent(cells[cell], {
        units: UNITS,
        dropout: DROPOUT,
        recurrentDropout: DROPOUT,
        returnSequences: afterEachWord,
      }),
      dense(1),
    ],
    seed,
  });
}

/** The numbers of the words, as many as the model reads. */
export function numberWords(vocabulary: Vocabulary, words: readonly string[]): Int32Array {
  return padLeft(
    words.map((word) => vocabulary.number(word)),
    LENGTH,
  );
}

/** The words as the model sees them: UNK for those that it does not know, and the last ones of a long sentence. */
export function readWords(vocabulary: Vocabulary, words: readonly string[]): string[] {
  return words.slice(-LENGTH).map((word) => vocabulary.words[vocabulary.number(word)]!);
}

/** Sentences in numbers, by sentence. */
export interface Numbered {
  readonly vocabulary: Vocabulary;
  /** `LENGTH` numbers of words each. */
  readonly inputs: readonly Int32Array[];
  /** 1 positive, 0 negative. */
  readonly labels: readonly number[];
}

/** Numbers the words, the most frequent first. */
export function numberSentences(sentences: readonly Sentence[]): Numbered {
  const vocabulary = createVocabulary(countWords(sentences.map(({ words }) => words)), WORDS);
  const inputs = sentences.map(({ words }) => numberWords(vocabulary, words));
  return { vocabulary, inputs, labels: sentences.map(({ label }) => label) };
}

/** The examples that are meant by the numbers of their sentences. */
export function sentimentExamples({ inputs, labels }: Numbered, which: Int32Array): Examples {
  return {
    count: which.length,
    write(graph, row, index) {
      const sentence = which[index]!;
      // Time-major: step t of example `row` is at t·B + row.
      inputs[sentence]!.forEach((word, t) => (graph.input.data[t * graph.batch + row] = word));
      graph.labels!.data[row] = labels[sentence]!;
    },
  };
}

/** Learns from some sentences and is tried on others after each epoch. */
export function learnSentiment(
  trainer: Trainer,
  [training, validation]: readonly [Examples, Examples],
  { epochs, batch, seed }: { epochs: number; batch: number; seed: number },
  afterEpoch = () => Promise.resolve(),
): Promise<Trained> {
  return trainEpochs(trainer, {
    ...{ training, validation, epochs, batch, unroll: UNROLLED, unit: 'sentences', afterEpoch },
    shuffle: createRandom(seed, 'shuffle'),
    accuracy: createMeter(accuracy()),
  });
}
