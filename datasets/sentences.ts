/** Sentences labelled as positive (1) or negative (0). */
import { requireFile } from './checks.js';
import { decodeBytes } from './decode.js';
import { DataError } from './errors.js';
import { labelledObjects, labelledRows, type Labelled } from './labelledTable.js';
import { quote } from './quote.js';

/** A sentence and whether it is positive. */
export interface LabelledSentence {
  /** 1: positive, 0: negative. */
  readonly label: 0 | 1;
  /** Trimmed, never empty. */
  readonly text: string;
}

/** Words and numbers for the two labels. */
const NEGATIVE = /^(0|-1|neg|negative|bad|false|no)$/i;
const POSITIVE = /^(1|\+1|pos|positive|good|true|yes)$/i;

/**
 * Reads labelled sentences from TSV with the columns either way round, CSV with quotes, with names or without, a JSON
 * list of objects, or an object per line. Labels are words or numbers: of two numbers, the larger is positive.
 * @param source the file's name in messages
 * @throws DataError when the file is empty or binary, or naming the first line that is not of this form
 */
export function readSentences(bytes: Uint8Array, source: string): LabelledSentence[] {
  requireFile('readSentences', bytes, source);
  const { text } = decodeBytes(bytes, source);
  const isJson = /^\s*(\[\s*[{\]]|\{)/.test(text.slice(0, 1000));
  return labelled(isJson ? labelledObjects(text, source) : labelledRows(text, source), source);
}

function labelled(rows: readonly Labelled[], source: string): LabelledSentence[] {
  if (rows.length === 0) throw new DataError(`${source}: it has no sentences`);
  const numbers = numbersOf(rows);
  return rows.map(({ label, text, place }) => {
    const number = numbers(label);
    if (number === null) {
      const want = 'it must be 0 (negative) or 1 (positive), or two other words or numbers';
      throw new DataError(`${place}: the label is ${quote(label)}; ${want}`);
    }
    if (text === '') throw new DataError(`${place}: there is no text in the sentence`);
    return { label: number, text };
  });
}

/** A function from labels to 0 and 1; null for any other. */
function numbersOf(rows: readonly Labelled[]): (label: string) => 0 | 1 | null {
  const all = new Set<string>();
  for (const { label } of rows) if (all.size < 3) all.add(label);
  const usual = (label: string) => (NEGATIVE.test(label) ? 0 : POSITIVE.test(label) ? 1 : null);
  const others = [...all];
  const isPair = others.length === 2 && others.some((label) => usual(label) === null);
  if (!isPair || !others.every((label) => Number.isFinite(Number(label)) && label !== '')) return usual;
  const [low, high] = others.sort((a, b) => Number(a) - Number(b));
  return (label) => (label === low ? 0 : label === high ? 1 : null);
}
