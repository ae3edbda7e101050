/** Readers of data sets: files in, plain arrays out. */
export { brownSentences, brownTag } from './brown.js';
export { DataError } from './errors.js';
export { textLines } from './lines.js';
export { trimGaps, type Gaps } from './series/gaps.js';
export { QUARTER, readSeries, type Series } from './series/readSeries.js';
export { decodeNpy, encodeNpy } from './npy.js';
export { padLeft } from './pad.js';
export { readSentences, type LabelledSentence, type SentenceFile } from './sentences.js';
export { syntheticLoad, type Normal } from './syntheticLoad.js';
export { decodeBytes, type DecodedText, type Encoding } from './decode.js';
export { withoutGutenbergFrame } from './gutenberg.js';
export { plainPunctuation } from './punctuation.js';
export {
  cleanText,
  countOutsideAscii,
  decodeText,
  encodeText,
  type Characters,
  type EncodedText,
} from './text.js';
export { tokenize } from './tokenize.js';
export { parallelSentences, type NamedBytes } from './parallel.js';
export { conllSentences } from './conll.js';
export { taggedSentences, type TaggedFile, type TaggedForm } from './taggedForm.js';
export { wordTagSentences } from './wordTag.js';
export type { TaggedSentence } from './taggedSentence.js';
export { treebankSentences } from './treebank.js';
export { countWords, createVocabulary, PAD, UNK, vocabularyOf, type Vocabulary } from './vocabulary.js';
