/** Valid calls of what unrolled/datasets exports. */
import * as datasets from '../../../datasets/index.js';
import type { Call, Calls } from './call.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** What is wrong with a file is said of the file. */
const SOURCE = /^file\b/;

/** A reader of a file. */
const reader = (run: Call['run'], text: string) => () => ({
  run,
  args: { bytes: bytes(text), source: 'file' },
  says: SOURCE,
});

const LOAD = ['"";"A"', '"2011-01-01 00:15:00";1,5', '"2011-01-01 00:30:00";1,5', ''].join('\n');

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes(LOAD));
}

export const datasetCalls: Calls = {
  decodeBytes: reader(datasets.decodeBytes, 'a b'),
  cleanText: () => ({ run: datasets.cleanText, args: { text: 'a b', 'characters?': 'all' } }),
  countOutsideAscii: () => ({ run: datasets.countOutsideAscii, args: { text: 'a b' } }),
  plainPunctuation: () => ({ run: datasets.plainPunctuation, args: { text: 'a b' } }),
  withoutGutenbergFrame: () => ({ run: datasets.withoutGutenbergFrame, args: { text: 'a b' } }),
  encodeText: () => ({ run: datasets.encodeText, args: { text: 'abc' } }),
  decodeText: () => ({ run: datasets.decodeText, args: { vocabulary: 'abc', ids: Int32Array.of(0, 1) } }),
  readSentences: reader(datasets.readSentences, '1\tGood\n'),
  tokenize: () => ({ run: datasets.tokenize, args: { text: 'Do not.' } }),
  countWords: () => ({ run: datasets.countWords, args: { sentences: [['a', 'b']] } }),
  createVocabulary: () => ({
    run: datasets.createVocabulary,
    args: { counts: datasets.countWords([['a', 'b']]), most: 1 },
  }),
  vocabularyOf: () => ({ run: datasets.vocabularyOf, args: { known: ['a'] } }),
  padLeft: () => ({ run: datasets.padLeft, args: { sequence: [1, 2], length: 3 } }),
  treebankSentences: reader(datasets.treebankSentences, '(S (NN cat))'),
  brownSentences: reader(datasets.brownSentences, 'cat/nn'),
  conllSentences: () => ({
    run: datasets.conllSentences,
    args: { bytes: bytes('cat NN'), source: 'file', 'tags?': '2' },
    says: SOURCE,
  }),
  wordTagSentences: () => ({
    run: datasets.wordTagSentences,
    args: { bytes: bytes('cat/NN'), source: 'file', 'sign?': '/' },
    says: SOURCE,
  }),
  taggedSentences: () => ({
    run: datasets.taggedSentences,
    args: { bytes: bytes('cat NN'), source: 'file', 'tags?': '2' },
    says: SOURCE,
  }),
  brownTag: () => ({ run: datasets.brownTag, args: { tag: 'nn-hl' } }),
  parallelSentences: () => ({
    run: datasets.parallelSentences,
    args: { words: { bytes: bytes('a b'), source: 'words' }, tags: { bytes: bytes('x y'), source: 'tags' } },
  }),
  'parallelSentences.file': () => ({
    run: (bytes: never, source: never) => datasets.parallelSentences({ bytes, source }, { bytes, source }),
    args: { bytes: bytes('a b'), source: 'words' },
  }),
  readSeries: () => ({
    run: datasets.readSeries,
    args: { pieces: pieces(), choice: 'A', source: 'file' },
    says: SOURCE,
  }),
  trimGaps: () => ({ run: datasets.trimGaps, args: { readings: Float64Array.of(NaN, 1, NaN, 2) } }),
  syntheticLoad: () => ({ run: datasets.syntheticLoad, args: { random: { normal: () => 0 }, 'days?': 1 } }),
  decodeNpy: () => ({
    run: datasets.decodeNpy,
    args: { bytes: datasets.encodeNpy(Float32Array.of(1, 2)), source: 'file' },
    says: SOURCE,
  }),
  encodeNpy: () => ({ run: datasets.encodeNpy, args: { values: Float32Array.of(1, 2) } }),
  textLines: reader(datasets.textLines, 'a\nb\n'),
};
