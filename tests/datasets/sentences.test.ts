import { describe, expect, it } from '@jest/globals';
import { readSentences, type LabelledSentence } from '../../datasets/index.js';
import { readDamaged } from './damaged.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The guarantees of every reader of sentences. */
function expectSentences(sentences: LabelledSentence[]): void {
  expect(sentences.length).toBeGreaterThan(0);
  for (const { label, text } of sentences) {
    if (label !== 0 && label !== 1) expect(label).toBe('0 or 1');
    if (text === '' || text !== text.trim()) expect(text).toBe('trimmed');
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
    ['drops white space around the columns', ' 1 \t  I like it. \n0\t It is bad!  \n'],
  ])('%s', (_, text) => {
    expect(readSentences(bytes(text), 'file.txt')).toEqual(two);
  });

  it.each([
    ['TSV, sentence first', 'I like it.\t1\nIt is bad!\t0\n'],
    ['TSV with names', 'sentence\tlabel\nI like it.\t1\nIt is bad!\t0\n'],
    ['TSV with more columns', 'id\tlabel\ttext\n7\t1\tI like it.\n8\t0\tIt is bad!\n'],
    ['CSV', 'label,text\n1,I like it.\n0,It is bad!\n'],
    ['CSV with quotes', 'review,sentiment\r\n"I like it.",positive\r\n"It is bad!",negative\r\n'],
    ['CSV with semicolons', 'text;label\nI like it.;pos\nIt is bad!;neg\n'],
    ['CSV without names', '"I like it.",1\n"It is bad!",0'],
    ['two other numbers', 'text,label\nI like it.,4\nIt is bad!,2\n'],
    ['an object per line', '{"text":"I like it.","label":1}\n\n{"text":"It is bad!","label":"negative"}\n'],
    [
      'a list of objects',
      '[{"text":"I like it.","class":1},{"text":"","class":null},{"sentence":" It is bad! ","label":0}]',
    ],
  ])('reads %s', (_, text) => {
    expect(readSentences(bytes(text), 'file.txt')).toEqual(two);
  });

  it('reads separators, quotes and line ends within quotes', () => {
    const text = 'text,label\n"He said ""no"", twice,\nand left.",0\n"",1\n';
    expect(() => readSentences(bytes(text), 'x')).toThrow('x, line 4: there is no text in the sentence');
    expect(readSentences(bytes(text.replace('"",1\n', 'a,1\n')), 'x')[0]).toEqual({
      label: 0,
      text: 'He said "no", twice,\nand left.',
    });
  });

  it('keeps letters of any language, in UTF-8 and in Latin-1', () => {
    for (const file of [bytes('1\tSch\u00f6n\n0\t\u597d!\n'), latin1('1\tSch\u00f6n\n0\tNo\xefl\n')])
      expect(readSentences(file, 'x')[0]).toEqual({ label: 1, text: 'Sch\u00f6n' });
  });

  it.each([
    ['an empty file', '', 'file.txt is empty: it has no sentences'],
    ['an empty line', '1\ta\n\n0\tb', 'file.txt, line 2: the line is empty; delete it'],
    ['a line of spaces', '1\ta\n  \t \n0\tb\n', 'file.txt, line 2: the line is empty; delete it'],
    [
      'a line without a tab',
      '1\ta\n0 b\n',
      'file.txt, line 2: 1 columns, where the first line has 2, in "0 b"; a line is a label and a sentence',
    ],
    [
      'a line of three columns',
      '1\ta\n1\ta\tb\n',
      'file.txt, line 2: 3 columns, where the first line has 2, in "1 | a | b"; a line is a label and a sentence',
    ],
    [
      'plain text',
      'Alice was\n',
      'file.txt, line 1: no tab or comma in "Alice was"; a line is a label and a sentence',
    ],
    ['a quote that is not closed', 'a,1\n"b,0\n', 'file.txt, line 2: a quote that is never closed'],
    ['a line that is no JSON', '{"text":"a","label":1}\n{', 'file.txt, line 2 is not JSON'],
    [
      'an entry without a label',
      '[{"text":"a"}]',
      'file.txt, entry 1: it must be an object with a text and a label, or a class',
    ],
    [
      'another label',
      '1\ta\n0\tb\n2\tc\n',
      'file.txt, line 3: the label is "2"; it must be 0 (negative) or 1 (positive), or two other words or numbers',
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

  it('throws only its own error for thousands of damaged tables and lists', () => {
    const read = (file: Uint8Array) => readSentences(file, 'file');
    const csv = bytes('text,label\r\n"I ""like"" it.",1\r\nBad!,0\r\n');
    readDamaged(read, csv, [',', '"', '""', ';', '\n', '\t', '\0'], expectSentences);
    const json = bytes('[{"text":"I like it.","class":1},{"text":"","class":null}]');
    readDamaged(read, json, ['"', '{', '}', '[', ']', ',', 'null', '1', '"text":', '\n'], expectSentences);
  });
});
