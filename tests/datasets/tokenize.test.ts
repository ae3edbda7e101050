import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { readSentences, tokenize } from '../../datasets/index.js';

describe('tokenize(text)', () => {
  it.each([
    ['sets punctuation apart', 'Well, yes; no? No!', 'Well , yes ; no ? No !'],
    [
      'leaves commas and colons within numbers',
      'at 7:30 for $1,000, I think:',
      'at 7:30 for $ 1,000 , I think :',
    ],
    ['sets the last period apart', 'It is so.', 'It is so .'],
    ['sets a period apart that ends a sentence within', 'It is so. Is it', 'It is so . Is it'],
    ['sets a period apart before brackets and quotes', '(It is so.) "So."', "( It is so . ) `` So . ''"],
    [
      'leaves the period of initials and titles',
      'Mrs. J. K. Smith of the U.S. army',
      'Mrs. J. K. Smith of the U.S. army',
    ],
    ['knows that I is a word', 'so do I. You', 'so do I . You'],
    ['sets the period of an abbreviation apart at the end', 'Smith vs.', 'Smith vs .'],
    ['leaves periods within words', 'see example.com now', 'see example.com now'],
    ['keeps three periods together', 'so...and so ...', 'so ... and so ...'],
    ['leaves two periods on their word', 'it is so..', 'it is so..'],
    ['writes double quotes as TeX does', 'the "best" ("ever")', "the `` best '' ( `` ever '' )"],
    ['sets clitics apart', "it's I'm they'd we'll you're I've", "it 's I 'm they 'd we 'll you 're I 've"],
    ['sets not apart', "don't can't cannot", "do n't ca n't can not"],
    ['sets the apostrophe of a plural apart', "the boys' room", "the boys ' room"],
    [
      'splits what is two words run together',
      'gonna gotta wanna gimme lemme',
      'gon na got ta wan na gim me lem me',
    ],
    ['splits old contractions', "'tis 'Twas more'n d'ye", "'t is 'T was more'n d 'ye"],
    ['does not split words that only begin so', 'cannots wannabe', 'cannots wannabe'],
    ['sets brackets and dashes apart', 'so--[a] {b} <c>', 'so -- [ a ] { b } < c >'],
    ['takes any white space for a space', ' a\t b\r\n', 'a b'],
    ['finds no word in nothing', ' \n', ''],
  ])('%s', (_, text, words) => {
    expect(tokenize(text).join(' ')).toBe(words);
  });

  it('loses nothing but white space, whatever the text', () => {
    // Both kinds of double quotes are two characters of their own afterwards.
    const bare = (text: string) => text.replace(/``|"/g, "''").replace(/\s/g, '');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab\'nt.,:?"()- \n'), maxLength: 60 }), (text) => {
        const words = tokenize(text);
        expect(bare(words.join(''))).toBe(bare(text));
        expect(words.every((word) => word !== '' && !/\s/.test(word))).toBe(true);
      }),
      { seed: 20, numRuns: 1000 },
    );
  });

  it.each(['.', '.)', "'", 'a.', '"', '(', "n't", ',', 'can', ' ', 'mr. '])(
    'takes time in proportion to the length of a text, also of %p over and over',
    (piece) => {
      // A million characters, which what is quadratic would not finish in the time of a test.
      tokenize(piece.repeat(1e6 / piece.length));
    },
  );
});

const ORIGINAL = '../shared/data/umich-sentiment-train.txt';
const original = existsSync(ORIGINAL) ? it : it.skip;
describe("the chapter's own sentences (skipped where ../shared/data is absent)", () => {
  original("have the chapter's counts: longest sentence 42 words, 2,313 distinct words", () => {
    const sentences = readSentences(readFileSync(ORIGINAL), ORIGINAL);
    const words = sentences.map(({ text }) => tokenize(text.toLowerCase()));
    expect(sentences.length).toBe(7086);
    expect(sentences.filter(({ label }) => label === 1).length).toBe(3995);
    expect(new Set(sentences.map(({ text }) => text)).size).toBe(1410);
    expect(Math.max(...words.map(({ length }) => length))).toBe(42);
    expect(new Set(words.flat()).size).toBe(2313);
  });
});
