/** Writes zips (PKWARE, APPNOTE.TXT 4.3) as Keras and PyTorch do: stored, not deflated. */
import { InputError } from '../../engine/index.js';
import { concatenate } from '../weights/digest.js';
import { crc32 } from './crc32.js';
import { pack, type Field } from './littleEndian.js';

const [END, DIRECTORY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
/** Version 2.0 of the format, and names in UTF-8. */
const [VERSION, UTF8] = [20, 0x800];
/** 1980-01-01, the first day that a zip can have: the same files give the same bytes. */
const DATE = (1 << 5) | 1;
const [MOST_FILES, MOST_NAME, MOST_BYTES] = [0xffff, 0xffff, 0xffffffff];

/**
 * The zip of these files, in their order; the same files give the same bytes.
 * @throws InputError when there is more than a zip can have: 65,535 files, 4 GB
 */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const chunks: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  const tooMuch = () => new InputError(`${files.size} files: more than a zip can have`);
  let end = 0;
  for (const [text, content] of files) {
    const name = new TextEncoder().encode(text);
    if (name.length > MOST_NAME) throw new InputError(`${text.slice(0, 80)}..: a name too long for a zip`);
    if (end + content.length > MOST_BYTES) throw tooMuch();
    const size: Field = [4, content.length];
    const origin = pack([2, VERSION], [2, UTF8], [2, 0], [2, 0], [2, DATE], [4, crc32(content)]);
    const common = pack(origin, size, size, [2, name.length], [2, 0]);
    chunks.push(pack([4, LOCAL], common, name), content);
    // No comment, the first disk, no attributes, and where the file begins.
    directory.push(
      pack([4, DIRECTORY], [2, VERSION], common, [2, 0], [2, 0], [2, 0], [4, 0], [4, end], name),
    );
    end += 30 + name.length + content.length;
  }
  const list = concatenate(directory);
  const count: Field = [2, files.size];
  if (files.size > MOST_FILES || end + list.length > MOST_BYTES) throw tooMuch();
  const last = pack([4, END], [2, 0], [2, 0], count, count, [4, list.length], [4, end], [2, 0]);
  return concatenate([...chunks, list, last]);
}
