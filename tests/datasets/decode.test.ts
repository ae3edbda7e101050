import { describe, expect, it } from '@jest/globals';
import { decodeBytes, textLines, type Encoding } from '../../datasets/index.js';
import { readDamaged } from './damaged.js';
import { inEncoding } from './encodings.js';

const TEXT = 'Caf\u00e9: \u201cyes\u201d \u2013 don\u2019t!\nIt is so, and nothing else is.\n';

describe('decodeBytes(bytes, source)', () => {
  it.each([
    ['UTF-8', 'UTF-8', false],
    ['UTF-8', 'UTF-8 with a mark', true],
    ['UTF-16 LE', 'UTF-16, low byte first', true],
    ['UTF-16 BE', 'UTF-16, high byte first', true],
    ['UTF-16 LE', 'UTF-16 without a mark', false],
    ['UTF-16 BE', 'UTF-16 without a mark, high byte first', false],
    ['Latin-1', 'Windows-1252', false],
  ] as [Encoding, string, boolean][])('finds %s in %s', (encoding, _, marked) => {
    expect(decodeBytes(inEncoding(TEXT, encoding, marked), 'x.txt')).toEqual({ text: TEXT, encoding });
  });

  it('takes plain ASCII, and no bytes at all, as UTF-8', () => {
    for (const text of ['abc', ''])
      expect(decodeBytes(new TextEncoder().encode(text), 'x')).toEqual({ text, encoding: 'UTF-8' });
  });

  it('reads characters beyond 16 bits in each of the encodings that have them', () => {
    for (const encoding of ['UTF-8', 'UTF-16 LE', 'UTF-16 BE'] as const)
      expect(decodeBytes(inEncoding('a\u{1f600}', encoding, true), 'x').text).toBe('a\u{1f600}');
  });

  it.each([
    ['a byte 0', Uint8Array.of(97, 10, 98, 0, 97), 'x, line 2: a binary file, not text (there is a byte 0)'],
    [
      'control characters in Latin-1',
      Uint8Array.of(97, 13, 1, 0xe9),
      'x, line 2: a binary file, not text (there are control characters)',
    ],
    [
      'UTF-8 with a damaged character',
      Uint8Array.of(0xc3, 0xa9, 0xc3, 0xa9, 10, 0xc3, 10),
      'x, line 2: damaged: it is UTF-8 elsewhere, but not here; get a new copy',
    ],
    [
      'half a character of UTF-16',
      Uint8Array.of(0xff, 0xfe, 10, 0, 0, 0xd8, 97, 0),
      'x, line 2: damaged: it is UTF-16 LE elsewhere, but not here; get a new copy',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeBytes(bytes, 'x')).toThrow(expect.objectContaining({ name: 'DataError', message }));
  });

  it('throws only its own error for thousands of damaged files', () => {
    const pieces = ['\0', '\r', '\n', '\u00e9', '\u{1f600}', '\ufeff'];
    for (const encoding of ['UTF-8', 'UTF-16 LE', 'Latin-1'] as const)
      readDamaged(
        (bytes) => decodeBytes(bytes, 'x'),
        inEncoding(TEXT, encoding),
        pieces,
        ({ text }) => {
          expect(text).not.toContain('\0');
        },
      );
  });
});

describe('textLines(bytes, source)', () => {
  it.each(['\n', '\r\n', '\r'])('splits at the line end %j, and needs none at the end', (end) => {
    for (const last of ['', end])
      expect(textLines(new TextEncoder().encode(`a${end}${end}b${last}`), 'x')).toEqual(['a', '', 'b']);
  });
});
