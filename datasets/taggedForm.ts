/** Tagged sentences in any of the usual forms, which the file's content tells. */
import { requireFile } from './checks.js';
import { conllSentences } from './conll.js';
import { DataError } from './errors.js';
import { textLines } from './lines.js';
import { quote } from './quote.js';
import type { TaggedSentence } from './taggedSentence.js';
import { treebankSentences } from './treebank.js';
import { signsOf, wordTagSentences } from './wordTag.js';

/** The forms, as they are said. */
export type TaggedForm = 'CoNLL-U' | 'CoNLL columns' | 'word/TAG' | 'trees of the Penn Treebank';

/** What is in a file of tagged sentences. */
export interface TaggedFile {
  readonly form: TaggedForm;
  readonly sentences: TaggedSentence[];
}

/** Lines that tell the form. */
const LOOKED = 50;

/**
 * @param source the file's name in messages
 * @param tags   the column of the tags, as for `conllSentences`. Default 'upos', or column 2
 * @throws DataError when it has none of the forms, naming those; and as its reader does
 */
export function taggedSentences(bytes: Uint8Array, source: string, tags?: string): TaggedFile {
  requireFile('taggedSentences', bytes, source);
  const form = taggedFormOf(textLines(bytes, source));
  if (form === null) {
    const first = textLines(bytes, source).find((line) => line.trim() !== '') ?? '';
    throw new DataError(
      `${source}, line 1: ${quote(first)} is in none of the forms: CoNLL-U, CoNLL columns, word/TAG, trees (.mrg)`,
    );
  }
  if (form === 'trees of the Penn Treebank') return { form, sentences: treebankSentences(bytes, source) };
  if (form === 'word/TAG') return { form, sentences: wordTagSentences(bytes, source) };
  return { form, sentences: conllSentences(bytes, source, tags) };
}

/** The form of a file with these lines; null: none of them. */
export function taggedFormOf(lines: readonly string[]): TaggedForm | null {
  const looked = lines.filter((line) => line.trim() !== '').slice(0, LOOKED);
  const first = looked.find((line) => !/^# /.test(line) && !line.startsWith('-DOCSTART-'));
  if (first === undefined) return null;
  if (first.trim().startsWith('(')) return 'trees of the Penn Treebank';
  const fields = first.split('\t');
  if (fields.length >= 10 && /^\d+([-.]\d+)?$/.test(fields[0]!)) return 'CoNLL-U';
  if (signsOf(first).length > 0 && !first.trim().includes('\t')) return 'word/TAG';
  // Words in columns: as many on nearly every line.
  const counts = looked.map((line) => line.trim().split(/[\t ]+/).length);
  const width = first.trim().split(/[\t ]+/).length;
  const same = counts.filter((count) => count === width).length;
  return width > 1 && width < 12 && same > 0.7 * looked.length ? 'CoNLL columns' : null;
}
