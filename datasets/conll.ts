/**
 * Tagged sentences in columns: one word per line, a blank line after each sentence.
 *
 * CoNLL-U (Universal Dependencies; Nivre et al. 2020) has ten columns separated by tabs: a number, the word, its lemma,
 * its universal tag, a tag of the language such as Penn's, and more. The shared tasks of 2000 and 2003 have the word,
 * its tag, its chunk and, in 2003, its named entity, separated by spaces.
 */
import { requireFile, requireText } from './checks.js';
import { DataError } from './errors.js';
import { textLines } from './lines.js';
import { quote } from './quote.js';
import type { TaggedSentence } from './taggedSentence.js';

/** Columns of CoNLL-U, counted from 1. */
const WORD = 2;
const NAMED: Readonly<Record<string, number>> = { upos: 4, xpos: 5 };

/** Whether a line is one of CoNLL-U or of its predecessors, which number their words. */
const isNumbered = (fields: readonly string[]) => fields.length >= 10 && /^\d+([-.]\d+)?$/.test(fields[0]!);

/**
 * The sentences of one file.
 * @param source the file's name in messages
 * @param tags   the column of the tags: `upos` (default) or `xpos` of CoNLL-U, or a number, counted from 1 (default: 2)
 * @throws DataError naming a line that has no word or no tag; and as `textLines` does
 */
export function conllSentences(bytes: Uint8Array, source: string, tags?: string): TaggedSentence[] {
  requireFile('conllSentences', bytes, source);
  if (tags !== undefined) requireText('conllSentences', 'tags', tags);
  const sentences: TaggedSentence[] = [];
  let [words, wordTags]: [string[], string[]] = [[], []];
  const end = () => {
    if (words.length > 0) sentences.push({ words, tags: wordTags });
    [words, wordTags] = [[], []];
  };
  const lines = textLines(bytes, source);
  // Only CoNLL-U has comments; elsewhere, # is a word.
  const isU = isNumbered(
    (lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '').split('\t'),
  );
  const { word, tag } = columnsOf(tags, isU, source);
  lines.forEach((line, n) => {
    if (line.trim() === '') return end();
    const fields = line.includes('\t') ? line.split('\t') : line.trim().split(/ +/);
    if ((isU && line.startsWith('#')) || fields[0] === '-DOCSTART-') return;
    // A word that is written as one and analysed as two (1-2), and one that is not written (8.1).
    if (isU && /^\d+[-.]\d/.test(fields[0]!)) return;
    const [text = '', label = ''] = [fields[word - 1]?.trim(), fields[tag - 1]?.trim()];
    if (text !== '' && label !== '' && !(isU && label === '_')) {
      words.push(text);
      wordTags.push(label);
      return;
    }
    const what = text === '' ? `no word in column ${word}` : `no tag in column ${tag}`;
    throw new DataError(
      `${source}, line ${n + 1}: ${what} of ${quote(line)}; give the column of the tags with --tags`,
    );
  });
  end();
  return sentences;
}

/** The columns of the words and of the tags, counted from 1. */
function columnsOf(tags: string | undefined, isU: boolean, source: string): { word: number; tag: number } {
  const number = Object.hasOwn(NAMED, tags ?? 'upos') ? NAMED[tags ?? 'upos']! : Number(tags);
  if (!Number.isInteger(number) || number < 1)
    throw new DataError(
      `${source}: there is no column of tags ${quote(tags!)}; give upos, xpos or a number from 1`,
    );
  if (isU) return { word: WORD, tag: number };
  return { word: 1, tag: tags === undefined || Object.hasOwn(NAMED, tags) ? 2 : number };
}
