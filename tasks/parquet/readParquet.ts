/**
 * A series from a Parquet file. What hyparquet reads of it is written as the lines of a table, piece by piece: so the
 * rules for times, gaps and columns are those of a CSV.
 */
import { parquetMetadataAsync, type FileMetaData } from 'hyparquet';
import { readSeries, type Series } from '../../datasets/index.js';
import { isNumberLike } from '../../datasets/series/numbers.js';
import { columnOf } from '../../datasets/series/readSeries.js';
import { tableFormOf } from '../../datasets/series/tableForm.js';
import { InputError } from '../../models/index.js';
import { printable } from '../common/printable.js';
import { reason } from '../common/reason.js';
import type { Bytes } from './bytes.js';
import { columnsOf, quoted, type ParquetColumn, type Value } from './columns.js';
import { pagesOf } from './pages.js';

/** Rows by which the columns of times are found out. */
const LOOKED = 1000;
/** Rows that are written at once. */
const PIECE = 4096;

/**
 * Reads one column.
 * @param choose gives for the names of the columns of numbers one of them, its number, or null: the only one
 * @param source the file's name in messages
 * @throws InputError when the file is damaged or of a kind that is not read; DataError as `readSeries`
 */
export async function readParquet(
  file: Bytes,
  choose: (columns: readonly string[]) => string | null,
  source: string,
): Promise<Series> {
  const metadata = await metadataOf(file, source);
  const columns = columnsOf(metadata);
  if (columns.length === 0) throw new InputError(`${source}: a Parquet file without columns of numbers`);
  // Columns that can only be numbers are not needed to find out what the others are.
  const form = tableFormOf(await firstLines(linesOf(file, metadata, columns, 'unknown', source)), source);
  const numbers = form.values.map(({ place }) => ({ place, name: columns[place]!.name }));
  const names = numbers.map(({ name }) => name);
  const { place, name } = columnOf(numbers, choose(names), source);
  const wanted = columns.filter((_, n) => [place, form.times?.place, form.times?.clock].includes(n));
  const lines = encoded(linesOf(file, metadata, wanted, 'all', source));
  return { ...(await readSeries(lines, null, source)), column: name, columns: names, form: 'Parquet' };
}

async function metadataOf(file: Bytes, source: string): Promise<FileMetaData> {
  try {
    const metadata = await parquetMetadataAsync(file, { geoparquet: false });
    const rows = metadata.row_groups.reduce((sum, { num_rows }) => sum + num_rows, 0n);
    if (rows !== metadata.num_rows) throw new Error(`${rows} rows instead of ${metadata.num_rows}`);
    return metadata;
  } catch (error) {
    throw refusal(source, error);
  }
}

function refusal(source: string, error: unknown): InputError {
  const what = 'is a damaged Parquet file, or of a kind that is not read';
  return new InputError(
    printable(`${source} ${what} (${reason(error).slice(0, 200)}); get a new copy, or write it as CSV`),
  );
}

/**
 * A line of names and a line for each row, in pieces of whole lines.
 * @param which columns: `all`, or those that are `unknown` to be of numbers; the others are zeros
 */
async function* linesOf(
  file: Bytes,
  metadata: FileMetaData,
  columns: readonly ParquetColumn[],
  which: 'all' | 'unknown',
  source: string,
): AsyncGenerator<string> {
  // A name such as 0 would look like a reading.
  const names = columns.map(({ name }, n) => (isNumberLike(name) ? `column ${n + 1}` : quoted(name)));
  yield `${names.join('\t')}\n`;
  try {
    for (const { num_rows, columns: chunks } of metadata.row_groups) {
      const rows = Number(num_rows);
      const cursors = columns.map(({ place, isNumber, path, fieldOf }) => {
        const chunk = chunks[place]?.meta_data;
        if (!chunk) throw new Error('a column is encrypted, or elsewhere');
        const isRead = which === 'all' || !isNumber;
        return {
          pages: isRead ? pagesOf(file, path, chunk, rows) : null,
          fieldOf,
          fields: [] as string[],
          at: 0,
        };
      });
      for (let row = 0; row < rows;) {
        let count = Math.min(PIECE, rows - row);
        for (const cursor of cursors) {
          if (!cursor.pages) continue;
          while (cursor.at === cursor.fields.length) {
            cursor.fields = Array.from((await cursor.pages.next()).value as ArrayLike<Value>, cursor.fieldOf);
            cursor.at = 0;
          }
          count = Math.min(count, cursor.fields.length - cursor.at);
        }
        let text = '';
        for (let n = 0; n < count; n++)
          text += `${cursors.map(({ fields, at }) => fields[at + n] ?? '0').join('\t')}\n`;
        for (const cursor of cursors) cursor.at += count;
        row += count;
        yield text;
      }
    }
  } catch (error) {
    throw refusal(source, error);
  }
}

async function firstLines(pieces: AsyncIterable<string>): Promise<string[]> {
  const lines: string[] = [];
  for await (const piece of pieces) {
    lines.push(...piece.split('\n').slice(0, -1));
    if (lines.length > LOOKED) break;
  }
  return lines;
}

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) yield encoder.encode(piece);
}
