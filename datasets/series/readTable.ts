/**
 * One column of a table, read from a stream: in the memory of a piece, and in a time that is that of looking at each
 * byte once and at each digit twice.
 */
import { DataError } from '../errors.js';
import { concat } from './bytes.js';
import { createLineReader, type Readings } from './lineReader.js';
import { tableFormOf, type Column, type TableForm } from './tableForm.js';
import { utf8Pieces } from './utf8Pieces.js';

export interface Table {
  readonly form: TableForm;
  readonly column: Column;
  /** The readings, piece by piece. */
  readonly readings: AsyncGenerator<Readings>;
}

/** How much is looked at to find out the form. */
const LOOKED = 2 ** 20;
/** The longest line, in bytes: ten thousand columns. Longer ones would take long before they are refused. */
const LONGEST = 2 ** 17;

const [NEWLINE, RETURN] = [10, 13];

/**
 * Finds out the form of a table from its first megabyte, and reads one column of it.
 * @param choose picks a column of numbers
 * @param source the file's name in messages
 * @throws DataError naming the line that cannot be read
 */
export async function readTable(
  pieces: AsyncIterable<Uint8Array>,
  choose: (columns: readonly Column[]) => Column,
  source: string,
): Promise<Table> {
  const stream = utf8Pieces(pieces);
  const first: Uint8Array[] = [];
  for (let size = 0; size < LOOKED;) {
    const next = await stream.next();
    if (next.done) break;
    first.push(next.value.slice());
    size += next.value.length;
  }
  const looked = concat(first);
  const isAll = looked.length < LOOKED;
  const text = new TextDecoder().decode(looked);
  const end = !text.includes('\n') && text.includes('\r') ? RETURN : NEWLINE;
  const lines = text.split(end === RETURN ? '\r' : /\r?\n/);
  // The last line may go on in the next piece.
  if (!isAll && lines.length > 1) lines.pop();
  if (lines.some((line) => line.length > LONGEST))
    throw new DataError(
      `${source}: a line is longer than 128 KiB; is it a table, with a line for each reading?`,
    );
  const form = tableFormOf(lines, source);
  const column = choose(form.values);
  async function* all() {
    yield looked;
    for (let next = await stream.next(); !next.done; next = await stream.next()) yield next.value;
  }
  return { form, column, readings: readColumn(all(), form, column, end, source) };
}

async function* readColumn(
  pieces: AsyncIterable<Uint8Array>,
  form: TableForm,
  column: Column,
  end: number,
  source: string,
): AsyncGenerator<Readings> {
  const reader = createLineReader(form, column, end, source);
  /** The beginning of a line that goes on in the next piece. */
  let held = new Uint8Array(0);
  for await (const piece of pieces) {
    const last = piece.lastIndexOf(end);
    if (last < 0) held = concat([held, piece]);
    else {
      const first = held.length > 0 ? piece.indexOf(end) + 1 : 0;
      if (first > 0) yield reader.read(concat([held, piece.subarray(0, first)]));
      yield reader.read(piece.subarray(first, last + 1));
      held = piece.slice(last + 1);
    }
    if (held.length > LONGEST)
      throw reader.refuse('longer than 128 KiB; is it a table, with a line for each reading?');
  }
  if (held.length > 0) yield reader.read(concat([held, Uint8Array.of(end)]));
}
