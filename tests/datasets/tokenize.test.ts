import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { readSentences, tokenize } from '../../datasets/index.js';

describe('tokenize(text)', () => {
  it.each([
    ['separates punctuation', 'Well, yes; no? No!', 'Well , yes ; no ? No !'],
    [
      'leaves commas and colons within numbers',
      'at 7:30 for $1,000, I think:',
      'at 7:30 for $ 1,000 , I think :',
    ],
    ['separates the last period', 'It is so.', 'It is so .'],
    ['separates a period that ends an inner sentence', 'It is so. Is it', 'It is so . Is it'],
    ['separates a period before brackets and quotes', '(It is so.) "So."', "( It is so . ) `` So . ''"],
    [
      'keeps the period of initials and titles',
      'Mrs. J. K. Smith of the U.S. army',
      'Mrs. J. K. Smith of the U.S. army',
    ],
    ['treats I as a word', 'so do I. You', 'so do I . You'],
    ['separates the period of an abbreviation at the end', 'Smith vs.', 'Smith vs .'],
    ['keeps periods within words', 'see example.com now', 'see example.com now'],
    ['keeps three periods together', 'so...and so ...', 'so ... and so ...'],
    ['keeps two periods on their word', 'it is so..', 'it is so..'],
    ['writes double quotes as in TeX', 'the "best" ("ever")', "the `` best '' ( `` ever '' )"],
    ['separates clitics', "it's I'm they'd we'll you're I've", "it 's I 'm they 'd we 'll you 're I 've"],
    ['separates not', "don't can't cannot", "do n't ca n't can not"],
    ['separates the apostrophe of a plural', "the boys' room", "the boys ' room"],
    ['splits two words run together', 'gonna gotta wanna gimme lemme', 'gon na got ta wan na gim me lem me'],
    ['splits old contractions', "'tis 'Twas more'n d'ye", "'t is 'T was more'n d 'ye"],
    ['does not split words that only begin like these', 'cannots wannabe', 'cannots wannabe'],
    ['separates brackets and dashes', 'so--[a] {b} <c>', 'so -- [ a ] { b } < c >'],
    ['treats any white space as a space', ' a\t b\r\n', 'a b'],
    ['finds no words in white space', ' \n', ''],
  ])('%s', (_, text, words) => {
    expect(tokenize(text).join(' ')).toBe(words);
  });

  it('loses nothing but white space, whatever the text', () => {
    // Afterwards, both kinds of double quotes are two characters.
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
    'takes time proportional to the length of a text, even for repeated %p',
    (piece) => {
      // A million characters, which a quadratic algorithm would not finish in time.
      tokenize(piece.repeat(1e6 / piece.length));
    },
  );
});

const ORIGINAL = '../shared/data/umich-sentiment-train.txt';
const original = existsSync(ORIGINAL) ? it : it.skip;
describe("the chapter's own sentences (skipped where ../shared/data is absent)", () => {
  original("have the chapter's counts: longest sentence 42 words, 2,313 distinct words", () => {
    // The chapter drops characters that are not ASCII.
    const ascii = (text: string) => text.replace(/[^\0-\x7f]/g, '').trim();
    const sentences = readSentences(readFileSync(ORIGINAL), ORIGINAL).sentences.map(({ label, text }) => ({
      label,
      text: ascii(text),
    }));
    const words = sentences.map(({ text }) => tokenize(text.toLowerCase()));
    expect(sentences.length).toBe(7086);
    expect(sentences.filter(({ label }) => label === 1).length).toBe(3995);
    expect(new Set(sentences.map(({ text }) => text)).size).toBe(1410);
    expect(Math.max(...words.map(({ length }) => length))).toBe(42);
    expect(new Set(words.flat()).size).toBe(2313);
  });
});
