/** Sentiment with other classes than negative and positive: the whole way from a file to answers. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as nn from '../../models/index.js';
import { importCommand } from '../../tasks/interchange/importCommand.js';
import { exportCommand } from '../../tasks/interchange/exportCommand.js';
import { sentimentModel, type SentimentState } from '../../tasks/sentiment/model.js';
import { sentiment } from '../../tasks/sentiment/sentiment.js';
import { taskCommand } from '../../tasks/task/command.js';
import { kernels } from '../interchange/networks.js';
import { runHere, temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const run = (...args: string[]) => runHere(directory.path, taskCommand(sentiment), args);
afterAll(() => directory.remove());

const OPINIONS = {
  negative: ['bad', 'awful', 'boring'],
  neutral: ['plain', 'usual', 'average'],
  positive: ['good', 'great', 'lovely'],
};
const THINGS = ['book', 'film', 'song', 'cake', 'game', 'play', 'meal', 'trip'];
const LABELLED = THINGS.flatMap((thing) =>
  Object.entries(OPINIONS).flatMap(([label, words]) =>
    words.map((word) => ({ text: `The ${thing}, I think, is ${word}.`, label })),
  ),
);

interface Results {
  data: { form: string; classes: { name: string; sentences: number }[] };
  final: {
    accuracyDistinct: number;
    baselineLogisticDistinct: number;
    baselineMajorityDistinct: number;
    classesDistinct: { name: string; sentences: number; precision: number | null; recall: number | null }[];
    confusionDistinct: number[][];
    samplesDistinct: { probabilities: Record<string, number>; label: string; sentence: string }[];
  };
}

const TRAIN = ['--split', 'distinct', '--batch', '8', '--units', '16', '--threads', '1'];
let trained: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  const lines = LABELLED.map(({ text, label }) => `"${text}",${label}\r\n`);
  writeFileSync(at('three.csv'), `text,sentiment\r\n${lines.join('')}`);
  trained = await run(
    ...['--data', 'three.csv', ...TRAIN, '--epochs', '12'],
    ...['--save', 'three.model', '--json', 'three.json', '--report', 'page'],
  );
});

describe('sentiment with three classes', () => {
  it('says the form and the classes of the file', () => {
    expect(trained.refusal).toBeNull();
    expect(trained.stdout).toContain(
      "CSV, labels in column 2 'sentiment' as words, texts in column 1 'text'\n",
    );
    expect(trained.stdout).toContain('3 classes: negative (24), neutral (24), positive (24)\n');
  });

  it('learns, and says how well each class is found', () => {
    const { data, final } = JSON.parse(readFileSync(at('three.json'), 'utf8')) as Results;
    expect(data.form).toMatch(/^CSV, /);
    expect(data.classes).toEqual(Object.keys(OPINIONS).map((name) => ({ name, sentences: 24 })));
    expect(final.accuracyDistinct).toBeGreaterThan(0.9);
    expect(final.baselineLogisticDistinct).toBeGreaterThan(0.9);
    expect(final.baselineMajorityDistinct).toBeLessThan(0.6);

    const counts = final.confusionDistinct;
    const right = counts.reduce((sum, row, n) => sum + row[n]!, 0);
    expect(right / counts.flat().reduce((sum, count) => sum + count)).toBe(final.accuracyDistinct);
    final.classesDistinct.forEach(({ name, sentences, recall }, n) => {
      const total = counts[n]!.reduce((sum, count) => sum + count);
      expect({ name, sentences }).toEqual({ name: Object.keys(OPINIONS)[n], sentences: total });
      expect(recall).toBe(counts[n]![n]! / total);
      expect(trained.stdout).toMatch(
        new RegExp(`^ ${name} +${sentences} +[01]\\.\\d{3} +[01]\\.\\d{3}$`, 'm'),
      );
    });
    for (const { probabilities, label, sentence } of final.samplesDistinct) {
      expect(Object.keys(probabilities)).toEqual(Object.keys(OPINIONS));
      expect(OPINIONS).toHaveProperty(label);
      expect(trained.stdout).toContain(`  ${label.padEnd(8)}  ${sentence}\n`);
    }
    expect(trained.stdout).toMatch(/ {2}[01]\.\d{3} {4}baseline: logistic regression on a bag of words/);
    expect(trained.stdout).toMatch(/baseline: always the most frequent label\n/);
  });

  it('writes them into the page', () => {
    const html = readFileSync(at('page/sentiment.html'), 'utf8');
    for (const text of ['which of 3 classes', 'Classes of test sentences', 'bag of words', 'neutral (24)'])
      expect(html).toContain(text);
  });

  it('answers a file with the probabilities of all classes, as it answers one sentence', async () => {
    writeFileSync(at('lines.txt'), 'The song is awful\nThe meal is average\nThe trip is lovely\n \t-\n');
    const load = ['--load', 'three.model'];
    const { stdout } = await run(...load, '--predict-file', 'lines.txt');
    const [head, ...rows] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(head).toEqual(['negative', 'neutral', 'positive', 'label', 'sentence']);
    expect(rows.slice(0, 3).map((row) => row.slice(3))).toEqual([
      ['negative', 'The song is awful'],
      ['neutral', 'The meal is average'],
      ['positive', 'The trip is lovely'],
    ]);

    const { stdout: json } = await run(...load, '--predict-file', 'lines.txt', '--format', 'jsonl');
    json
      .trimEnd()
      .split('\n')
      .forEach((line, n) => {
        const { label, probabilities } = JSON.parse(line) as Results['final']['samplesDistinct'][0];
        const values = Object.values(probabilities);
        expect([...values.map((value) => value.toFixed(3)), label]).toEqual(rows[n]!.slice(0, 4));
        expect(values.reduce((sum, value) => sum + value)).toBeCloseTo(1, 6);
      });

    const { stdout: one } = await run(...load, '--predict', 'The trip is lovely');
    expect(one).toContain('the likeliest class and its probability, after each word:\n');
    expect(one).toMatch(new RegExp(`^ {2}${rows[2]![2]} {2}positive +lovely$`, 'm'));
    expect(one).toContain(`\npositive, with probability ${rows[2]![2]}\n  0.`);
  });

  it('goes through export and import', async () => {
    const args = ['--load', 'three.model', '--to', 'keras', '--out', 'three.keras'];
    expect((await runHere(directory.path, exportCommand(), args)).refusal).toBeNull();
    const { stdout, refusal } = await runHere(directory.path, importCommand(), ['three.keras', '--check']);
    expect(refusal).toBeNull();
    expect(stdout).toMatch(/ dense, 3 units /);
    expect(stdout).not.toContain('WRONG');
  });
});

describe('sentiment with other classes', () => {
  it('takes stars as numbers, and classes with one sentence, which it names', async () => {
    const stars = { negative: 1, neutral: 3, positive: 10 } as Record<string, number>;
    const lines = LABELLED.map(({ text, label }) => JSON.stringify({ review: text, stars: stars[label] }));
    writeFileSync(at('stars.jsonl'), [...lines, '{"review":"Well.","stars":2}'].join('\n'));
    const { stdout, refusal } = await run('--data', 'stars.jsonl', ...TRAIN, '--epochs', '1');
    expect(refusal).toBeNull();
    expect(stdout).toContain("JSON lines, labels in 'stars' as numbers, texts in 'review'\n");
    expect(stdout).toContain('4 classes: 1 (24), 2 (1), 3 (24), 10 (24)\n');
    expect(stdout).toContain('one sentence, too few to learn from and to test with: 2\n');
  });

  it.each([
    ['pos\tSo good\npos\tVery good\n', /^one\.tsv: every sentence is positive; there must be two classes/],
    ['spam\tBuy it\nspam\tBuy now\n', /^one\.tsv: every label is "spam"; there must be two classes/],
  ])('refuses a file of one class', async (lines, message) => {
    writeFileSync(at('one.tsv'), lines);
    expect((await run('--data', 'one.tsv', ...TRAIN)).refusal).toMatch(message);
  });

  it('lists twenty of many classes with one sentence', async () => {
    const lines = Array.from({ length: 25 }, (_, n) => `class${n}\tThe thing ${n} is this\n`);
    writeFileSync(at('many.tsv'), lines.join(''));
    const { stdout } = await run('--data', 'many.tsv', ...TRAIN, '--epochs', '1');
    expect(stdout).toMatch(/^ +one sentence, too few .*: (class\d+, ){20}and 5 more$/m);
  });

  it('names both of two other words, of which the network has one score', async () => {
    const lines = LABELLED.filter(({ label }) => label !== 'neutral').map(
      ({ text, label }) => `${label === 'positive' ? 'ham' : 'spam'}\t${text}\n`,
    );
    writeFileSync(at('spam.tsv'), lines.join(''));
    const { stdout } = await run('--data', 'spam.tsv', ...TRAIN, '--epochs', '20', '--save', 'spam.model');
    expect(stdout).toContain('2 classes: ham (24), spam (24)\n');
    writeFileSync(at('two.txt'), 'The cake is awful\nThe cake is great\n');
    const { stdout: answers } = await run('--load', 'spam.model', '--predict-file', 'two.txt');
    expect(answers).toMatch(/^ham\tspam\tlabel\tsentence\n.*\tspam\t.*awful\n.*\tham\t.*great\n$/);
    const { tensors } = await nn.decodeCheckpoint(readFileSync(at('spam.model')), 'spam.model');
    expect(tensors.get('dense.V')?.shape).toEqual([16, 1]);
  });
});

describe('a checkpoint of sentiment', () => {
  /** Writes `spam.model` once more, with a changed state. */
  async function rewrite(name: string, change: (state: SentimentState) => void): Promise<void> {
    const checkpoint = await nn.decodeCheckpoint(readFileSync(at('spam.model')), 'spam.model');
    const state = checkpoint.state as SentimentState;
    const trainer = nn.createTrainer(
      sentimentModel(kernels, state.settings, state.words.length + 2),
      nn.adam(),
    );
    nn.restoreTrainer(trainer, checkpoint, 'spam.model');
    change(state);
    writeFileSync(at(name), await nn.encodeCheckpoint(trainer, state));
  }

  it('without names of classes, as older ones are, tells negative from positive', async () => {
    await rewrite('old.model', (state) => delete state.classes);
    const { stdout } = await run('--load', 'old.model', '--predict-file', 'two.txt');
    expect(stdout).toMatch(/^0\.[5-9]\d\d\tpositive\t.*awful\n0\.[0-4]\d\d\tnegative\t.*great\n$/);
  });

  it.each([
    ['one class', ['spam'], /^bad.model is damaged: its classes cannot be read/],
    ['names that are none', [1, 2], /^bad.model is damaged: its classes cannot be read/],
    ['more classes than scores', ['a', 'b', 'c'], /^bad.model .*dense/],
  ])('with %s is refused', async (_, classes, message) => {
    await rewrite('bad.model', (state) => (state.classes = classes as string[]));
    expect((await run('--load', 'bad.model', '--predict', 'a')).refusal).toMatch(message);
  });
});
