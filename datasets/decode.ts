/** The text of a file in any of the usual encodings, which its bytes tell. */
import { requireFile } from './checks.js';
import { DataError } from './errors.js';

/** Latin-1 is read as Windows-1252, as on the web: most files so called have its quotes and dashes. */
export type Encoding = 'UTF-8' | 'UTF-16 LE' | 'UTF-16 BE' | 'Latin-1';

/** A text and how its bytes were read. */
export interface DecodedText {
  /** Without a byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
}

/** The characters of Windows-1252 for the bytes 0x80 to 0x9f; five of them stand for nothing. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Control characters that no text has. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\x01-\x08\x0e-\x19\x1c-\x1f]/;

/**
 * UTF-8, UTF-16 with or without a byte order mark, or Latin-1: that is what is left when the bytes are not UTF-8.
 * @param source the file's name in messages
 * @throws DataError naming the line: the file is binary, or damaged UTF-8 or UTF-16
 */
export function decodeBytes(bytes: Uint8Array, source: string): DecodedText {
  requireFile('decodeBytes', bytes, source);
  const encoding = encodingOf(bytes);
  const decoded = encoding === 'Latin-1' ? { text: latin1(bytes), bad: -1 } : decode(bytes, encoding);
  const refuse = (at: number, why: string) =>
    new DataError(`${source}, line ${lineAt(decoded.text, at)}: ${why}`);

  const { text, bad } = decoded;
  if (bad >= 0) throw refuse(bad, `damaged: it is ${encoding} elsewhere, but not here; get a new copy`);
  const zero = text.indexOf('\0');
  if (zero >= 0) throw refuse(zero, 'a binary file, not text (there is a byte 0)');
  const control = encoding === 'Latin-1' ? text.search(CONTROLS) : -1;
  if (control >= 0) throw refuse(control, 'a binary file, not text (there are control characters)');
  return { text, encoding };
}

/** The encoding of a file, or of a stream from its first bytes: 1,000 and an even number, if there are so many. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 LE';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 BE';
  // In UTF-16, each ASCII character has a byte 0, always on the same side.
  const zeros: [number, number] = [0, 0];
  const looked = Math.min(bytes.length, 1000) & ~1;
  for (let n = 0; n < looked; n++) if (bytes[n] === 0) zeros[(n & 1) as 0 | 1]++;
  const most = Math.max(...zeros);
  const isPaired = bytes.length % 2 === 0 && Math.min(...zeros) === 0;
  if (isPaired && most > 0.3 * looked) return zeros[1] > 0 ? 'UTF-16 LE' : 'UTF-16 BE';
  const { sequences, wrong } = countUtf8(bytes);
  return wrong === 0 || sequences > wrong ? 'UTF-8' : 'Latin-1';
}

/**
 * How many characters of several bytes there are in UTF-8, and how many bytes that belong to none. Text in
 * Latin-1 hardly ever has the former.
 */
function countUtf8(bytes: Uint8Array): { sequences: number; wrong: number } {
  let [sequences, wrong] = [0, 0];
  for (let n = 0; n < bytes.length; n++) {
    const first = bytes[n]!;
    if (first < 0x80) continue;
    const more = first >= 0xc2 && first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let followers = 0;
    while (followers < more && (bytes[n + 1 + followers]! & 0xc0) === 0x80) followers++;
    if (first < 0xc2 || first > 0xf4 || followers < more) wrong++;
    else {
      sequences++;
      n += more;
    }
  }
  return { sequences, wrong };
}

/** @returns the text, and the place of its first damaged character; -1: none */
function decode(bytes: Uint8Array, encoding: Encoding): { text: string; bad: number } {
  const name = encoding.toLowerCase().replace(' ', '');
  try {
    return { text: new TextDecoder(name, { fatal: true }).decode(bytes), bad: -1 };
  } catch {
    const text = new TextDecoder(name).decode(bytes);
    return { text, bad: Math.max(0, text.indexOf('\ufffd')) };
  }
}

function latin1(bytes: Uint8Array): string {
  const units = Uint16Array.from(bytes, (byte) =>
    byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252.charCodeAt(byte - 0x80) : byte,
  );
  return new TextDecoder('utf-16le').decode(units);
}

/** The line of a place in a text, counted from 1. */
const lineAt = (text: string, at: number) => text.slice(0, at).split(/\r\n|\r|\n/).length;
