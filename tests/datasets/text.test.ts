import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import {
  cleanText,
  countOutsideAscii,
  decodeBytes,
  decodeText,
  encodeText,
  withoutGutenbergFrame,
} from '../../datasets/index.js';

describe('cleanText(text)', () => {
  it.each([
    ['strips each line and joins with single spaces', '  One \t\r\n\ttwo\n', 'one two'],
    ['lower-cases', 'ALICE', 'alice'],
    ['drops empty lines', 'a\n\n \n\nb', 'a b'],
    ['drops a byte order mark and every other non-ASCII byte', '\ufeffcaf\u00e9 \u2018x\u2019', 'caf x'],
    ['drops a line that becomes empty', 'a\n\u00e9\u00e9\nb', 'a b'],
    ['strips before it drops, as the chapter does', 'a\n\u00e9 b', 'a  b'],
    ['returns an empty text for none', '\n\n', ''],
  ])('%s', (_, text, cleaned) => {
    expect(cleanText(text)).toBe(cleaned);
  });
});

describe("cleanText(text, 'all')", () => {
  it.each([
    [
      'keeps letters of any script, in lower case',
      ' STRASSE \u00c9t\u00e9\n\u041c\u0418\u0420 ',
      'strasse \u00e9t\u00e9 \u043c\u0438\u0440',
    ],
    ['joins letters with their accents', 'e\u0301', '\u00e9'],
    ['strips white space of any kind', '\u00a0a\u3000\n\ufeff\nb', 'a b'],
  ])('%s', (_, text, cleaned) => {
    expect(cleanText(text, 'all')).toBe(cleaned);
  });
});

describe('withoutGutenbergFrame(text)', () => {
  const body = 'CHAPTER I\nDown the hole.\n';
  const start = '*** START OF THIS PROJECT GUTENBERG EBOOK';
  const smallPrint = '*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n';
  const oldEnd = "End of Project Gutenberg's X\n";
  it.each([
    ['an older frame', `licence\n${start} X ***\n${body}${oldEnd}more`],
    [
      'a newer frame',
      `licence\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n${body}*** END OF THE EBOOK ***\nmore`,
    ],
    [
      'a marker without spaces',
      `licence\n***START OF THE PROJECT GUTENBERG EBOOK X***\n${body}***END OF THE EBOOK***`,
    ],
    ['a marker of two lines', `licence\n${start} A LONG\nTITLE, BY X ***\n${body}${oldEnd}`],
    ['a marker that never ends', `licence\n${start} X\n${body}${oldEnd}`],
    [
      'a small print',
      `***START**THE SMALL PRINT!**FOR X**START***\nlicence\n${smallPrint}${body}End of The Project Gutenberg Etext of X\n`,
    ],
    [
      'a small print of another year',
      `licence\n*END THE SMALL PRINT! FOR PUBLIC DOMAIN EBOOKS*Ver.02/11/02*END*\n${body}End of this Project Gutenberg Etext`,
    ],
    ['a marker before the small print', `licence\n${start} X ***\nmore\n${smallPrint}${body}${oldEnd}`],
    ['a small print before the marker', `licence\n${smallPrint}more\n${start} X ***\n${body}${oldEnd}`],
    ['a small print after the end', `${start} X ***\n${body}${oldEnd}licence\n${smallPrint}`],
    ['an end but no header', `${body}${oldEnd}licence`],
    ['no frame', body],
  ])('returns the book of a text with %s, whatever ends its lines', (_, text) => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(withoutGutenbergFrame(text.replaceAll('\n', end)).replaceAll(end, '\n')).toBe(body);
  });
});

describe('encodeText(text)', () => {
  it('numbers the distinct characters in sorted order, and decodeText undoes it', () => {
    const { vocabulary, ids } = encodeText('down, down, down');
    expect(vocabulary.join('')).toBe(' ,dnow');
    expect([...ids.subarray(0, 5)]).toEqual([2, 4, 5, 3, 1]);
    expect(decodeText(vocabulary, ids)).toBe('down, down, down');
  });

  it('never halves a character, such as an emoji', () => {
    const { vocabulary, ids } = encodeText('a\u{1f600}b\u{1f601}\u{1f600}');
    expect(vocabulary).toEqual(['a', 'b', '\u{1f600}', '\u{1f601}']);
    expect([...ids]).toEqual([0, 2, 1, 3, 2]);
    for (const known of [vocabulary, vocabulary.join('')])
      expect(decodeText(known, Int32Array.of(3, 0))).toBe('\u{1f601}a');
    expect(countOutsideAscii('a\u{1f600}\u00e9b')).toBe(2);
  });
});

const ORIGINAL = '../shared/data/alice_in_wonderland.txt';
const original = existsSync(ORIGINAL) ? it : it.skip;
describe("the chapter's own text (skipped where ../shared/data is absent)", () => {
  original('cleans to 142,554 characters, 42 of them distinct', () => {
    const { ids, vocabulary } = encodeText(
      cleanText(withoutGutenbergFrame(decodeBytes(readFileSync(ORIGINAL), ORIGINAL).text)),
    );
    expect([ids.length, vocabulary.length]).toEqual([142554, 42]);
  });
});
