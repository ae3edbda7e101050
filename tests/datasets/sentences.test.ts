import { describe, expect, it } from '@jest/globals';
import { readSentences, type LabelledSentence, type SentenceFile } from '../../datasets/index.js';
import { readDamaged } from './damaged.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The guarantees of every reader of sentences. */
function expectSentences({ form, classes, sentences }: SentenceFile): void {
  expect(sentences.length).toBeGreaterThan(0);
  expect(new Set(classes).size).toBe(classes.length);
  expect(classes.length).toBeGreaterThan(1);
  expect(form).toMatch(/^(CSV|TSV|JSON|a JSON list).*, labels in .+, texts in .+$/);
  for (const { label, text } of sentences) {
    if (!(label in classes)) expect(label).toBe('the number of a class');
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
    const { classes, sentences } = readSentences(bytes(text), 'file.txt');
    expect({ classes, sentences }).toEqual({ classes: ['negative', 'positive'], sentences: two });
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
    const { classes, sentences } = readSentences(bytes(text), 'file.txt');
    expect({ classes, sentences }).toEqual({ classes: ['negative', 'positive'], sentences: two });
  });

  const classesOf = (labels: readonly string[]) => {
    const { classes, sentences } = readSentences(
      bytes(labels.map((one, n) => `text ${n} here\t${one}\n`).join('')),
      'x',
    );
    return [classes, sentences.map(({ label }) => label)];
  };

  it.each([
    ['words, in alphabetical order', 'positive neutral negative', 'negative neutral positive', [2, 1, 0]],
    ['words in any case', 'Sports World sports', 'Sports World', [0, 1, 0]],
    ['two words', 'spam ham ham', 'ham spam', [1, 0, 0]],
    ['numbers, ascending', '10 9 5 10', '5 9 10', [2, 1, 0, 2]],
    ['a number written in two ways', '1 2 1.0 3', '1 2 3', [0, 1, 0, 2]],
    ['-1, 0 and 1, three classes', '0 1 -1', '-1 0 1', [1, 2, 0]],
    ['-1 and 0, the larger is positive', '0 -1', 'negative positive', [1, 0]],
    ['4 and 2, the larger is positive', '4 2', 'negative positive', [1, 0]],
    ['the usual words, mixed', 'good 0 NEG true', 'negative positive', [1, 0, 0, 1]],
    ['one of the usual two', '1 1', 'negative positive', [1, 1]],
    ['numbers and words', '1 2 none', '1 2 none', [0, 1, 2]],
  ])('labels that are %s', (_, labels, classes, numbers) => {
    expect(classesOf(labels.split(' '))).toEqual([classes.split(' '), numbers]);
  });

  it.each([
    ['TSV', '1\tI like it.\n0\tIt is bad!\n', 'TSV, labels in column 1 as numbers, texts in column 2'],
    [
      'CSV',
      'text,sentiment\nI like it.,good\nSo bad!,bad\n',
      "CSV, labels in column 2 'sentiment' as words, texts in column 1 'text'",
    ],
    [
      'CSV with semicolons',
      'stars;body\n5;I like it.\n1;Bad!\n',
      "CSV with semicolons, labels in column 1 'stars' as numbers, texts in column 2 'body'",
    ],
    [
      'an object per line, names in two words',
      '{"reviewText":"a","user_rating":1}\n{"reviewText":"b","user_rating":2}\n',
      "JSON lines, labels in 'user_rating' as numbers, texts in 'reviewText'",
    ],
    [
      'a list, labels true and false',
      '[{"text":"a","label":true},{"text":"b","label":false}]',
      "a JSON list, labels in 'label' as words, texts in 'text'",
    ],
    [
      'the more telling of two names',
      'title,text,label,score\nOh,a b,x,1\nAh,c d,y,2\n',
      "CSV, labels in column 3 'label' as words, texts in column 2 'text'",
    ],
    [
      'names that are not known, above words that repeat, and empty columns',
      'v1,v2,,\nham,"Hi, you",,\nspam,Win now,,\nham,See you,,\nspam,Buy it,,\n',
      "CSV, labels in column 1 'v1' as words, texts in column 2 'v2'",
    ],
    [
      'a name that is not known above numbers',
      'n,what they said\n2,a b\n1,c d\n3,e f\n',
      "CSV, labels in column 1 'n' as numbers, texts in column 2 'what they said'",
    ],
    [
      'no names: neither a column that never varies nor one of numbers that all differ',
      '0,17,NO_QUERY,It is bad\n4,18,NO_QUERY,I like it\n0,19,NO_QUERY,No\n4,20,NO_QUERY,Yes\n',
      'CSV, labels in column 1 as numbers, texts in column 4',
    ],
  ])('says the form: %s', (_, text, form) => {
    expect(readSentences(bytes(text), 'x').form).toBe(form);
  });

  it('takes a first line whose label occurs once for a sentence, unless it looks like names', () => {
    const { classes, sentences } = readSentences(bytes('joy\tSo glad\nfear\tOh no\nfear\tHelp\n'), 'x');
    expect([classes, sentences.length]).toEqual([['fear', 'joy'], 3]);
  });

  it('reads separators, quotes and line ends within quotes', () => {
    const text = 'text,label\n"He said ""no"", twice,\nand left.",0\n"",1\n';
    expect(() => readSentences(bytes(text), 'x')).toThrow('x, line 4: there is no text in the sentence');
    expect(readSentences(bytes(text.replace('"",1\n', 'a,1\n')), 'x').sentences[0]).toEqual({
      label: 0,
      text: 'He said "no", twice,\nand left.',
    });
  });

  it('keeps letters of any language, in UTF-8 and in Latin-1', () => {
    for (const file of [bytes('1\tSch\u00f6n\n0\t\u597d!\n'), latin1('1\tSch\u00f6n\n0\tNo\xefl\n')])
      expect(readSentences(file, 'x').sentences[0]).toEqual({ label: 1, text: 'Sch\u00f6n' });
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
    [
      'more labels than classes, without a name',
      Array.from({ length: 110 }, (_, n) => `k${n}\tA text ${n}\n`).join(''),
      'file.txt, line 1: no column of labels in "k0 | A text 0"; a line is a label and a sentence, with at most 100 ' +
        'different labels',
    ],
    ['a quote that is not closed', 'a,1\n"b,0\n', 'file.txt, line 2: a quote that is never closed'],
    ['a line that is no JSON', '{"text":"a","label":1}\n{', 'file.txt, line 2 is not JSON'],
    [
      'an entry without a label',
      '[{"text":"a"}]',
      'file.txt, entry 1: it must be an object with a text and a label, or a class',
    ],
    [
      'no label',
      'text,label\na,1\nb,\n',
      'file.txt, line 3: there is no label; give one, or delete the line',
    ],
    [
      'one class',
      'text,label\na,spam\nb,Spam\n',
      'file.txt: every label is "spam"; there must be two classes at least, and the labels are in column 2 \'label\'',
    ],
    [
      'too many classes',
      `text,label\n${Array.from({ length: 101 }, (_, n) => `a,${n}\n`).join('')}`,
      'file.txt: 101 different labels in column 2 \'label\', such as "0"; at most 100 classes can be told apart; ' +
        'if another column has the labels, name it label and this one otherwise',
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
    const classes = bytes('stars;text\n5;Good, I say\n1;"Bad"\n3;So so\n');
    readDamaged(read, classes, [';', '\n', '5', 'x', '-1', '""', 'label', '\t'], expectSentences);
    const json = bytes('[{"text":"I like it.","class":1},{"text":"","class":null}]');
    readDamaged(read, json, ['"', '{', '}', '[', ']', ',', 'null', '1', '"text":', '\n'], expectSentences);
  });
});
