/** The columns of a Parquet file, and their values as the fields of a table. */
import type { FileMetaData, SchemaElement } from 'hyparquet';

/** What hyparquet makes of a value. */
export type Value = string | number | bigint | boolean | Date | null | undefined;

/** A column with one value in each row, or none. */
export interface ParquetColumn {
  /** Empty: rows are numbered or named by it, as pandas does. */
  readonly name: string;
  /** Its place among the parts of a group of rows. */
  readonly place: number;
  /** In the schema: its root, and the column. */
  readonly path: readonly [root: SchemaElement, column: SchemaElement];
  /** A number of a type for nothing else, such as a float: no time, no text. */
  readonly isNumber: boolean;
  /** The field of a value, as in CSV. */
  readonly fieldOf: (value: Value) => string;
}

/** The columns whose values are numbers, times or text; lists and the like are left out. */
export function columnsOf({ schema, row_groups: groups }: FileMetaData): ParquetColumn[] {
  const columns: ParquetColumn[] = [];
  let place = 0;
  for (let n = 1, left = 0; n < schema.length; n++) {
    const element = known(schema[n]!);
    // What is within a list or a record: its own columns, at `left` more places of the schema.
    const isInside = left > 0;
    left = Math.max(0, left - 1) + (element.num_children ?? 0);
    if (element.num_children) continue;
    const isFlat = !isInside && element.repetition_type !== 'REPEATED';
    // Texts as beginnings of those before: few bytes can be as long as memory.
    const isKnown = !groups.some(({ columns }) =>
      columns[place]?.meta_data?.encodings.includes('DELTA_BYTE_ARRAY'),
    );
    const fieldOf = isFlat && isKnown ? fieldsOf(element) : null;
    const name = /^__index_level_\d+__$/.test(element.name) ? '' : element.name;
    const isNumber = /^(FLOAT|DOUBLE)$/.test(element.type!) || element.converted_type === 'DECIMAL';
    if (fieldOf) columns.push({ name, place, path: [schema[0]!, element], isNumber, fieldOf });
    place++;
  }
  return columns;
}

/** With the type's older name, which is the only one that hyparquet looks for where it has both. */
function known(element: SchemaElement): SchemaElement {
  const { logical_type: logical } = element;
  if (element.converted_type) return element;
  if (logical?.type === 'DATE') return { ...element, converted_type: 'DATE' };
  if (logical?.type === 'DECIMAL') return { ...element, converted_type: 'DECIMAL', scale: logical.scale };
  return element;
}

/** How values of a column are written; null: they are no numbers, times or text. */
function fieldsOf({ type, converted_type: kind, logical_type: logical, type_length: size }: SchemaElement) {
  const unit = logical?.type === 'TIME' ? logical.unit : kind === 'TIME_MILLIS' ? 'MILLIS' : null;
  if (unit || kind === 'TIME_MICROS')
    return timeOfDay({ MILLIS: 1, MICROS: 1e3, NANOS: 1e6 }[unit ?? 'MICROS']);
  if (kind === 'DATE') return (value: Value) => plain(value).slice(0, 10);
  if (type === 'BYTE_ARRAY') {
    const isText = kind ? /^(UTF8|ENUM)$/.test(kind) : !logical || /^(STRING|ENUM)$/.test(logical.type);
    return isText ? (value: Value) => quoted(String(value ?? '')) : null;
  }
  if (type === 'FIXED_LEN_BYTE_ARRAY') {
    // The widest decimal numbers have 256 bits.
    const isNumber = logical?.type === 'FLOAT16' || (kind === 'DECIMAL' && (size ?? 0) <= 32);
    return isNumber ? plain : null;
  }
  return plain;
}

const plain = (value: Value): string =>
  value === null || value === undefined ? '' : value instanceof Date ? value.toISOString() : String(value);

/** Since midnight. @param parts of a millisecond */
const timeOfDay = (parts: number) => (value: Value) =>
  value === null || value === undefined ? '' : new Date(Number(value) / parts).toISOString().slice(11, 23);

/** A text as a field of a table whose sign is the tab. */
export function quoted(text: string): string {
  const line = /[\t\r\n]/.test(text) ? text.replace(/[\t\r\n]+/g, ' ') : text;
  return line.includes('"') ? `"${line.replaceAll('"', '""')}"` : line;
}
