/** Sentences that somebody has marked as liking something (1) or not (0). */
import { DataError } from './errors.js';
import { textLines } from './lines.js';

/** A sentence and whether it is positive. */
export interface LabelledSentence {
  /** 1: positive, 0: negative. */
  readonly label: 0 | 1;
  /** ASCII, with no white space at its ends, never empty. */
  readonly text: string;
}

/** How much of a wrong line is shown. */
const SHOWN = 30;

/**
 * Reads a file of lines `label TAB sentence`, with LF or CRLF at their ends and with or without a byte order mark. Bytes that
 * are not ASCII are dropped, as in the chapter.
 * @param source what to call the file in messages
 * @throws DataError when the file is empty or binary, or a line is not of this form, naming the first such line
 */
export function readSentences(bytes: Uint8Array, source: string): LabelledSentence[] {
  const lines = textLines(
    bytes.filter((byte) => byte < 0x80),
    source,
  );
  if (lines.length === 0) throw new DataError(`${source} is empty: there is no sentence in it`);
  return lines.map((line, n) => readLine(line, `${source}, line ${n + 1}`));
}

function readLine(line: string, place: string): LabelledSentence {
  if (line.trim() === '') throw new DataError(`${place}: the line is empty; delete it`);
  const columns = line.split('\t');
  if (columns.length !== 2) {
    const count = columns.length === 1 ? 'no tab' : `${columns.length - 1} tabs`;
    throw new DataError(
      `${place}: ${count} in '${shortened(line)}'; a line is a label, one tab and a sentence`,
    );
  }
  const [label, text] = columns.map((column) => column.trim());
  if (label !== '0' && label !== '1') {
    throw new DataError(
      `${place}: the label is '${shortened(label!)}'; it must be 0 (negative) or 1 (positive)`,
    );
  }
  return { label: label === '1' ? 1 : 0, text: sentence(text!, place) };
}

/**
 * Reads a JSON list of objects `{ text, class }`, with class 0 or 1. An object whose class is null is no example and is passed
 * over.
 * @param source what to call the file in messages
 * @throws DataError when it is not JSON or not such a list, naming the first bad entry
 */
export function readSentencesJson(bytes: Uint8Array, source: string): LabelledSentence[] {
  let list: unknown;
  try {
    list = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DataError(`${source} is not JSON`);
  }
  if (!Array.isArray(list)) throw new DataError(`${source}: not a JSON list of objects { text, class }`);
  const sentences: LabelledSentence[] = [];
  list.forEach((entry: { text?: unknown; class?: unknown } | null, n) => {
    const place = `${source}, entry ${n + 1}`;
    const [text, label] = [entry?.text, entry?.class];
    if (label === null) return;
    if (typeof text !== 'string' || (label !== 0 && label !== 1)) {
      throw new DataError(`${place}: it must be an object with a text, and with a class of 0 or 1`);
    }
    sentences.push({ label, text: sentence(text.replace(/[^\0-\x7f]/g, '').trim(), place) });
  });
  if (sentences.length === 0) throw new DataError(`${source}: there is no sentence in it`);
  return sentences;
}

function sentence(text: string, place: string): string {
  if (text !== '') return text;
  throw new DataError(`${place}: no ASCII text in the sentence; only English text can be read`);
}

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
