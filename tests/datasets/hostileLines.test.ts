/** Lines of a megabyte that no file has: each reader reads them or says what is wrong, before the test times out. */
import { describe, expect, it } from '@jest/globals';
import * as datasets from '../../datasets/index.js';

const SIZE = 2 ** 20;

async function* inPieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 65536)
    yield await Promise.resolve(bytes.subarray(at, at + 65536));
}

const textOf = (bytes: Uint8Array) => datasets.decodeBytes(bytes, 'x').text;
const readers: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  withoutGutenbergFrame: (bytes) => datasets.withoutGutenbergFrame(textOf(bytes)),
  cleanText: (bytes) => datasets.cleanText(textOf(bytes)),
  tokenize: (bytes) => datasets.tokenize(textOf(bytes)),
  readSentences: (bytes) => datasets.readSentences(bytes, 'x'),
  taggedSentences: (bytes) => datasets.taggedSentences(bytes, 'x'),
  conllSentences: (bytes) => datasets.conllSentences(bytes, 'x'),
  wordTagSentences: (bytes) => datasets.wordTagSentences(bytes, 'x'),
  treebankSentences: (bytes) => datasets.treebankSentences(bytes, 'x'),
  readSeries: (bytes) => datasets.readSeries(inPieces(bytes), '0', 'x'),
};

/** What is repeated. */
const PARTS = [
  ...[' ', '"', '\t', ';', ',', '(', ')', '/', '_', '\n', '\r', 'a', '1', '.', '’', '\u{1f600}'],
  ...['a/b ', '1\t', '( ', '",', '*** START OF ', 'End of Project Gutenberg'],
];
/** What makes each reader begin. */
const BEGINNINGS = ['', 'a\tb\n1\t', 't,a\n2020-01-01,1\n', '(S (NN '];

describe.each(Object.entries(readers))('%s', (_, read) => {
  it.each(PARTS.map((part) => [JSON.stringify(part), part] as const))('%s', async (_, part) => {
    for (const beginning of BEGINNINGS) {
      const bytes = new TextEncoder().encode(beginning + part.repeat(SIZE / part.length));
      try {
        await read(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(datasets.DataError);
        expect((error as Error).message).not.toContain('\n');
        // What is quoted of such a line is short.
        expect((error as Error).message.length).toBeLessThan(1000);
      }
    }
  });
});
