/**
 * Lines that no file has: each reader reads them or says what is wrong, in a time that grows as their length does, and
 * under a second for a megabyte.
 */
import { describe, expect, it } from '@jest/globals';
import * as datasets from '../../datasets/index.js';

const SIZES = [2 ** 17, 2 ** 20] as const;
/** What takes less, at the smaller size, takes less than a second at the larger, were it quadratic. In milliseconds. */
const QUICK = 10;
/** Linear work takes 8 times as long, quadratic work 64 times. */
const MOST = 32;

async function* inPieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 65536)
    yield await Promise.resolve(bytes.subarray(at, at + 65536));
}

const textOf = (bytes: Uint8Array) => datasets.decodeBytes(bytes, 'x').text;
type Read = (bytes: Uint8Array) => unknown;
const WORDS = 'The/DT cat/NN\n';
const ROW = '1\tI\tI\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n';
const TREE = '(S (NN ';

/** Each with what makes it begin. */
const readers: readonly [name: string, read: Read, beginnings: readonly string[]][] = [
  ['withoutGutenbergFrame', (bytes) => datasets.withoutGutenbergFrame(textOf(bytes)), ['', '*** START OF\n']],
  ['cleanText', (bytes) => datasets.cleanText(textOf(bytes)), ['', 'a']],
  ['cleanText, all characters', (bytes) => datasets.cleanText(textOf(bytes), 'all'), ['', 'a']],
  ['tokenize', (bytes) => datasets.tokenize(textOf(bytes)), ['', 'a']],
  [
    'readSentences',
    (bytes) => datasets.readSentences(bytes, 'x'),
    ['', 'a\tb\n1\t', 'label,text\n1,', 'label,text\n1,"', '[{"text":"'],
  ],
  ['taggedSentences', (bytes) => datasets.taggedSentences(bytes, 'x'), ['', WORDS, ROW, TREE, 'The DT\n']],
  ['conllSentences', (bytes) => datasets.conllSentences(bytes, 'x'), ['', ROW]],
  ['wordTagSentences', (bytes) => datasets.wordTagSentences(bytes, 'x'), ['', WORDS]],
  ['treebankSentences', (bytes) => datasets.treebankSentences(bytes, 'x'), ['', TREE]],
  ['brownSentences', (bytes) => datasets.brownSentences(bytes, 'x'), ['', WORDS]],
  [
    'parallelSentences',
    (bytes) => datasets.parallelSentences({ bytes, source: 'x' }, { bytes, source: 'y' }),
    ['', 'a\n'],
  ],
  [
    'readSeries',
    (bytes) => datasets.readSeries(inPieces(bytes), '0', 'x'),
    ['', 't,a\n2020-01-01,1\n', 'a;b\n1;2\n"', 'a b\n1 2\n'],
  ],
  ['decodeNpy', (bytes) => datasets.decodeNpy(bytes, 'x'), ['', '\x93NUMPY\x01\0\x76\x27{']],
];

/** What is repeated. */
const PARTS = [
  ...[
    ' ',
    '"',
    '""',
    '\t',
    ';',
    ',',
    '(',
    ')',
    '/',
    '_',
    '\n',
    '\r',
    'a',
    '1',
    '.',
    '-',
    '*',
    '’',
    '\u{1f600}',
  ],
  ...[
    "'",
    "n't ",
    "'s",
    'é',
    'a. ',
    'a.b.',
    'a/b ',
    'a/b*',
    'a_b ',
    '1\t',
    '( ',
    '()',
    '(NN a)',
    '",',
    '"a,""b"",c"\n',
  ],
  ...[
    '*** START OF ',
    '*** START OF\n',
    '*** END OF\n',
    '*END*THE SMALL PRINT!\n',
    'End of Project Gutenberg',
  ],
  ...[
    '[',
    '{',
    '[{"text":"a","label":1},',
    '1,2\n',
    '1e',
    '2020-01-01 00:00,1\n',
    '# \n',
    '1-2\t',
    'a\tb\n',
    '<i8',
  ],
];
function file(beginning: string, part: string, size: number): Uint8Array {
  const encoding = beginning.startsWith('\x93') ? 'latin1' : 'utf8';
  const [head, one] = [Buffer.from(beginning, encoding), Buffer.from(part)];
  // A character at the end: what only looks for an end would begin anew at each place.
  const tail = Buffer.from(beginning === '' ? '' : 'x');
  return Buffer.concat([head, Buffer.alloc(size - (size % one.length), one), tail]);
}

/** Reads, and checks what is said if it is refused. @returns milliseconds of the processor */
async function timeOf(read: Read, bytes: Uint8Array): Promise<number> {
  const before = process.cpuUsage();
  const refusal = await Promise.resolve()
    .then(() => read(bytes))
    .then(() => null)
    .catch((error: unknown) => error);
  const { user, system } = process.cpuUsage(before);
  if (refusal !== null) {
    expect(refusal).toBeInstanceOf(datasets.DataError);
    // What is quoted of such a line is short.
    expect((refusal as Error).message).toMatch(/^[^\n]{1,999}$/);
  }
  return (user + system) / 1000;
}

describe.each(readers)('%s', (_, read, beginnings) => {
  it.each(PARTS.map((part) => [JSON.stringify(part), part] as const))('%s', async (_, part) => {
    for (const beginning of beginnings) {
      const [small, large] = SIZES.map((size) => file(beginning, part, size)) as [Uint8Array, Uint8Array];
      let short = await timeOf(read, small);
      if (short < QUICK) continue;
      let long = await timeOf(read, large);
      const isFine = () => long < 1000 && long < MOST * short;
      // Another program may have been in the way.
      for (let again = 0; again < 3 && !isFine(); again++) {
        short = Math.max(short, await timeOf(read, small));
        long = Math.min(long, await timeOf(read, large));
      }
      expect({ beginning, part, short, long, isFine: isFine() }).toMatchObject({ isFine: true });
    }
  });
});
