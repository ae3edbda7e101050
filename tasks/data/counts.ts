/** Checks of the content of each data set's file, read with the reader of the program that uses it. */
import { InputError } from '../../models/index.js';
import { readBook } from '../alice/book.js';
import { MiB, readInput } from '../common/files.js';
import { whole } from '../common/printable.js';
import { readCorpus as readTaggedSentences } from '../pos/corpus.js';
import { readCorpus as readSentences } from '../sentiment/corpus.js';
import { megabytes } from './megabytes.js';
import { listZip } from '../zip/zip.js';

/**
 * Alice. The editions differ: the chapter's has 142,554 characters after its cleaning. In the current
 * edition, some 3,000 quotation marks and apostrophes are not ASCII, and the cleaning drops them.
 */
export function countBook(path: string): string {
  const text = Buffer.from(readInput(path, MiB)).toString('latin1');
  if (!/\*\*\* ?START OF/.test(text) || !/\*\*\* ?END OF|End of (the )?Project Gutenberg/.test(text)) {
    throw new InputError(
      `${path} is not a complete book of Project Gutenberg: its header or its end is missing`,
    );
  }
  const { characters, vocabulary } = readBook(path).record;
  if (characters < 130_000 || characters > 150_000) {
    throw new InputError(`${path} has ${whole(characters)} characters of text instead of about 140,000`);
  }
  return `${whole(characters)} characters, ${vocabulary.length} distinct`;
}

/** The UMICH sentences. */
export function countSentences(path: string): string {
  const { sentences, classes, distinct } = readSentences(path).record;
  const positive = classes.find(({ name }) => name === 'positive')?.sentences ?? 0;
  requireCount(path, sentences, 7086, 'sentences');
  requireCount(path, positive, 3995, 'positive sentences');
  return `${whole(sentences)} sentences, ${whole(positive)} positive, ${whole(distinct)} distinct`;
}

/** NLTK's sample of the Penn Treebank. */
export async function countTaggedSentences(path: string): Promise<string> {
  const { sentences, words, tags } = (await readTaggedSentences(path, null)).record;
  requireCount(path, sentences, 3914, 'sentences');
  requireCount(path, words, 94_084, 'words');
  return `${whole(sentences)} sentences, ${whole(words)} words, ${tags} tags`;
}

/** The loads, one large text, whose content is ensured by the checksum of the zip. */
export async function countLoads(path: string): Promise<string> {
  const name = 'LD2011_2014.txt';
  const entries = await listZip(path, { pattern: /^LD2011_2014\.txt$/, name });
  requireCount(path, entries.length, 1, `entries ${name}`);
  return `${name}, ${megabytes(entries[0]!.size)} unpacked`;
}

function requireCount(path: string, count: number, expected: number, what: string): void {
  if (count === expected) return;
  throw new InputError(`${path} has ${whole(count)} ${what} instead of ${whole(expected)}`);
}
