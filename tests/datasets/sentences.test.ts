import { describe, expect, it } from '@jest/globals';
import { readSentences, readSentencesJson, type LabelledSentence } from '../../datasets/index.js';
import { readDamaged } from './damaged.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The guarantees of every reader of sentences. */
function expectSentences(sentences: LabelledSentence[]): void {
  expect(sentences.length).toBeGreaterThan(0);
  for (const { label, text } of sentences) {
    if (label !== 0 && label !== 1) expect(label).toBe('0 or 1');
    // eslint-disable-next-line no-control-regex -- ASCII has control characters
    if (!/^[\x01-\x7f]+$/.test(text) || text !== text.trim()) expect(text).toBe('trimmed ASCII');
  }
}

describe('readSentences(bytes, source)', () => {
  const two: LabelledSentence[] = [
    { label: 1, text: 'I like it.' },
    { label: 0, text: 'It is bad!' },
  ];

  it.each([
    ['reads a label, a tab and a sentence from each line', '1\tI like it.\n0\tIt is bad!\n'],
    ['does not need a line end at the end', '1\tI like it.\n0\tIt is bad!'],
    ['reads a file with CRLF', '1\tI like it.\r\n0\tIt is bad!\r\n'],
    ['skips a byte order mark', '\ufeff1\tI like it.\n0\tIt is bad!\n'],
    ['drops characters that are not ASCII', '1\tI like\u2026 it\u00e9.\n0\t\u201cIt is bad!\u201d\n'],
    ['drops white space around the columns', ' 1 \t  I like it. \n0\t It is bad!  \n'],
  ])('%s', (_, text) => {
    expect(readSentences(bytes(text), 'file.txt')).toEqual(two);
  });

  it('drops bytes that are not UTF-8 as well', () => {
    expect(readSentences(latin1('1\tI like\u00e9 it.\n0\tIt is bad!\x92\n'), 'file.txt')).toEqual(two);
  });

  it.each([
    ['an empty file', '', 'file.txt is empty: it has no sentences'],
    ['an empty line', '1\ta\n\n0\tb', 'file.txt, line 2: the line is empty; delete it'],
    ['a line of spaces', '1\ta\n  \t \n', 'file.txt, line 2: the line is empty; delete it'],
    [
      'a line without a tab',
      '1\ta\n0 b\n',
      "file.txt, line 2: no tab in '0 b'; a line is a label, one tab and a sentence",
    ],
    [
      'a line of three columns',
      '1\ta\tb\n',
      "file.txt, line 1: 2 tabs in '1\ta\tb'; a line is a label, one tab and a sentence",
    ],
    [
      'another label',
      '1\ta\n0\tb\n2\tc\n',
      "file.txt, line 3: the label is '2'; it must be 0 (negative) or 1 (positive)",
    ],
    [
      'the columns the other way round',
      'a long sentence of very many words\t1\n',
      "file.txt, line 1: the label is 'a long sentence of very many w...'; it must be 0 (negative) or 1 (positive)",
    ],
    [
      'a sentence without ASCII',
      '1\t\u597d\n',
      'file.txt, line 1: no ASCII text in the sentence; only English text can be read',
    ],
    ['a NUL', '1\ta\n0\tb\0\n', 'file.txt, line 2: a binary file, not text (there is a byte 0)'],
  ])('rejects %s', (_, text, message) => {
    expect(() => readSentences(bytes(text), 'file.txt')).toThrow(
      expect.objectContaining({ name: 'DataError', message }),
    );
  });

  it('throws only its own error for thousands of damaged files', () => {
    const good = latin1('1\tI like it.\n0\tIt is \x92bad!\r\n1\tWell\xc3\xa9, "it\'s" good ( a lot ).\n');
    const read = (file: Uint8Array) => readSentences(file, 'file.txt');
    readDamaged(read, good, ['\t', '\n', '\r\n', '1\t', '\0', '\u2028'], expectSentences);
  });
});

describe('readSentencesJson(bytes, source)', () => {
  it('reads a list of texts and classes, and skips those without a class', () => {
    const list = [
      { text: 'Caf\u00e9 closed. ', class: 0 },
      { text: 'Good', class: 1 },
      { text: '', class: null },
    ];
    expect(readSentencesJson(bytes(JSON.stringify(list)), 'file.json')).toEqual([
      { label: 0, text: 'Caf closed.' },
      { label: 1, text: 'Good' },
    ]);
  });

  it.each([
    ['text that is not JSON', '[', 'file.json is not JSON'],
    ['JSON that is not a list', '{}', 'file.json: not a JSON list of objects { text, class }'],
    ['a list without sentences', '[{"text":"a","class":null}]', 'file.json: it has no sentences'],
    [
      'another class',
      '[{"text":"a","class":1},{"text":"a","class":"1"}]',
      'file.json, entry 2: it must be an object with a text and a class of 0 or 1',
    ],
    ['an entry that is not an object', '[null]', /entry 1: it must be an object/],
    ['an entry without a text', '[{"class":1}]', /entry 1: it must be an object/],
    ['an empty text', '[{"text":" ","class":1}]', /entry 1: no ASCII text/],
  ])('rejects %s', (_, text, message) => {
    expect(() => readSentencesJson(bytes(text), 'file.json')).toThrow(
      expect.objectContaining({ name: 'DataError', message: expect.stringMatching(message) }),
    );
  });

  it('throws only its own error for thousands of damaged files', () => {
    const good = bytes('[{"text":"I like it.","class":1},{"text":"","class":null}]');
    const read = (file: Uint8Array) => readSentencesJson(file, 'file.json');
    readDamaged(read, good, ['"', '{', '}', '[', ']', ',', 'null', '1', '"text":'], expectSentences);
  });
});
