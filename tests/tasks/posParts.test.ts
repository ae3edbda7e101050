import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createKernels, createRandom, unroll } from '../../models/index.js';
import { measureBaselines } from '../../tasks/pos/baselines.js';
import { chapter, CHAPTER_LENGTH } from '../../tasks/pos/chapter.js';
import { accuraciesOf, tagScores, withPadding, worstMistakes } from '../../tasks/pos/confusion.js';
import { readCorpus, splitSentences } from '../../tasks/pos/corpus.js';
import { countPadding, createClasses, pieces, taggedExamples } from '../../tasks/pos/examples.js';
import { createPosModel } from '../../tasks/pos/model.js';
import { trainPerceptron } from '../../tasks/pos/perceptron.js';
import { symbolsOf, tagger } from '../../tasks/pos/tagger.js';

import { madeUpSentences } from './grammar.js';

const sentence = (words: string, tags: string) => ({ words: words.split(' '), tags: tags.split(' ') });

describe('the input of the tagger for a word', () => {
  it('is the lower-cased word, its endings, and its capitals', () => {
    expect(symbolsOf('Walked')).toEqual(['word walked', '-1 d', '-2 ed', '-3 ked', 'case Capital']);
    expect(symbolsOf('I')).toEqual(['word i', '-1 i', '-2 i', '-3 i', 'case Capital']);
  });

  it.each([
    ['the', 'small'],
    ['The', 'Capital'],
    ['Jean-paul', 'Capital'],
    ['IBM', 'CAPITALS'],
    ['U.S.', 'CAPITALS'],
    ['McDonald', 'mIxed'],
    ['iPad', 'mIxed'],
    ['1,000', 'digits'],
    ['--', 'no letters'],
    ['\u00c9clair', 'Capital'],
  ])('for %s has the case %s', (word, capitals) => {
    expect(symbolsOf(word)[4]).toBe(`case ${capitals}`);
  });

  it('has numbers for symbols that occur twice in training; the others in a column share one', () => {
    const training = [sentence('The cat', 'DT NN'), sentence('the Bat', 'DT NN')];
    const symbols = tagger.symbols([], training);
    const twice = ['word the', '-1 e', '-2 he', '-3 the', '-1 t', '-2 at', 'case Capital', 'case small'];
    expect([...symbols].sort()).toEqual([...twice].sort());
    const reader = tagger.reader(symbols);
    expect(reader.columns).toBe(5);
    expect(reader.size).toBe(1 + 5 + symbols.length);
    const [the, cat] = [reader.numbers(['the']), reader.numbers(['cat'])];
    // "cat" and its last three letters are unknown, its last two and its last are known.
    expect([...cat].map((number) => number <= 5)).toEqual([true, false, false, true, false]);
    expect([cat[0], cat[3]]).toEqual([1, 4]);
    expect(Math.min(...the)).toBeGreaterThan(5);
    expect(reader.numbers(['the', 'cat'])).toEqual(Int32Array.of(...the, ...cat));
  });
});

describe('examples', () => {
  it('are padded at the start, and split into pieces if too long', async () => {
    const kernels = await createKernels();
    const { model, reader, classes } = createPosModel(kernels, {
      settings: { model: 'tagger', cell: 'lstm', bidirectional: true, batch: 2, lr: 1, seed: 0 },
      symbols: ['word a', 'word b'],
      classes: ['PAD', 'X', 'Y'],
    });
    const graph = unroll(model, { batch: 2, steps: 3, loss: 'softmaxCrossEntropy' });
    const examples = taggedExamples([sentence('a b a a', 'X Y X X')], reader, classes, 3);
    expect(examples.count).toBe(2);
    examples.write(graph, 0, 0);
    examples.write(graph, 1, 1);
    // Time-major: for each step the first row, then the second; here the column of words.
    const words = Array.from({ length: 6 }, (_, m) => graph.input.data[m * 5]);
    expect(words).toEqual([6, 0, 7, 0, 6, 6]);
    expect([...graph.labels.data]).toEqual([1, 0, 2, 0, 1, 1]);
    graph.forward();
    expect(graph.weight()).toBe(4);
    await kernels.close();
  });

  it.each([
    [1, 3, [[0, 1]]],
    [3, 3, [[0, 3]]],
    [7, 3, [[0, 3], [3, 6], [6, 7]]], // prettier-ignore
  ])('of %i words, read %i at a time, consist of the pieces %j', (words, length, places) => {
    expect(pieces(words, length)).toEqual(places);
    const one = { words: new Array<string>(words).fill('a'), tags: [] };
    expect(countPadding([one], length)).toBe(places.length * length - words);
  });

  it("of the chapter's model number the most frequent words of all sentences, lower-cased", () => {
    const all = [sentence('The cat the', 'X Y X')];
    expect(chapter.symbols(all, [])).toEqual(['the', 'cat']);
    expect([...chapter.reader(['the', 'cat']).numbers(['THE', 'dog', 'cat'])]).toEqual([2, 1, 3]);
  });
});

describe('the counts', () => {
  //             PAD X  Y
  const counts = [
    Float64Array.of(8, 1, 1), // PAD
    Float64Array.of(2, 6, 2), // X
    Float64Array.of(0, 3, 2), // Y
  ];
  const names = ['PAD', 'X', 'Y'];

  it('give the accuracy with padding and on words', () => {
    expect(accuraciesOf(counts)).toEqual({ accuracyPadded: 16 / 25, accuracyWords: 8 / 15 });
    expect(accuraciesOf(withPadding(counts, 75))).toEqual({
      accuracyPadded: 91 / 100,
      accuracyWords: 8 / 15,
    });
  });

  it('give precision and recall of each tag, on words', () => {
    expect(tagScores(counts, names)).toEqual([
      { tag: 'X', words: 10, precision: 6 / 9, recall: 6 / 10 },
      { tag: 'Y', words: 5, precision: 2 / 4, recall: 2 / 5 },
    ]);
  });

  it('give the worst mistakes on words', () => {
    expect(worstMistakes(counts, names, 2)).toEqual([
      { truth: 'Y', prediction: 'X', count: 3, words: 5 },
      { truth: 'X', prediction: 'PAD', count: 2, words: 10 },
    ]);
  });
});

describe('the baselines', () => {
  it('are PAD, and the most frequent tag of each lower-cased word, for unknown words the most frequent of all', () => {
    const training = [sentence('a B b b', 'X Y Y X'), sentence('c d', 'X X')];
    const test = [sentence('A b e', 'X Y Y')];
    const classes = createClasses(['PAD', 'X', 'Y']);
    expect(measureBaselines(training, test, classes, 10, createRandom(1, 'perceptron'))).toMatchObject({
      pad: { accuracyPadded: 7 / 10, accuracyWords: 0 },
      mostFrequentTag: { accuracyPadded: 9 / 10, accuracyWords: 2 / 3 },
    });
  });
});

describe('the averaged perceptron', () => {
  const all = madeUpSentences(80);

  it('learns what follows from a word, its neighbours and the tags before, and the same each time', () => {
    const tag = trainPerceptron(all.slice(0, 60), createRandom(1, 'order'));
    const again = trainPerceptron(all.slice(0, 60), createRandom(1, 'order'));
    let [words, right] = [0, 0];
    for (const one of all.slice(60)) {
      const given = tag(one.words);
      expect(again(one.words)).toEqual(given);
      words += given.length;
      right += given.filter((tag, n) => tag === one.tags[n]).length;
    }
    expect(right / words).toBeGreaterThan(0.99);
    // "walk" is a noun after a determiner and a verb after "to".
    expect(tag(['The', 'walk', 'likes', 'to', 'walk', '.'])).toEqual(['DT', 'NN', 'VBZ', 'TO', 'VB', '.']);
  });

  it('answers words that it has never seen, and none at all', () => {
    const tag = trainPerceptron(all, createRandom(1, 'order'));
    expect(tag(['zzz', '\u{1f600}'])).toHaveLength(2);
    expect(tag([])).toEqual([]);
  });
});

describe('the split', () => {
  const sentences = Array.from({ length: 11 }, (_, n) => sentence(`w${n}`, 'X'));

  it('holds out a fifth, rounded up, each sentence on one side', () => {
    const { training, test } = splitSentences(sentences, createRandom(1, 'split'));
    expect(test).toHaveLength(3);
    expect([...training, ...test].map(({ words }) => words[0]).sort()).toEqual(
      sentences.map(({ words }) => words[0]).sort(),
    );
  });

  it('is determined by the seed', () => {
    const heldOut = (seed: number) => splitSentences(sentences, createRandom(seed, 'split')).test;
    expect(heldOut(1)).toEqual(heldOut(1));
    expect(heldOut(1)).not.toEqual(heldOut(2));
  });
});

describe("the chapter's data", () => {
  const folder = '../shared/data';
  const there = existsSync(`${folder}/treebank_sents.txt`);

  (there ? it : it.skip)(
    'has 3,914 sentences, 10,947 words, 45 tags, and 249 words in the longest',
    async () => {
      const { record, sentences } = await readCorpus(
        `${folder}/treebank_sents.txt,${folder}/treebank_poss.txt`,
        null,
      );
      expect(record).toMatchObject({
        sentences: 3914,
        distinctWords: 10947,
        tags: 45,
        longest: 249,
        words: 94084,
      });
      const { training, test } = splitSentences(sentences, createRandom(1, 'split'));
      const classes = createClasses(['PAD', ...new Set(sentences.flatMap(({ tags }) => tags))]);
      const { pad, mostFrequentTag } = measureBaselines(
        training,
        test,
        classes,
        CHAPTER_LENGTH,
        createRandom(1, 'perceptron'),
      );
      expect(pad.accuracyPadded).toBeCloseTo(0.903, 3);
      expect(mostFrequentTag.accuracyWords).toBeCloseTo(0.88, 2);
    },
  );

  it('has a bundled substitute: 4,623 sentences of the Brown corpus', async () => {
    const { record } = await readCorpus(null, null);
    expect(record).toMatchObject({ sentences: 4623, words: 100554, tags: 88, longest: 102 });
  });
});
