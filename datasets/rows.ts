/** The rows of a table of texts. */
import { DataError } from './errors.js';
import { splitLines } from './lines.js';
import { fieldAt } from './quotedFields.js';

export interface Row {
  readonly fields: readonly string[];
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/**
 * The rows of a table whose fields are separated by tabs or, where its first line has none, by commas or semicolons.
 * Between tabs, quotes are text; otherwise fields may be quoted, and hold line ends.
 * @throws DataError naming the line of a quote that is not closed
 */
export function rowsOf(text: string, source: string): { separator: '\t' | ',' | ';'; rows: Row[] } {
  const first = splitLines(text.slice(0, 10_000)).find((line) => line.trim() !== '') ?? '';
  if (first.includes('\t')) {
    const rows = splitLines(text).map((line, n) => ({ fields: line.split('\t'), line: n + 1 }));
    return { separator: '\t', rows };
  }
  const count = (sign: string) => first.replace(/"[^"]*"/g, '').split(sign).length;
  const separator = count(';') > count(',') ? ';' : ',';
  return { separator, rows: quotedRows(text, separator, source) };
}

function quotedRows(text: string, separator: string, source: string): Row[] {
  const rows: Row[] = [];
  let [fields, line, start] = [[] as string[], 1, 1];
  for (let at = 0; at < text.length;) {
    const field = fieldAt(text, at, `${separator}\r\n`);
    if (!field.isClosed) throw new DataError(`${source}, line ${line}: a quote that is never closed`);
    if (/[\r\n]/.test(field.text)) line += splitLines(`${field.text}.`).length - 1;
    fields.push(field.text);
    at = field.end + 1;
    if (text[field.end] === separator) continue;
    if (text[field.end] === '\r' && text[at] === '\n') at++;
    rows.push({ fields, line: start });
    line++;
    [fields, start] = [[], line];
  }
  if (fields.length > 0) rows.push({ fields: [...fields, ''], line: start });
  return rows;
}
