/** Sentences with labels in a table, CSV or TSV, or in JSON: which column is which is found out. */
import { DataError } from './errors.js';
import { splitLines } from './lines.js';
import { quote } from './quote.js';

/** The text and the label of a line, as they are written. */
export interface Labelled {
  readonly text: string;
  readonly label: string;
  /** `line 3`, for messages. */
  readonly place: string;
}

interface Row {
  readonly fields: readonly string[];
  readonly line: number;
}

/** Names of the columns of labels and of texts. */
const LABEL = /^(label|labels|class|sentiment|target|polarity|rating|score|stars|category|y)$/i;
const TEXT = /^(text|sentence|review|content|tweet|comment|phrase|message|body|title|x)$/i;

/** More columns than this are no table of sentences; each is looked at. */
const MOST_COLUMNS = 1000;

/** More labels than this are no classes. */
const MOST_LABELS = 20;

/**
 * The rows of a table whose fields are separated by tabs or, where no line has one, by commas or semicolons; within
 * quotes, those are text, and so are line ends.
 * @throws DataError naming the line of a quote that is not closed
 */
function rowsOf(text: string, source: string): Row[] {
  const first = splitLines(text.slice(0, 10_000)).find((line) => line.trim() !== '') ?? '';
  if (first.includes('\t'))
    return splitLines(text).map((line, n) => ({ fields: line.split('\t'), line: n + 1 }));
  const count = (sign: string) => first.replace(/"[^"]*"/g, '').split(sign).length;
  return quotedRows(text, count(';') > count(',') ? ';' : ',', source);
}

/** As RFC 4180 has it: a field in quotes holds anything, and two quotes are one. */
function quotedRows(text: string, separator: string, source: string): Row[] {
  const rows: Row[] = [];
  let [fields, line, start] = [[] as string[], 1, 1];
  for (let at = 0; at < text.length;) {
    let field = '';
    if (text[at] === '"') {
      const opened = line;
      for (at++; ;) {
        const close = text.indexOf('"', at);
        if (close < 0) throw new DataError(`${source}, line ${opened}: a quote that is never closed`);
        const part = text.slice(at, close);
        if (/[\r\n]/.test(part)) line += splitLines(`${part}.`).length - 1;
        field += part;
        at = close + 1;
        if (text[at] !== '"') break;
        field += '"';
        at++;
      }
    }
    let end = at;
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
    fields.push(field + text.slice(at, end));
    at = end + 1;
    if (text[end] === separator) continue;
    if (text[end] === '\r' && text[at] === '\n') at++;
    rows.push({ fields, line: start });
    line++;
    [fields, start] = [[], line];
  }
  if (fields.length > 0) rows.push({ fields: [...fields, ''], line: start });
  return rows;
}

/**
 * The sentences of a table.
 * @throws DataError naming a line with other columns than the first, or telling that no column has labels
 */
export function labelledRows(text: string, source: string): Labelled[] {
  const rows = rowsOf(text, source);
  while (rows.length > 0 && isBlank(rows.at(-1)!)) rows.pop();
  if (rows.length === 0) throw new DataError(`${source} is empty: it has no sentences`);
  const width = rows[0]!.fields.length;
  if (width > MOST_COLUMNS) {
    const [row] = rows as [Row];
    throw new DataError(
      `${source}, line ${row.line}: ${width} columns in ${quote(row.fields.slice(0, 20).join(' | '))}; a line is a label and a sentence`,
    );
  }
  for (const row of rows) {
    const place = `${source}, line ${row.line}`;
    if (isBlank(row)) throw new DataError(`${place}: the line is empty; delete it`);
    if (row.fields.length === width && width > 1) continue;
    const what =
      width < 2 ? 'no tab or comma' : `${row.fields.length} columns, where the first line has ${width},`;
    throw new DataError(
      `${place}: ${what} in ${quote(row.fields.join(' | '))}; a line is a label and a sentence`,
    );
  }
  const { label, sentence, hasHeader } = columnsOf(rows, source);
  return rows.slice(hasHeader ? 1 : 0).map(({ fields, line }) => ({
    label: fields[label]!.trim(),
    text: fields[sentence]!.trim(),
    place: `${source}, line ${line}`,
  }));
}

const isBlank = ({ fields }: Row) => fields.every((field) => field.trim() === '');

/** By their names or, in a table without, by what they hold: a few labels, and the longest texts. */
function columnsOf(rows: readonly Row[], source: string) {
  const names = rows[0]!.fields.map((name) => name.trim());
  const named = {
    label: names.findIndex((one) => LABEL.test(one)),
    sentence: names.findIndex((one) => TEXT.test(one)),
  };
  const isNamed = rows.length > 1 && named.label >= 0 && named.sentence >= 0;
  const below = isNamed ? rows.slice(1) : rows;
  if (isNamed) return { ...named, hasHeader: true };

  const facts = names.map((_, column) => {
    const values = below.map(({ fields }) => fields[column]!.trim());
    const length = values.reduce((sum, value) => sum + value.length, 0) / values.length;
    const counts = new Map<string, number>();
    for (const value of values)
      if (counts.size <= MOST_LABELS + 1) counts.set(value, (counts.get(value) ?? 0) + 1);
    const numbers = values.filter((value) => value !== '' && Number.isFinite(Number(value))).length;
    return { column, length, counts, isNumber: numbers > values.length / 2 };
  });
  const texts = facts.filter(({ isNumber }) => !isNumber);
  const sentence = (texts.length > 0 ? texts : facts).reduce((best, one) =>
    one.length > best.length ? one : best,
  ).column;
  const able = facts.filter(({ column, counts }) => column !== sentence && counts.size <= MOST_LABELS + 1);
  const label = able.sort((a, b) => a.counts.size - b.counts.size)[0];
  if (!label) {
    throw new DataError(
      `${source}, line 1: no column of labels in ${quote(rows[0]!.fields.join(' | '))}; a line is a label and a sentence`,
    );
  }
  // A name of a column stands there once, above labels that repeat.
  const isAlone = label.counts.get(names[label.column]!) === 1 && label.counts.size < rows.length - 1;
  const isName = isAlone && (LABEL.test(names[label.column]!) || TEXT.test(names[sentence]!));
  return { label: label.column, sentence, hasHeader: isName };
}

/**
 * The sentences of a JSON list of objects, or of one object per line. Objects whose label is null are skipped.
 * @throws DataError naming the entry or the line that has no text or label
 */
export function labelledObjects(text: string, source: string): Labelled[] {
  const isList = text.trimStart().startsWith('[');
  const parse = (json: string, place: string): unknown => {
    try {
      return JSON.parse(json) as unknown;
    } catch {
      throw new DataError(`${place} is not JSON`);
    }
  };
  const entries = isList
    ? (parse(text, source) as unknown[]).map((value, n) => ({ value, place: `${source}, entry ${n + 1}` }))
    : splitLines(text).flatMap((line, n) => {
        const place = `${source}, line ${n + 1}`;
        return line.trim() === '' ? [] : [{ value: parse(line, place), place }];
      });
  return entries.flatMap(({ value, place }) => {
    const fields = Object.entries(typeof value === 'object' && value !== null ? value : {});
    const [sentence, label] = [TEXT, LABEL].map(
      (name) => fields.find(([key]) => name.test(key))?.[1] as unknown,
    );
    if (label === null) return [];
    if (typeof sentence !== 'string' || (typeof label !== 'string' && typeof label !== 'number'))
      throw new DataError(`${place}: it must be an object with a text and a label, or a class`);
    return [{ text: sentence.trim(), label: String(label), place }];
  });
}
