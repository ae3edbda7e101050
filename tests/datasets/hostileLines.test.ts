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
const readers: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  withoutGutenbergFrame: (bytes) => datasets.withoutGutenbergFrame(textOf(bytes)),
  cleanText: (bytes) => datasets.cleanText(textOf(bytes)),
  'cleanText, all characters': (bytes) => datasets.cleanText(textOf(bytes), 'all'),
  tokenize: (bytes) => datasets.tokenize(textOf(bytes)),
  readSentences: (bytes) => datasets.readSentences(bytes, 'x'),
  taggedSentences: (bytes) => datasets.taggedSentences(bytes, 'x'),
  conllSentences: (bytes) => datasets.conllSentences(bytes, 'x'),
  wordTagSentences: (bytes) => datasets.wordTagSentences(bytes, 'x'),
  treebankSentences: (bytes) => datasets.treebankSentences(bytes, 'x'),
  brownSentences: (bytes) => datasets.brownSentences(bytes, 'x'),
  parallelSentences: (bytes) => datasets.parallelSentences({ bytes, source: 'x' }, { bytes, source: 'y' }),
  readSeries: (bytes) => datasets.readSeries(inPieces(bytes), '0', 'x'),
  decodeNpy: (bytes) => datasets.decodeNpy(bytes, 'x'),
};

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
/** What makes each reader begin. */
const BEGINNINGS = [
  ...['', 'a\tb\n1\t', 't,a\n2020-01-01,1\n', '(S (NN ', 'label,text\n1,"', '[{"text":"', 'The/DT cat/NN\n'],
  ...['1\tI\tI\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n', '\x93NUMPY\x01\0\x76\x27{'],
];

function file(beginning: string, part: string, size: number): Uint8Array {
  const encoding = beginning.startsWith('\x93') ? 'latin1' : 'utf8';
  const [head, one] = [Buffer.from(beginning, encoding), Buffer.from(part)];
  return Buffer.concat([head, Buffer.alloc(size - (size % one.length), one)]);
}

/** Reads, and checks what is said if it is refused. @returns milliseconds of the processor */
async function timeOf(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): Promise<number> {
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

describe.each(Object.entries(readers))('%s', (_, read) => {
  it.each(PARTS.map((part) => [JSON.stringify(part), part] as const))('%s', async (_, part) => {
    for (const beginning of BEGINNINGS) {
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
