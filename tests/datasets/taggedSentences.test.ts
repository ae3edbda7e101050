import { describe, expect, it } from '@jest/globals';
import {
  brownSentences,
  brownTag,
  parallelSentences,
  treebankSentences,
  type TaggedSentence,
} from '../../datasets/index.js';
import { readDamaged } from './damaged.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const dataError = (message: string) => expect.objectContaining({ name: 'DataError', message });

/** `The/DT cat/NN` as a sentence. */
function sentence(text: string): TaggedSentence {
  const pairs = text.split(' ').map((pair) => pair.split('/') as [string, string]);
  return { words: pairs.map(([word]) => word), tags: pairs.map(([, tag]) => tag) };
}

/** The guarantees of every reader of tagged sentences. */
function expectTagged(sentences: TaggedSentence[]): void {
  for (const { words, tags } of sentences) {
    if (words.length === 0 || words.length !== tags.length)
      expect({ words, tags }).toBe('a tag for each word');
    if (![...words, ...tags].every((token) => /^\S+$/.test(token))) expect({ words, tags }).toBe('tokens');
  }
}

describe('parallelSentences(words, tags)', () => {
  const read = (words: string | Uint8Array, tags: string | Uint8Array) => {
    const [w, t] = [words, tags].map((file) => (typeof file === 'string' ? bytes(file) : file));
    return parallelSentences({ bytes: w!, source: 'words.txt' }, { bytes: t!, source: 'tags.txt' });
  };
  const two = [sentence('The/DT cat/NN sat/VBD'), sentence('Yes/UH')];

  it.each([
    ['reads a sentence and its tags from the same line of each', 'The cat sat\nYes\n', 'DT NN VBD\nUH\n'],
    ['does not need a line end at the end', 'The cat sat\nYes', 'DT NN VBD\nUH'],
    ['reads files with CRLF', 'The cat sat\r\nYes\r\n', 'DT NN VBD\r\nUH\r\n'],
    ['skips a byte order mark', '\ufeffThe cat sat\nYes\n', '\ufeffDT NN VBD\nUH\n'],
    ['accepts any white space between words', ' The\tcat  sat \nYes\n', 'DT NN  VBD\n UH\n'],
  ])('%s', (_, words, tags) => {
    expect(read(words, tags)).toEqual(two);
  });

  it('keeps words unchanged, in any script', () => {
    expect(read('Éclair\u4e3d O\u2019Neill\n', 'NN NNP\n')[0]!.words).toEqual([
      'Éclair\u4e3d',
      'O\u2019Neill',
    ]);
  });

  it.each([
    [
      'a line with more words than tags',
      'a b\nc d e\n',
      'X Y\nX Y\n',
      'tags.txt, line 2: 2 tags for the 3 words of that line in words.txt; each word needs one',
    ],
    [
      'a line with fewer words than tags',
      'a\n',
      'X Y\n',
      'tags.txt, line 1: 2 tags for the 1 word of that line in words.txt; each word needs one',
    ],
    [
      'a sentence without a line of tags',
      'a\nb\nc\n',
      'X\nY\n',
      'words.txt, line 3: tags.txt has no such line; each sentence needs a line in both files',
    ],
    [
      'a line of tags without a sentence',
      'a\n',
      'X\nY\n',
      'tags.txt, line 2: words.txt has no such line; each sentence needs a line in both files',
    ],
    [
      'an empty line',
      'a\n\nb\n',
      'X\n\nY\n',
      'words.txt, line 2: an empty line; remove it, and the same line of the other file',
    ],
    [
      'an empty line of tags',
      'a\nb\n',
      'X\n \t\n',
      'tags.txt, line 2: an empty line; remove it, and the same line of the other file',
    ],
    ['a NUL', 'a\nb\0\n', 'X\nY\n', 'words.txt, line 2: a binary file, not text (there is a byte 0)'],
  ])('rejects %s', (_, words, tags, message) => {
    expect(() => read(words, tags)).toThrow(dataError(message));
  });

  it.each(['words', 'tags'])('throws only its own error for thousands of damaged files of %s', (damaged) => {
    const [words, tags] = ['The cat sat .\r\nWell\u00e9 , yes\n', 'DT NN VBD .\nUH , UH\n'];
    const pieces = [' ', '\n', '\r', '\t', '\0', '\u2028', '\u00a0', 'x'];
    if (damaged === 'words') readDamaged((file) => read(file, tags), bytes(words), pieces, expectTagged);
    else readDamaged((file) => read(words, file), bytes(tags), pieces, expectTagged);
  });
});

describe('brownSentences(bytes, source)', () => {
  it('reads a sentence from each line that has words', () => {
    const text = '\n\n\tThe/at cat/nn sat/vbd ./.\n\n\n\tYes/rb ,/, sir/nn\n';
    expect(brownSentences(bytes(text), 'ca01')).toEqual([
      sentence('The/at cat/nn sat/vbd ./.'),
      sentence('Yes/rb ,/, sir/nn'),
    ]);
  });

  it('splits at the last slash', () => {
    expect(brownSentences(bytes('1/2/cd and/or/cc //nn\n'), 'ca01')).toEqual([
      { words: ['1/2', 'and/or', '/'], tags: ['cd', 'cc', 'nn'] },
    ]);
  });

  it.each([
    ['nn', 'nn'],
    ['nn-tl', 'nn'],
    ['nn-tl-hl', 'nn'],
    ['fw-nn-nc', 'nn'],
    ['fw-in+at-tl', 'in'],
    ['ppss+bem', 'ppss'],
    ['np$-tl', 'np$'],
    ['do*', 'do'],
    ['bez*-hl', 'bez'],
    ['*', '*'],
    ['*-hl', '*'],
    ['--', '--'],
    ['---hl', '--'],
    ['.-hl', '.'],
  ])('maps the tag %s to the part of speech %s', (tag, part) => {
    expect(brownTag(tag)).toBe(part);
  });

  it.each([
    ['a word without a tag', 'The/at cat sat/vbd', "'cat'"],
    ['a tag without a word', 'The/at /nn', "'/nn'"],
    ['an empty tag', 'The/at cat/', "'cat/'"],
    ['only a prefix', 'The/at chat/fw-', "'chat/fw-'"],
  ])('rejects %s', (_, line, token) => {
    expect(() => brownSentences(bytes(`\nA/at\n${line}\n`), 'ca01')).toThrow(
      dataError(`ca01, line 3: ${token} is not a word, a slash and a tag`),
    );
  });

  it('throws only its own error for thousands of damaged files', () => {
    const good = bytes("\n\tThe/at cat's/nn$ and/or/cc\n\n\tdon't/do* ``/`` ./.-hl\n");
    const pieces = ['/', ' ', '\n', '\t', '\0', '-hl', 'fw-', '+', '*'];
    readDamaged((file) => brownSentences(file, 'ca01'), good, pieces, expectTagged);
  });

  it('reads long tokens made of suffixes in one pass', () => {
    const line = `a/${'-hl'.repeat(300_000)} b/nn${'+x'.repeat(300_000)}x ${'/'.repeat(300_000)}nn\n`;
    expect(brownSentences(bytes(line), 'ca01')[0]!.tags).toEqual([
      '-hl'.repeat(300_000).slice(0, 3),
      'nn',
      'nn',
    ]);
  });
});

describe('treebankSentences(bytes, source)', () => {
  const read = (text: string) => treebankSentences(bytes(text), 'wsj_0001.mrg');

  it('reads words and tags from trees over several lines', () => {
    const text = `
( (S
    (NP-SBJ (DT The) (NN cat) )
    (VP (VBD sat)
      (PP-LOC (IN on)
        (NP (DT the) (NN mat) )))
    (. .) ))
( (INTJ (UH Yes) (. !) ))
`;
    expect(read(text)).toEqual([
      sentence('The/DT cat/NN sat/VBD on/IN the/DT mat/NN ./.'),
      sentence('Yes/UH !/.'),
    ]);
  });

  it('leaves out traces, and sentences of traces only', () => {
    expect(read('((S (NP (-NONE- *)) (VP (VB go))))\n((S (-NONE- *T*-1)))')).toEqual([sentence('go/VB')]);
  });

  it('keeps the spelling of brackets in the text', () => {
    expect(read('((NP (-LRB- -LRB-) (NN cat) (-RRB- -RRB-)))')).toEqual([
      sentence('-LRB-/-LRB- cat/NN -RRB-/-RRB-'),
    ]);
  });

  it('reads a tree that is nested 200,000 deep', () => {
    const depth = 200_000;
    expect(read(`${'(X '.repeat(depth)}(UH Yes)${')'.repeat(depth)}`)).toEqual([sentence('Yes/UH')]);
  });

  it.each([
    [
      'a bracket that is never closed',
      '((UH Yes))\n\n((S\n(NN cat)',
      3,
      'a tree that is never closed; is the file complete?',
    ],
    ['an extra bracket', '((UH Yes))\n)', 2, "an extra ')'"],
    ['text that is not a tree', 'The cat sat', 1, "'The' is outside all brackets; is this a file of trees?"],
    ['an empty bracket', '((S ()))', 1, 'a bracket without a tag and a word'],
    ['a tag without a word', '((S\n(NN)))', 2, 'a bracket without a tag and a word'],
    [
      'two words in one bracket',
      '((NN cat dog))',
      1,
      "unexpected 'dog': a bracket holds a tag and a word, or a label and brackets",
    ],
    [
      'a word after a bracket',
      '((NP (NN cat) dog))',
      1,
      "unexpected 'dog': a bracket holds a tag and a word, or a label and brackets",
    ],
    ['a bracket after a word', '((NN cat (NN dog)))', 1, "a '(' after a tag and a word"],
  ])('rejects %s', (_, text, line, why) => {
    expect(() => read(text)).toThrow(dataError(`wsj_0001.mrg, line ${line}: ${why}`));
  });

  it('throws only its own error for thousands of damaged files', () => {
    const good = bytes(
      '( (S (NP (DT The) (NN c\u00e2t) )\r\n (VP (VBD sat) (-NONE- *)) (. .) ))\n((UH Yes))\n',
    );
    const pieces = ['(', ')', '()', ' ', '\n', '(NN cat)', '-NONE-', '\0', 'x'];
    readDamaged((file) => treebankSentences(file, 'wsj_0001.mrg'), good, pieces, expectTagged);
  });
});
