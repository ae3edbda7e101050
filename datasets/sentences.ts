/** Sentences labelled as positive (1) or negative (0). */
import { requireFile } from './checks.js';
import { DataError } from './errors.js';
import { textLines } from './lines.js';

/** A sentence and whether it is positive. */
export interface LabelledSentence {
  /** 1: positive, 0: negative. */
  readonly label: 0 | 1;
  /** ASCII, trimmed, never empty. */
  readonly text: string;
}

/** How many characters of a bad line are shown. */
const SHOWN = 30;

/**
 * Reads a file of lines `label TAB sentence`, with LF or CRLF line ends and with or without a byte order
 * mark. Non-ASCII bytes are dropped, as in the chapter.
 * @param source the file's name in messages
 * @throws DataError when the file is empty or binary, or naming the first line that is not of this form
 */
export function readSentences(bytes: Uint8Array, source: string): LabelledSentence[] {
  requireFile('readSentences', bytes, source);
  const lines = textLines(
    bytes.filter((byte) => byte < 0x80),
    source,
  );
  if (lines.length === 0) throw new DataError(`${source} is empty: it has no sentences`);
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
 * Reads a JSON list of objects `{ text, class }`, with class 0 or 1. Objects whose class is null are skipped.
 * @param source the file's name in messages
 * @throws DataError when it is not JSON or not such a list, naming the first bad entry
 */
export function readSentencesJson(bytes: Uint8Array, source: string): LabelledSentence[] {
  requireFile('readSentencesJson', bytes, source);
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
      throw new DataError(`${place}: it must be an object with a text and a class of 0 or 1`);
    }
    sentences.push({ label, text: sentence(text.replace(/[^\0-\x7f]/g, '').trim(), place) });
  });
  if (sentences.length === 0) throw new DataError(`${source}: it has no sentences`);
  return sentences;
}

function sentence(text: string, place: string): string {
  if (text !== '') return text;
  throw new DataError(`${place}: no ASCII text in the sentence; only English text can be read`);
}

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
