/**
 * The pages of a column in a Parquet file (parquet.apache.org/docs/file-format), each checked before hyparquet decodes
 * it: a page says how many values it has, and so does each run of equal values in it, and the library makes as many
 * as they say. One wrong byte would take all memory.
 */
import type { ColumnMetaData, DecodedArray, PageHeader, SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { crc32 } from '../../models/interchange/crc32.js';
import { MiB } from '../common/files.js';
import type { Bytes } from './bytes.js';
import { requireRuns } from './runs.js';

/** A header has a few numbers, and the least and the greatest value. */
const LONGEST_HEADER = 2 ** 14;
const LONGEST_PAGE = 64 * MiB;
/** Nearly all writers begin another page after a megabyte. */
const MOST_VALUES = 2 ** 22;

/** Those whose work and memory the number of values bounds, or the number of bytes. */
const ENCODINGS: ReadonlySet<string | undefined> = new Set([
  'PLAIN',
  'PLAIN_DICTIONARY',
  'RLE_DICTIONARY',
  'RLE',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'BYTE_STREAM_SPLIT',
]);

/** A page that is not packed. */
interface Page {
  readonly header: PageHeader;
  readonly bytes: Uint8Array;
}

/**
 * The values of a column in one group of rows, page by page; null where there is none.
 * @param path the root of the schema, and the column, which has one value in a row or none
 * @param rows that the group has
 * @throws Error saying what is wrong
 */
export async function* pagesOf(
  file: Bytes,
  path: readonly [root: SchemaElement, column: SchemaElement],
  chunk: ColumnMetaData,
  rows: number,
): AsyncGenerator<DecodedArray> {
  const { dictionary_page_offset: first, data_page_offset: data, total_compressed_size: size } = chunk;
  let at = Number(first && first < data ? first : data);
  const end = at + Number(size);
  const decoder = decoderOf(path);
  let dictionary: DecodedArray | undefined;
  for (let count = 0; count < rows;) {
    const reader = {
      view: new DataView(await file.slice(at, Math.min(at + LONGEST_HEADER, end))),
      offset: 0,
    };
    const header = parquetHeader(reader);
    const from = at + reader.offset;
    at = from + header.compressed_page_size;
    if (at > end) throw new Error('a page goes on after the end of its column');
    const packed = new Uint8Array(await file.slice(from, at));
    if (header.crc !== undefined && crc32(packed) !== header.crc >>> 0)
      throw new Error('the checksum of a page is wrong');
    const page = unpacked(header, packed, chunk.codec);
    requireSizes(page, path[1], rows - count);
    const view = new DataView(page.bytes.buffer, page.bytes.byteOffset, page.bytes.length);
    const values = readPage({ view, offset: 0 }, page.header, decoder, dictionary, undefined, 0).data!;
    if (header.type === 'DICTIONARY_PAGE') dictionary = convert(values, decoder);
    else {
      count += values.length;
      yield values;
    }
  }
}

function decoderOf(path: readonly [SchemaElement, SchemaElement]) {
  const [, element] = path;
  return {
    pathInSchema: [element.name],
    type: element.type!,
    element,
    schemaPath: path.map((one) => ({ count: 1, element: one, children: [], path: [] })),
    codec: 'UNCOMPRESSED' as const,
    parsers: DEFAULT_PARSERS,
  };
}

/** In the second version of pages, what tells where values are missing is before what is packed. */
function unpacked(header: PageHeader, packed: Uint8Array, codec: ColumnMetaData['codec']): Page {
  const v2 = header.data_page_header_v2;
  const levels = v2 ? v2.definition_levels_byte_length + v2.repetition_levels_byte_length : 0;
  const size = header.uncompressed_page_size - levels;
  if (!(levels >= 0 && levels <= packed.length && size >= 0 && size <= LONGEST_PAGE))
    throw new Error(`a page of ${header.uncompressed_page_size} bytes`);
  const body = packed.subarray(levels);
  const isPacked = codec !== 'UNCOMPRESSED' && v2?.is_compressed !== false;
  // What nothing was packed into is not the same for all packers, and not all of them unpack it.
  const values = isPacked ? (size === 0 ? new Uint8Array(0) : unpack(body, size, codec)) : body;
  if (values.length !== size) throw new Error(`a page has ${values.length} bytes instead of ${size}`);
  const bytes = new Uint8Array(levels + size);
  bytes.set(packed.subarray(0, levels));
  bytes.set(values, levels);
  const plain = { ...header, compressed_page_size: bytes.length, uncompressed_page_size: bytes.length };
  return { bytes, header: v2 ? { ...plain, data_page_header_v2: { ...v2, is_compressed: false } } : plain };
}

function unpack(bytes: Uint8Array, size: number, codec: ColumnMetaData['codec']): Uint8Array {
  const unpackWith = compressors[codec];
  if (!unpackWith) throw new Error(`packed with ${codec}, which is not supported`);
  return unpackWith(bytes, size);
}

/** @throws Error when a page has more values than the rows that are left, or runs longer than its values */
function requireSizes({ header, bytes }: Page, column: SchemaElement, left: number): void {
  const { dictionary_page_header: dictionary, data_page_header: v1, data_page_header_v2: v2 } = header;
  const data = header.type === 'DATA_PAGE' ? v1 : header.type === 'DATA_PAGE_V2' ? v2 : null;
  const count = (data ?? dictionary)?.num_values ?? -1;
  if (!(count >= 0 && count <= MOST_VALUES && (count <= left || !data)))
    throw new Error(
      `a page of ${count} values, where ${left} rows are left; at most ${MOST_VALUES} are read at once`,
    );
  if (!data) return;
  if (!ENCODINGS.has(data.encoding)) throw new Error(`encoded as ${data.encoding}, which is not supported`);
  let at = 0;
  let there = count;
  if (column.repetition_type === 'OPTIONAL') {
    const length = v2 ? v2.definition_levels_byte_length : 4 + lengthAt(bytes, 0);
    there = requireRuns(bytes.subarray(v2 ? 0 : 4, length), 1, count);
    at = length;
  }
  if (v2) there = count - v2.num_nulls;
  if (!(there >= 0 && there <= count)) throw new Error(`a page of ${there} values in ${count} rows`);
  if (data.encoding === 'RLE') requireRuns(bytes.subarray(at + 4), 1, there);
  if (data.encoding.endsWith('_DICTIONARY') && there > 0)
    requireRuns(bytes.subarray(at + 1), bytes[at]!, there);
}

const lengthAt = (bytes: Uint8Array, at: number) =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
