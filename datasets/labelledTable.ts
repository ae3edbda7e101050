/** Sentences with labels in a table, CSV or TSV, or in JSON: which column is which is found out. */
import { DataError } from './errors.js';
import { columnsOf, namedColumns } from './labelledColumns.js';
import { splitLines } from './lines.js';
import { quote } from './quote.js';
import { rowsOf, type Row } from './rows.js';

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

/** More columns than this are no table of sentences; each is looked at. */
const MOST_COLUMNS = 1000;

/**
 * The sentences of a table.
 * @throws DataError naming a line with other columns than the first, or telling that no column has labels
 */
export function labelledRows(text: string, source: string): LabelledFile {
  const { separator, rows } = rowsOf(text, source);
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
    kind: KINDS[separator],
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
