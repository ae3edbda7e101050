/** Which column of a table, or field of an object, has the labels of sentences, and which the sentences. */
import { DataError } from './errors.js';
import { quote } from './quote.js';

/** The labels and the texts: of columns their numbers, from 0. */
export interface Columns {
  readonly label: number;
  readonly sentence: number;
  /** Whether the first row has the names of the columns. */
  readonly hasHeader: boolean;
}

/** Names of labels and of texts, the more telling first. */
const LABELS = 'label labels class sentiment target polarity rating overall score stars category topic y';
const TEXTS = 'text sentence review content tweet comment phrase message body title x';
const [labels, texts] = [LABELS, TEXTS].map((names) => names.split(' ')) as [string[], string[]];

/** A classifier tells this many classes apart at most: a column with more values has no labels. */
export const MOST_CLASSES = 100;

/** The place of the labels' and the texts' names; -1: none of the names is one of theirs. */
export function namedColumns(names: readonly string[]): { label: number; sentence: number } {
  return { label: placeOf(names, labels), sentence: placeOf(names, texts) };
}

/** That of such a name, or else of one that ends in it, as `review_text` and `reviewText` do. */
function placeOf(names: readonly string[], wanted: readonly string[]): number {
  for (const part of [(name: string) => name, lastPart]) {
    const parts = names.map((name) => part(name).toLowerCase());
    const found = wanted.find((name) => parts.includes(name));
    if (found !== undefined) return parts.indexOf(found);
  }
  return -1;
}

const lastPart = (name: string) => (/\s/.test(name) ? '' : name.split(/_|(?<=[a-z])(?=[A-Z])/).at(-1)!);

/** What a column holds below the first row. */
interface Column {
  readonly place: number;
  /** How often each value occurs, for not many more than `MOST_CLASSES`. */
  readonly counts: ReadonlyMap<string, number>;
  /** Whether more than half of the values are numbers. */
  readonly isNumber: boolean;
  /** The mean length of a value. */
  readonly length: number;
}

/**
 * By their names or, in a table without, by what they hold: a few labels, and the longest texts.
 * @param rows   the fields of each row, all as many
 * @param source the file's name in messages
 * @throws DataError when no column has labels
 */
export function columnsOf(rows: readonly (readonly string[])[], source: string): Columns {
  const names = rows[0]!.map((name) => name.trim());
  const named = namedColumns(names);
  if (rows.length > 1 && named.label >= 0 && named.sentence >= 0) return { ...named, hasHeader: true };

  const below = rows.length > 1 ? rows.slice(1) : rows;
  const columns = names.map((_, place) => describe(below, place));
  // A name of a column stands there once, above what has other values.
  const isAlone = (place: number) =>
    place >= 0 && rows.length > 1 && !columns[place]!.counts.has(names[place]!);
  const knownText = isAlone(named.sentence) ? named.sentence : -1;
  const knownLabel = isAlone(named.label) ? named.label : -1;

  const able = columns.filter(({ place }) => place !== knownLabel);
  // Where all rows have the same, there is nothing to tell apart.
  const differs = ({ counts }: Column) => counts.size > 1;
  const words = able.filter(({ isNumber }) => !isNumber);
  const [candidates] = [words.filter(differs), words, able].filter(({ length }) => length > 0);
  const sentence =
    knownText >= 0
      ? columns[knownText]!
      : candidates!.reduce((best, one) => (one.length > best.length ? one : best));
  const rank = (column: Column) => (differs(column) ? column.counts.size : MOST_CLASSES + 1);
  const label =
    columns[knownLabel] ??
    able
      .filter((column) => column !== sentence && column.counts.size <= MOST_CLASSES)
      .sort((a, b) => rank(a) - rank(b))[0];
  if (!label) {
    throw new DataError(
      `${source}, line 1: no column of labels in ${quote(rows[0]!.join(' | '))}; a line is a label and a sentence, ` +
        `with at most ${MOST_CLASSES} different labels`,
    );
  }
  const isName = isAlone(label.place) && isUnlike(names[label.place]!, names[sentence.place]!, label);
  return {
    label: label.place,
    sentence: sentence.place,
    hasHeader: knownText >= 0 || knownLabel >= 0 || isName,
  };
}

function describe(rows: readonly (readonly string[])[], place: number): Column {
  const counts = new Map<string, number>();
  let [numbers, length] = [0, 0];
  for (const row of rows) {
    const value = row[place]!.trim();
    if (isNumber(value)) numbers++;
    length += value.length;
    if (counts.size <= MOST_CLASSES || counts.has(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { place, counts, isNumber: numbers > rows.length / 2, length: length / rows.length };
}

/** Whether it is written as a finite number. */
export const isNumber = (value: string): boolean => value !== '' && Number.isFinite(Number(value));

/**
 * Whether the first row has names that are not known, for labels that are words above numbers; or above words that
 * all repeat, while the name does not and, like that of the texts, is a single word.
 */
function isUnlike(name: string, text: string, { counts, isNumber: isOfNumbers }: Column): boolean {
  if (isOfNumbers) return !isNumber(name);
  const isWord = [name, text].every((one) => /^[^\s]+$/.test(one) && !isNumber(one));
  return isWord && [...counts.values()].every((count) => count > 1);
}
