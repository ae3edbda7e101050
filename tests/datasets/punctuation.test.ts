import { describe, expect, it } from '@jest/globals';
import { plainPunctuation, tokenize } from '../../datasets/index.js';
import { PAIRS } from './pairs.js';

describe('plainPunctuation(text)', () => {
  it.each([
    ['\u2018a\u2019 \u201ab\u02bc \u2039c\u203a d\u2032', "'a' 'b' 'c' d'"],
    ['\u201ca\u201d \u201eb\u201f \u00abc\u00bb', '"a" "b" "c"'],
    ['1\u20132 a\u2010b \u22123', '1-2 a-b -3'],
    ['so\u2014and\u2015so\u2026', 'so--and--so...'],
    [
      'Windows quotes read as Latin-1: \x93a\x94 it\x92s \x96 \x97 \x85',
      'Windows quotes read as Latin-1: "a" it\'s - -- ...',
    ],
    ['\u00e9 \u4f60 \u{1f600} "a" `b`', '\u00e9 \u4f60 \u{1f600} "a" `b`'],
  ])('turns %j into %j', (text, plain) => {
    expect(plainPunctuation(text)).toBe(plain);
  });

  it.each(PAIRS)('gives %j the words of %j', (plain, typographic) => {
    expect(typographic).not.toBe(plain);
    expect(tokenize(typographic)).toEqual(tokenize(plain));
  });
});
