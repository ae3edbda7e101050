/**
 * The chapter's tagger: an encoder reads a sentence, 250 words with padding before it, into one vector of 64 numbers; the
 * vector is repeated 250 times, and a decoder makes a tag of it at each place. Padding is a tag like others and counts in
 * loss and accuracy.
 *
 * In the chapter's code the most frequent tag gets number 0, and so does PAD; and its labels for padding are rows of zeros,
 * which no class is. Here PAD has a class of its own, as the text says: 46 classes for the treebank's 45 tags.
 *
 * The chapter trains for one epoch, after which this model says PAD at every place. After four or five it has found out
 * how long a sentence is, and says PAD before it and the most frequent tag from there on; of the words it knows nothing.
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
import { lowerCased } from './corpus.js';

/** The words of a sentence with its padding, in the chapter's program. */
export const CHAPTER_LENGTH = 250;
/** The most frequent words have numbers of their own. */
const WORDS = 5000;
const EMBEDDING = 128;
const UNITS = 64;
const DROPOUT = 0.2;

export const chapter: Architecture = {
  defaults: { cell: 'gru', bidirectional: false, lr: 1e-3, epochs: 5 },
  length: CHAPTER_LENGTH,
  masked: false,

  // As in the chapter, the words of all sentences are counted, those of the test as well.
  symbols: (all) => createVocabulary(countWords(all.map(lowerCased)), WORDS).words.slice(2),

  reader(symbols) {
    const vocabulary = vocabularyOf(symbols);
    return {
      size: vocabulary.words.length,
      columns: 1,
      numbers: (words) => Int32Array.from(words, (word) => vocabulary.number(word.toLowerCase())),
    };
  },

  layers(settings, classes) {
    const layer = settings.bidirectional ? bidirectional : recurrent;
    const cell = cells[settings.cell];
    return [
      embedding(EMBEDDING),
      spatialDropout1D(DROPOUT),
      layer(cell, { units: UNITS, dropout: DROPOUT, recurrentDropout: DROPOUT }),
      repeatVector(CHAPTER_LENGTH),
      layer(cell, { units: UNITS, returnSequences: true }),
      timeDistributed(dense(classes)),
    ];
  },

  describe(settings) {
    const name = `${settings.bidirectional ? 'bidirectional ' : ''}${settings.cell.toUpperCase()}`;
    return `${name} encoder, its last state repeated ${CHAPTER_LENGTH} times, ${name} decoder, ${UNITS} units each`;
  },
};
