/** The chapter's sentiment model, its saved state, examples and training. */
import { countWords, createVocabulary, padLeft, type Vocabulary } from '../../datasets/index.js';
import * as nn from '../../models/index.js';
import { SETTINGS, type Architecture, type TaskSettings, type TaskState } from '../common/checkpoints.js';
import { isAbsentOr, isListOf, isRecordOf, isText, type Fields } from '../common/checks.js';
import { trainEpochs, type Trained } from '../common/training.js';
import type { CorpusRecord, Sentence } from './corpus.js';

/** The number of words in the vocabulary: the most frequent ones. */
export const WORDS = 2000;
/** The model reads the last 40 words of a sentence. Shorter sentences are padded at the start. */
export const LENGTH = 40;
/** Options of `unroll`, except `batch`. */
export const unrolled = (classes: number) =>
  ({ steps: LENGTH, loss: classes === 2 ? 'binaryCrossEntropy' : 'softmaxCrossEntropy' }) as const;
export const EMBEDDING = 128;
export const UNITS = 64;
const DROPOUT = 0.2;

/** The state in a saved model. */
export interface SentimentState extends TaskState {
  data: CorpusRecord;
  /** The vocabulary in order of its numbers, without PAD and UNK. */
  words: readonly string[];
  /** The names of the classes in order of their numbers; absent in older checkpoints: negative and positive. */
  classes?: readonly string[];
}

/** The classes of the chapter: 0 and 1. */
export const NEGATIVE_POSITIVE = ['negative', 'positive'] as const;

/** The names of the classes that a model tells apart. */
export const classesOf = ({ classes = NEGATIVE_POSITIVE }: SentimentState): readonly string[] => classes;

export const FIELDS: Fields<Required<Omit<SentimentState, 'task'>>> = {
  settings: isRecordOf(SETTINGS),
  data: isRecordOf({ source: isText }),
  words: isListOf(isText),
  classes: isAbsentOr((names) => isListOf(isText)(names) && (names as readonly string[]).length > 1),
};

export interface Answering {
  /** The number of classes. Default 2 */
  readonly classes?: number;
  /** Whether to answer after every word instead of only the last. Default false */
  readonly afterEachWord?: boolean;
}

/**
 * An embedding, a recurrent layer, and scores from its last state: one for each class, the highest for the
 * likeliest. Of two classes only the second has a score, and that of the first is 0: it is above 0 if the
 * sentence is more likely positive.
 * @param symbols the size of the vocabulary, including PAD and UNK
 */
export const sentimentModel = (
  kernels: nn.Kernels,
  settings: TaskSettings,
  symbols: number,
  answering: Answering = {},
): nn.Model =>
  nn.createModel({ kernels, ...sentimentLayers(settings, symbols, answering), seed: settings.seed });

/** What it reads, and its layers. */
export function sentimentLayers(
  { cell, units = UNITS }: TaskSettings,
  symbols: number,
  { classes = 2, afterEachWord = false }: Answering = {},
): Architecture {
  return {
    input: nn.oneHot(symbols),
    layers: [
      nn.embedding(EMBEDDING),
      nn.spatialDropout1D(DROPOUT),
      nn.recurrent(nn.cells[cell], {
        units,
        dropout: DROPOUT,
        recurrentDropout: DROPOUT,
        returnSequences: afterEachWord,
      }),
      nn.dense(classes === 2 ? 1 : classes),
    ],
  };
}

/** The numbers of the `LENGTH` words that the model reads. */
export function numberWords(vocabulary: Vocabulary, words: readonly string[]): Int32Array {
  return padLeft(
    words.map((word) => vocabulary.number(word)),
    LENGTH,
  );
}

/** The words as the model sees them: unknown ones as UNK, and only the last ones of a long sentence. */
export function readWords(vocabulary: Vocabulary, words: readonly string[]): string[] {
  return words.slice(-LENGTH).map((word) => vocabulary.words[vocabulary.number(word)]!);
}

/** All sentences as numbers. */
export interface Numbered {
  readonly vocabulary: Vocabulary;
  /** `LENGTH` word numbers per sentence. */
  readonly inputs: readonly Int32Array[];
  /** Numbers of classes. */
  readonly labels: readonly number[];
}

/** Numbers the words, the most frequent first, and converts the sentences. */
export function numberSentences(sentences: readonly Sentence[]): Numbered {
  const vocabulary = createVocabulary(countWords(sentences.map(({ words }) => words)), WORDS);
  const inputs = sentences.map(({ words }) => numberWords(vocabulary, words));
  return { vocabulary, inputs, labels: sentences.map(({ label }) => label) };
}

/** The sentences with these indices as examples. */
export function sentimentExamples({ inputs, labels }: Numbered, which: Int32Array): nn.Examples {
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

/** Trains on some sentences and tests on others after each epoch. */
export function learnSentiment(
  trainer: nn.Trainer,
  [training, validation]: readonly [nn.Examples, nn.Examples],
  { epochs, batch, seed, classes = 2 }: { epochs: number; batch: number; seed: number; classes?: number },
  afterEpoch = () => Promise.resolve(),
): Promise<Trained> {
  return trainEpochs(trainer, {
    ...{ training, validation, epochs, batch, unroll: unrolled(classes), unit: 'sentences', afterEpoch },
    shuffle: nn.createRandom(seed, 'shuffle'),
    accuracy: nn.createMeter(nn.accuracy()),
  });
}
