import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cells } from '../../cells/index.js';
import { sentiment } from '../../tasks/sentiment/sentiment.js';
import { taskCommand } from '../../tasks/task/command.js';
import { runHere, runTask, temporaryDirectory } from './run.js';

interface Results {
  task: string;
  seed: number;
  data: Record<string, unknown>;
  epochs: { split: string; epoch: number; loss: number; accuracy: number; validationAccuracy: number }[];
  final: {
    accuracy?: number;
    accuracyDistinct?: number;
    known?: number;
    knownDistinct?: number;
    samples: { probability: number; label: number; sentence: string }[];
  };
  msPerStep: number;
}

const SMALL = ['--data', 'small.txt', '--batch', '4', '--epochs', '4'];
const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const run = (...args: string[]) => runTask(directory.path, args);
/** The same in this process. */
const here = (...args: string[]) => runHere(directory.path, taskCommand(sentiment), args);
const results = (name: string) => JSON.parse(readFileSync(at(name), 'utf8')) as Results;

/** 60 sentences, 30 of them distinct, all easy to classify. */
function smallCorpus(): string {
  const things = ['book', 'film', 'song', 'cake', 'game'];
  const opinions = [
    '1\tI love the',
    '1\tWhat a good',
    '1\tHow nice, this',
    '0\tI hate the',
    '0\tWhat a bad',
    "0\tI don't like this",
  ];
  const lines = things.flatMap((thing) => opinions.map((opinion) => `${opinion} ${thing}.`));
  return [...lines, ...lines].join('\r\n') + '\r\n';
}

beforeAll(() => writeFileSync(at('small.txt'), smallCorpus()));
afterAll(() => directory.remove());

describe('sentiment', () => {
  it('trains on the bundled sentences', async () => {
    const { status, stdout } = await run(
      'sentiment',
      '--epochs',
      '1',
      '--batch',
      '256',
      '--json',
      'default.json',
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/UCI/);
    expect(stdout).toMatch(/sha256 [0-9a-f]{64}\n/);
    expect(stdout).toMatch(
      /2 classes: negative \(1500\), positive \(1500\)\n +3000 sentences; 2982 distinct/,
    );
    expect(stdout).toMatch(/longest sentence 80 words, 5379 distinct words/);
    expect(results('default.json').final.accuracy).toBeGreaterThan(0.4);
  });

  it('trains a model for each split, and says how many test sentences are also in the training set', async () => {
    const { status, stdout } = await run('sentiment', ...SMALL, '--seed', '7', '--json', 'out.json');
    expect(status).toBe(0);
    const { task, seed, data, epochs, final, msPerStep } = results('out.json');
    expect({ task, seed }).toEqual({ task: 'sentiment', seed: 7 });
    expect(data).toEqual({
      source: 'small.txt',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      form: 'TSV, labels in column 1 as numbers, texts in column 2',
      sentences: 60,
      classes: ['negative', 'positive'].map((name) => ({ name, sentences: 30 })),
      distinct: 30,
      distinctInWords: 30,
      longest: 7,
      words: 21,
    });
    expect(epochs.map(({ split, epoch }) => `${split} ${epoch}`)).toEqual(
      ['random', 'distinct'].flatMap((split) => [1, 2, 3, 4].map((epoch) => `${split} ${epoch}`)),
    );
    expect(epochs[3]!.loss).toBeLessThan(epochs[0]!.loss);
    expect(final.accuracy).toBeGreaterThan(0.9);
    // Accuracy on six distinct sentences, which says little about the model.
    expect(final.accuracyDistinct).toBeGreaterThanOrEqual(0);
    expect(final.accuracyDistinct).toBeLessThanOrEqual(1);
    expect(final.known).toBeGreaterThan(0);
    expect(final.knownDistinct).toBe(0);
    expect(msPerStep).toBeGreaterThan(0);
    expect(stdout).toMatch(/Test score: \d\.\d{3}, accuracy: \d\.\d{3}/);
    expect(stdout.match(/^ +[01]\.\d{3} {6}[01] {2}[a-z]/gm)).toHaveLength(5);
  });

  it('gives only the distinct accuracy with --split distinct', async () => {
    await here(...SMALL, '--split', 'distinct', '--json', 'distinct.json');
    const { epochs, final } = results('distinct.json');
    expect(epochs).toHaveLength(4);
    expect(final).not.toHaveProperty('accuracy');
    expect(final).toHaveProperty('accuracyDistinct');
  });

  it('gives the same losses for the same seed, bit for bit, on any number of threads', async () => {
    const course = async (name: string, ...options: string[]) => {
      await here(...SMALL, '--split', 'random', '--json', name, ...options);
      return results(name).epochs.map(({ loss, accuracy, validationAccuracy }) => [
        loss,
        accuracy,
        validationAccuracy,
      ]);
    };
    const first = await course('a.json', '--seed', '7', '--threads', '1');
    expect(await course('b.json', '--seed', '7', '--threads', '2')).toEqual(first);
    expect(await course('c.json', '--seed', '8')).not.toEqual(first);
  });

  it.each(Object.keys(cells))(
    'saves and loads a model with --cell %s, and answers a sentence word by word',
    async (cell) => {
      await here(
        ...SMALL,
        '--cell',
        cell,
        '--split',
        'random',
        '--save',
        `${cell}.model`,
        '--json',
        `${cell}.json`,
      );
      const { sentence, probability } = results(`${cell}.json`).final.samples[0]!;
      // It has no unknown words, so it can be passed as it is.
      const { refusal, stdout } = await here('--load', `${cell}.model`, '--predict', sentence);
      expect(refusal).toBe(null);
      const lines = [...stdout.matchAll(/^ {2}([01]\.\d{3}) {2}(\S+)$/gm)];
      expect(lines.map(([, , word]) => word).join(' ')).toBe(sentence);
      expect(lines.at(-1)![1]).toBe(probability.toFixed(3));
      expect(stdout).toMatch(/(positive|negative), with probability [01]\.\d{3}\n$/);
    },
  );

  it('marks unknown words with --predict, and says which words of a long sentence it reads', async () => {
    await here(...SMALL, '--split', 'random', '--epochs', '1', '--save', 'm.model');
    const { stdout } = await here('--load', 'm.model', '--predict', `${'so '.repeat(50)}good`);
    expect(stdout).toMatch(/reads only the last 40 words/);
    expect(stdout.match(/ so {2}\(not in its vocabulary\)\n/g)).toHaveLength(39);
    expect(stdout).toMatch(/ {2}good\n/);
  });

  it('writes one page with the curves of both splits with --report', async () => {
    await here(...SMALL, '--epochs', '2', '--report', 'pages/here');
    const html = readFileSync(at('pages/here/sentiment.html'), 'utf8');
    expect(html.match(/after each epoch<\/figcaption>/g)).toHaveLength(4);
    expect(html).toContain('all copies of a sentence on one side');
  });
});

describe('sentiment, given bad input', () => {
  const OUTPUTS = ['--save', 'x.model', '--json', 'x.json', '--report', 'x'];

  it.each([
    ['a missing file', null, /^cannot read bad.txt: there is no such file$/],
    ['an empty file', '', /^bad.txt is empty$/],
    ['an empty line', '1\ta\n\n0\tb\n', /^bad.txt, line 2: the line is empty; delete it$/],
    ['a line without a label', '1\ta\n\tb\n0\tc\n', /^bad.txt, line 2: there is no label; .*$/],
    [
      'a single class',
      'spam\tBuy it now\nspam\tBuy more\n',
      /^bad.txt: every label is "spam"; there must be two classes .*$/,
    ],
    ['a line of three columns', '1\ta\n1\ta\tb\n', /^bad.txt, line 2: 3 columns, .*$/],
    ['a binary file', '1\ta\n\0\x01\x02\n', /^bad.txt, line 2: a binary file, not text .*$/],
    ['a single sentence', '1\tI like it.\n', /^bad\.txt: every sentence is positive; /],
    [
      'copies of a single sentence',
      '1\ta\n0\ta\n'.repeat(9),
      /^a fifth of the sentences is for testing, and none is left .*$/,
    ],
  ])('says so in one line and writes nothing: %s', async (_, content, message) => {
    if (content !== null) writeFileSync(at('bad.txt'), content);
    const { refusal } = await here('--data', 'bad.txt', ...OUTPUTS);
    expect(refusal).toMatch(message);
    expect(readdirSync(directory.path).filter((name) => name.startsWith('x'))).toEqual([]);
  });

  it.each([
    [['--predict', 'a'], /^--predict needs a trained model: give it with --load FILE$/],
    [['--load', 'good.model'], /^--load needs something to do: .*$/],
    [
      ['--load', 'good.model', '--predict', 'a', '--seed', '3'],
      /^--load with --predict only predicts, without --seed: leave it out$/,
    ],
    [['--load', 'good.model', '--predict', ' '], /^the sentence contains no word: .*$/],
    [['--load', 'none.model', '--predict', 'a'], /^cannot read none.model: .*$/],
    [['--load', 'small.txt', '--predict', 'a'], /^small.txt .*$/],
    [['--load', 'cut.model', '--predict', 'a'], /^cut.model .*$/],
    [['--load', 'alice.model', '--predict', 'a'], /^alice.model is a checkpoint of another task .*$/],
    [['--data', 'small.txt', '--json', 'small.txt'], /^--data and --json name the same file, .*$/],
  ])('refuses %j in one line', async (options, message) => {
    if (!existsSync(at('good.model'))) {
      const quickly = ['--epochs', '1', '--split', 'random'];
      await here(...SMALL, ...quickly, '--save', 'good.model');
      await here(...SMALL, ...quickly, '--save', 'cut.model');
      truncateSync(at('cut.model'), 1000);
      await run('alice', '--data', 'small.txt', '--epochs', '1', '--units', '2', '--save', 'alice.model');
    }
    const { refusal } = await here(...options);
    expect(refusal).toMatch(message);
  });

  it.each([
    [['--data', 'columns.txt'], /^error: columns.txt, line 2: 3 columns, .*\n$/],
    [['--split', 'half'], /^error: option '--split <name>' argument 'half' is invalid. .*\n$/],
    [['--load', 'cut.model', '--predict', 'a'], /^error: cut.model .*\n$/],
  ])('%j: in one line and with exit status 1', async (options, message) => {
    writeFileSync(at('columns.txt'), '1\ta\n1\ta\tb\n');
    const { status, stderr } = await run('sentiment', ...options);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });
});
