/** Sentences with labels of two classes, such as negative and positive, or of more. */
import { requireFile } from './checks.js';
import { decodeBytes } from './decode.js';
import { DataError } from './errors.js';
import { isNumber, MOST_CLASSES } from './labelledColumns.js';
import { labelledObjects, labelledRows, type Labelled, type LabelledFile } from './labelledTable.js';
import { quote } from './quote.js';

/** A sentence and its class. */
export interface LabelledSentence {
  /** The class's number in the list of classes: of negative and positive, 0 and 1. */
  readonly label: number;
  /** Trimmed, never empty. */
  readonly text: string;
}

/** What is in a file of labelled sentences. */
export interface SentenceFile {
  /** What the file turned out to be: `CSV, labels in column 2 'stars' as numbers, texts in column 1 'text'`. */
  readonly form: string;
  /** The names of the classes, two at least. */
  readonly classes: readonly string[];
  readonly sentences: LabelledSentence[];
}

/** Words and numbers for the usual two labels. */
const NEGATIVE = /^(0|-1|neg|negative|bad|false|no)$/i;
const POSITIVE = /^(1|\+1|pos|positive|good|true|yes)$/i;
const USUAL = ['negative', 'positive'] as const;

/**
 * Reads labelled sentences from TSV with the columns either way round, CSV with quotes, with names or without, a JSON
 * list of objects, or an object per line. Labels are words or numbers. Of two numbers the larger is positive; more
 * are classes in ascending order. Words, in any case, are classes in alphabetical order, unless they are of the usual
 * two: negative, bad, no or false, and positive, good, yes or true.
 * @param source the file's name in messages
 * @throws DataError when the file is empty or binary, has one class, other than one of the usual two, or more than 100,
 *   or naming the first line that is not of this form
 */
export function readSentences(bytes: Uint8Array, source: string): SentenceFile {
  requireFile('readSentences', bytes, source);
  const { text } = decodeBytes(bytes, source);
  const isJson = /^\s*(\[\s*[{\]]|\{)/.test(text.slice(0, 1000));
  const file = isJson ? labelledObjects(text, source) : labelledRows(text, source);
  requireRows(file.rows, source);
  const labels = [...new Set(file.rows.map(({ label }) => label))];
  const { names, numberOf } = classesOf(labels);
  requireClasses(file, labels, names, source);
  const kind = labels.every(isNumber) ? 'numbers' : 'words';
  return {
    form: `${file.kind}, labels in ${file.labels} as ${kind}, texts in ${file.texts}`,
    classes: names,
    sentences: file.rows.map(({ label, text }) => ({ label: numberOf.get(label)!, text })),
  };
}

function requireRows(rows: readonly Labelled[], source: string): void {
  if (rows.length === 0) throw new DataError(`${source}: it has no sentences`);
  for (const { label, text, place } of rows) {
    if (label === '') throw new DataError(`${place}: there is no label; give one, or delete the line`);
    if (text === '') throw new DataError(`${place}: there is no text in the sentence`);
  }
}

function requireClasses(
  { labels: place }: LabelledFile,
  labels: readonly string[],
  names: readonly string[],
  source: string,
): void {
  if (names.length === 1) {
    const what = `every label is ${quote(labels[0]!)}; there must be two classes at least`;
    throw new DataError(`${source}: ${what}, and the labels are in ${place}`);
  }
  if (names.length <= MOST_CLASSES) return;
  throw new DataError(
    `${source}: ${names.length} different labels in ${place}, such as ${quote(labels[0]!)}; at most ${MOST_CLASSES} ` +
      'classes can be told apart; if another column has the labels, name it label and this one otherwise',
  );
}

/** Names of classes, and the class of each label. */
interface Classes {
  readonly names: readonly string[];
  readonly numberOf: ReadonlyMap<string, number>;
}

function classesOf(labels: readonly string[]): Classes {
  const numbers = labels.every(isNumber) ? [...new Set(labels.map(Number))].sort((a, b) => a - b) : [];
  if (numbers.length > 1) {
    const names = numbers.length === 2 ? USUAL : numbers.map(String);
    return numbered(names, numbers, labels, Number);
  }
  if (labels.every((label) => NEGATIVE.test(label) || POSITIVE.test(label)))
    return numbered(USUAL, [false, true], labels, (label) => POSITIVE.test(label));
  // The name is as the first of its labels is written.
  const key = (label: string) => label.toLowerCase();
  const names = new Map([...labels].reverse().map((label) => [key(label), label]));
  const order = [...names.keys()].sort();
  return numbered(
    order.map((one) => names.get(one)!),
    order,
    labels,
    key,
  );
}

/** @param keys of the classes, in their order; `key` gives that of a label */
function numbered<K>(
  names: readonly string[],
  keys: readonly K[],
  labels: readonly string[],
  key: (label: string) => K,
): Classes {
  const places = new Map(keys.map((one, n) => [one, n]));
  return { names, numberOf: new Map(labels.map((label) => [label, places.get(key(label))!])) };
}
