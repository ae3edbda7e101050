import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { cleanText, decodeText, encodeText, withoutGutenbergFrame } from '../../datasets/index.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('cleanText(bytes)', () => {
  it.each([
    ['strips each line and joins with single spaces', '  One \t\r\n\ttwo\n', 'one two'],
    ['lower-cases', 'ALICE', 'alice'],
    ['drops empty lines', 'a\n\n \n\nb', 'a b'],
    ['drops a byte order mark and every other non-ASCII byte', '\ufeffcaf\u00e9 \u2018x\u2019', 'caf x'],
    ['drops a line that becomes empty', 'a\n\u00e9\u00e9\nb', 'a b'],
    ['strips before it drops, as the chapter does', 'a\n\u00e9 b', 'a  b'],
    ['returns an empty text for none', '\n\n', ''],
  ])('%s', (_, text, cleaned) => {
    expect(cleanText(bytes(text))).toBe(cleaned);
  });
});

describe('withoutGutenbergFrame(bytes)', () => {
  const body = 'CHAPTER I\nDown the hole.\n';
  it.each([
    [
      'an older frame',
      `licence\n*** START OF THIS PROJECT GUTENBERG EBOOK X ***\n${body}End of Project Gutenberg's X\nmore`,
    ],
    [
      'a newer frame',
      `licence\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n${body}*** END OF THE EBOOK ***\nmore`,
    ],
    ['no frame', body],
  ])('returns the book of a text with %s', (_, text) => {
    expect(new TextDecoder().decode(withoutGutenbergFrame(bytes(text)))).toBe(body);
  });
});

describe('encodeText(text)', () => {
  it('numbers the distinct characters in sorted order, and decodeText undoes it', () => {
    const { vocabulary, ids } = encodeText('down, down, down');
    expect(vocabulary).toBe(' ,dnow');
    expect([...ids.subarray(0, 5)]).toEqual([2, 4, 5, 3, 1]);
    expect(decodeText(vocabulary, ids)).toBe('down, down, down');
  });
});

const ORIGINAL = '../shared/data/alice_in_wonderland.txt';
const original = existsSync(ORIGINAL) ? it : it.skip;
describe("the chapter's own text (skipped where ../shared/data is absent)", () => {
  original('cleans to 142,554 characters, 42 of them distinct', () => {
    const { ids, vocabulary } = encodeText(cleanText(withoutGutenbergFrame(readFileSync(ORIGINAL))));
    expect([ids.length, vocabulary.length]).toEqual([142554, 42]);
  });
});
