/** Sentences with labels in a table, CSV or TSV, or in JSON: which column is which is found out. */
import { DataError } from './errors.js';
import { columnsOf, namedColumns } from './labelledColumns.js';
import { splitLines } from './lines.js';
import { quote } from './quote.js';

/** The text and the label of a line, as they are written. */
export interface Labelled {
  readonly text: string;
  readonly label: string;
  /** `line 3`, for messages. */
  readonly place: string;
}

/** Sentences, and where the file has them. */
export interface LabelledFile {
  /** `CSV`, `TSV`, `JSON lines`. */
  readonly kind: string;
  /** Where the labels and the texts are: `column 2 'sentiment'`. */
  readonly labels: string;
  readonly texts: string;
  readonly rows: readonly Labelled[];
}

interface Row {
  readonly fields: readonly string[];
  readonly line: number;
}

/** More columns than this are no table of sentences; each is looked at. */
const MOST_COLUMNS = 1000;

/** What separates the fields of a table, as its first line tells. */
function separatorOf(text: string): '\t' | ';' | ',' {
  const first = splitLines(text.slice(0, 10_000)).find((line) => line.trim() !== '') ?? '';
  const count = (sign: string) => first.replace(/"[^"]*"/g, '').split(sign).length;
  return first.includes('\t') ? '\t' : count(';') > count(',') ? ';' : ',';
}

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
export function labelledRows(text: string, source: string): LabelledFile {
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
  const columns = columnsOf(
    rows.map(({ fields }) => fields),
    source,
  );
  const said = (column: number) => {
    const name = columns.hasHeader ? ` ${quoted(rows[0]!.fields[column]!.trim())}` : '';
    return `column ${column + 1}${name}`;
  };
  return {
    kind: KINDS[separatorOf(text)],
    labels: said(columns.label),
    texts: said(columns.sentence),
    rows: rows.slice(columns.hasHeader ? 1 : 0).map(({ fields, line }) => ({
      label: fields[columns.label]!.trim(),
      text: fields[columns.sentence]!.trim(),
      place: `${source}, line ${line}`,
    })),
  };
}

const isBlank = ({ fields }: Row) => fields.every((field) => field.trim() === '');

const KINDS = { '\t': 'TSV', ',': 'CSV', ';': 'CSV with semicolons' } as const;

/** A name of the file in a line for readers. */
const quoted = (name: string) => `'${name.slice(0, 40)}'`;

/**
 * The sentences of a JSON list of objects, or of one object per line. Objects whose label is null are skipped.
 * @throws DataError naming the entry or the line that has no text or label
 */
export function labelledObjects(text: string, source: string): LabelledFile {
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
  let names = { label: '', sentence: '' };
  const first: string[] = [];
  const rows = entries.flatMap(({ value, place }) => {
    const fields = new Map<string, unknown>(
      Object.entries(typeof value === 'object' && value !== null ? value : {}),
    );
    // Nearly always they are those of the entry before.
    if (!fields.has(names.label) || !fields.has(names.sentence)) names = keysOf([...fields.keys()]);
    const sentence = fields.get(names.sentence);
    if (fields.get(names.label) === null) return [];
    const label = written(fields.get(names.label));
    if (typeof sentence !== 'string' || label === null)
      throw new DataError(`${place}: it must be an object with a text and a label, or a class`);
    if (first.length === 0) first.push(names.label, names.sentence);
    return [{ text: sentence.trim(), label, place }];
  });
  const [labels, texts] = first.map(quoted);
  return { kind: isList ? 'a JSON list' : 'JSON lines', labels: labels ?? '', texts: texts ?? '', rows };
}

/** A label as text; null: it is none. */
function written(label: unknown): string | null {
  if (typeof label === 'string') return label.trim();
  return typeof label === 'number' || typeof label === 'boolean' ? String(label) : null;
}

/** The keys of an object's label and text; '': it has none. */
function keysOf(keys: readonly string[]) {
  const { label, sentence } = namedColumns(keys);
  return { label: keys[label] ?? '', sentence: keys[sentence] ?? '' };
}
