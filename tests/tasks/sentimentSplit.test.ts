import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from '../../models/index.js';
import { splitSentences, type Sentence, type Split } from '../../tasks/sentiment/corpus.js';
import { forAll } from '../properties.js';

const random = (seed = 1) => createRandom(seed, 'split');
const sentencesOf = (texts: readonly string[]): Sentence[] =>
  texts.map((text) => ({ label: 1, words: text.split(' ') }));
const all = ({ training, test }: Split) => [...training, ...test].sort((a, b) => a - b);

describe('splitSentences(name, sentences, random)', () => {
  const different = sentencesOf(Array.from({ length: 100 }, (_, n) => `sentence ${n}`));

  it.each(['random', 'distinct'] as const)(
    '%s: keeps a fifth for testing, each sentence on one side',
    (name) => {
      const split = splitSentences(name, different, random());
      expect([split.training.length, split.test.length]).toEqual([80, 20]);
      expect(all(split)).toEqual(different.map((_, n) => n));
      expect(split.isKnown).toEqual(Array<boolean>(20).fill(false));
    },
  );

  it('draws the same split for the same seed, and another for another', () => {
    const test = (seed: number) => splitSentences('random', different, random(seed)).test;
    expect(test(1)).toEqual(test(1));
    expect(test(1)).not.toEqual(test(2));
  });

  it('distinct: copies of a sentence are never on both sides', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c d', 'c e', 'f'), { minLength: 20, maxLength: 60 });
    const several = texts.filter((list) => new Set(list).size > 2);
    forAll(fc.tuple(several, fc.nat(100)), ([list, seed]) => {
      // With few distinct sentences, the copies of one may be most of them, and none is left for training.
      if (list.some((text) => list.filter((other) => other === text).length > list.length / 2)) return;
      const split = splitSentences('distinct', sentencesOf(list), random(seed));
      const trainedOn = new Set(Array.from(split.training, (n) => list[n]));
      for (const n of split.test) expect(trainedOn.has(list[n])).toBe(false);
      expect(all(split)).toEqual(list.map((_, n) => n));
      expect(split.test.length).toBeGreaterThanOrEqual(list.length / 5);
    });
  });

  it('random: marks the test sentences that are also in the training set', () => {
    const texts = different.map((_, n) => `sentence ${n % 30}`);
    const { training, test, isKnown } = splitSentences('random', sentencesOf(texts), random());
    const trainedOn = new Set(Array.from(training, (n) => texts[n]));
    expect(isKnown).toEqual(Array.from(test, (n) => trainedOn.has(texts[n])));
    expect(isKnown).toContain(true);
  });

  it.each([
    ['random', ['a']],
    ['distinct', ['a', 'a', 'a']],
  ] as const)('%s: refuses sentences that are too few for two sides', (name, texts) => {
    expect(() => splitSentences(name, sentencesOf(texts), random())).toThrow(
      /^a fifth of the sentences is for testing, and none is left for training/,
    );
  });
});
