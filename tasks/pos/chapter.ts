/**
 * The chapter's tagger: an encoder reads a sentence, padded at the start to 250 words, into one vector of 64
 * numbers; the vector is repeated 250 times, and a decoder turns it into a tag at each place. Padding is a
 * tag like the others and counts in loss and accuracy.
 *
 * In the chapter's code, the most frequent tag and PAD share number 0, and the labels of padding are rows of
 * zeros, which are no class. Here PAD has its own class, as the chapter's text says: 46 classes for the
 * treebank's 45 tags.
 *
 * The chapter trains for one epoch, after which this model always answers PAD. After four or five epochs it
 * has learned the length of a sentence: it answers PAD before the sentence and the most frequent tag within
 * it. It learns nothing about the words.
 */
import { countWords, createVocabulary, vocabularyOf } from '../../datasets/index.js';
import {
  bidirectional,
  cells,
  dense,
  embedding,
  recurrent,
  repeatVector,
  spatialDropout1D,
  timeDistributed,
} from '../../models/index.js';
import type { Architecture } from './architecture.js';
import { lowerCased, plainWord } from './corpus.js';

/** Words per sentence in the chapter's program, including padding. */
export const CHAPTER_LENGTH = 250;
/** The number of words in the vocabulary: the most frequent ones. */
const WORDS = 5000;
const EMBEDDING = 128;
const UNITS = 64;
const DROPOUT = 0.2;

export const chapter: Architecture = {
  defaults: { cell: 'gru', bidirectional: false, units: UNITS, lr: 1e-3, epochs: 5 },
  length: CHAPTER_LENGTH,
  masked: false,

  // As in the chapter, the words of all sentences are counted, including the test sentences.
  symbols: (all) => createVocabulary(countWords(all.map(lowerCased)), WORDS).words.slice(2),

  reader(symbols) {
    const vocabulary = vocabularyOf(symbols);
    return {
      size: vocabulary.words.length,
      columns: 1,
      numbers: (words) => Int32Array.from(words, (word) => vocabulary.number(plainWord(word))),
    };
  },

  layers(settings, classes) {
    const layer = settings.bidirectional ? bidirectional : recurrent;
    const cell = cells[settings.cell];
    const { units = UNITS } = settings;
    return [
      embedding(EMBEDDING),
      spatialDropout1D(DROPOUT),
      layer(cell, { units, dropout: DROPOUT, recurrentDropout: DROPOUT }),
      repeatVector(CHAPTER_LENGTH),
      layer(cell, { units, returnSequences: true }),
      timeDistributed(dense(classes)),
    ];
  },

  describe(settings) {
    const name = `${settings.bidirectional ? 'bidirectional ' : ''}${settings.cell.toUpperCase()}`;
    return `${name} encoder, its last state repeated ${CHAPTER_LENGTH} times, ${name} decoder, ${settings.units ?? UNITS} units each`;
  },
};
