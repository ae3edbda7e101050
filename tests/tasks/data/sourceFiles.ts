/** Synthetic files with the counts of the real ones. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { trees } from '../grammar.js';
import { zipOf } from './zipWriter.js';

/** The bundled book, an older edition of Project Gutenberg. */
export const BOOK = readFileSync(
  fileURLToPath(new URL('fixtures/alice.txt', import.meta.resolve('webtorrent-fixtures'))),
);

/** Labelled sentences, a given number of them positive. */
export function labelledSentences(count = 7086, positive = 3995): Buffer {
  const lines = Array.from({ length: count }, (_, n) => `${n < positive ? 1 : 0}\tSentence number ${n}.\n`);
  return Buffer.from(lines.join(''));
}

/** A treebank of two articles: all sentences except the last have 24 words. */
export function treebank(sentences = 3914, words = 94_084): Buffer {
  const lengths = Array.from({ length: sentences }, () => 24);
  lengths[sentences - 1]! += words - 24 * sentences;
  const made = lengths.map((length) => ({
    words: Array.from({ length }, () => 'cat'),
    tags: Array.from({ length }, () => 'NN'),
  }));
  return zipOf([
    { name: 'treebank/combined/wsj_0001.mrg', content: trees(made.slice(0, 2000)) },
    { name: 'treebank/combined/wsj_0002.mrg', content: trees(made.slice(2000)) },
    { name: 'treebank/README', content: 'Penn Treebank' },
  ]);
}

export const loads = (name = 'LD2011_2014.txt'): Buffer => zipOf([{ name, content: ';"MT_001"\n' }]);
