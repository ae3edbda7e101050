/** What a trained model is used for: text from a prompt, answers to files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alice } from '../../tasks/alice/alice.js';
import { pos } from '../../tasks/pos/pos.js';
import { sentiment } from '../../tasks/sentiment/sentiment.js';
import { taskCommand } from '../../tasks/task/command.js';
import { runHere, temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const runAlice = (...args: string[]) => runHere(directory.path, taskCommand(alice), args);
const runPos = (...args: string[]) => runHere(directory.path, taskCommand(pos), args);
const runSentiment = (...args: string[]) => runHere(directory.path, taskCommand(sentiment), args);
afterAll(() => directory.remove());

beforeAll(async () => {
  writeFileSync(at('text.txt'), 'The cat sat on the mat.\n'.repeat(20));
  const sentences = ['good', 'nice', 'fine'].flatMap((word) => [`1\ta ${word} one`, `0\tno ${word} one`]);
  writeFileSync(at('sentences.txt'), [...sentences, ...sentences].join('\n'));
  const small = ['--epochs', '1', '--batch', '8', '--threads', '1', '--save'];
  await runAlice('--data', 'text.txt', '--units', '8', ...small, 'alice.model');
  await runSentiment('--data', 'sentences.txt', '--split', 'random', ...small, 'sentiment.model');
  await runPos('--model', 'tagger', '--sentences', '20', ...small, 'pos.model');
});

describe('alice', () => {
  const write = (...args: string[]) => runAlice('--load', 'alice.model', '--generate', '20', ...args);

  it('writes on from a prompt, in lower case where the text is', async () => {
    const { stdout, refusal } = await write('--prompt', 'The mat', '--json', 'out.json');
    expect(refusal).toBeNull();
    expect(stdout).toMatch(/^text {5}the mat.{20}\n$/);
    const { final } = JSON.parse(readFileSync(at('out.json'), 'utf8')) as { final: { text: string } };
    expect(stdout).toBe(`text     the mat${final.text}\n`);
  });

  it('draws among the likeliest only: of one, the likeliest', async () => {
    const likeliest = await write('--prompt', 'the');
    const drawn = await write('--prompt', 'the', '--temperature', '2', '--top-k', '1');
    expect(drawn).toEqual(likeliest);
    const free = await write('--prompt', 'the', '--temperature', '2', '--seed', '3');
    expect(free.stdout).not.toBe(likeliest.stdout);
  });

  it('takes --generate 0, which is the default', async () => {
    const { refusal } = await runAlice(
      ...['--data', 'text.txt', '--units', '4', '--epochs', '1', '--threads', '1', '--generate', '0'],
    );
    expect(refusal).toBeNull();
  });

  it.each([
    [['--prompt', 'Zebra'], /^--prompt: 'z' is not among the characters of the text: {2}\.acehmnost$/],
    [['--prompt', ''], /^--prompt is empty/],
    [['--top-k', '3'], /^--top-k needs something to draw: give --temperature above 0$/],
    [['--prompt', 'a', '--generate', '0'], /^--prompt begins a text: give its length with --generate N$/],
  ])('refuses %j', async (args, message) => {
    expect((await write(...args)).refusal).toMatch(message);
  });
});

describe('sentiment and pos', () => {
  it('sentiment answers each line of a file, as it answers one sentence', async () => {
    writeFileSync(at('lines.txt'), 'A good one\r\n\r\nNo fine\tone\n!\n');
    const load = ['--load', 'sentiment.model'];
    const { stdout } = await runSentiment(...load, '--predict-file', 'lines.txt');
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(rows.map(([, label, sentence]) => [label, sentence])).toEqual([
      [expect.stringMatching(/^(posi|nega)tive$/), 'A good one'],
      [expect.stringMatching(/^(posi|nega)tive$/), 'No fine one'],
      [expect.any(String), '!'],
    ]);
    const { stdout: one } = await runSentiment(...load, '--predict', 'A good one');
    expect(one).toContain(`  ${rows[0]![0]}  one\n`);

    const { stdout: json } = await runSentiment(...load, '--predict-file', 'lines.txt', '--format', 'jsonl');
    const [first] = json.split('\n').map((line) => (line ? (JSON.parse(line) as object) : null));
    expect(first).toEqual({ sentence: 'A good one', label: rows[0]![1], probability: expect.any(Number) });
  });

  it('pos splits a sentence into words, and tags a file of them', async () => {
    const { stdout } = await runPos('--load', 'pos.model', '--tag', "I don't know, really.");
    const words = ['I', 'do', "n't", 'know', ',', 'really', '.'];
    const tagged = stdout.trimEnd().split(' ');
    expect(tagged.map((word) => word.replace(/\/[^/]*$/, ''))).toEqual(words);

    writeFileSync(at('say.txt'), "I don't know, really.\nReally?\n");
    const { stdout: tsv } = await runPos('--load', 'pos.model', '--tag-file', 'say.txt');
    expect(tsv.split('\n\n')[0]!.split('\n')).toEqual(
      tagged.map((word) => word.replace(/\/([^/]*)$/, '\t$1')),
    );
    const { stdout: json } = await runPos(
      '--load',
      'pos.model',
      '--tag-file',
      'say.txt',
      '--format',
      'jsonl',
    );
    expect(JSON.parse(json.split('\n')[0]!)).toMatchObject({ words });
    expect(json.trimEnd().split('\n')).toHaveLength(2);
  });

  it.each([
    [runSentiment, ['--predict-file', 'lines.txt'], /--predict needs a trained model/],
    [
      runSentiment,
      ['--load', 'sentiment.model', '--predict', 'a', '--predict-file', 'x'],
      /give one of the two/,
    ],
    [runSentiment, ['--load', 'sentiment.model', '--predict-file', 'none.txt'], /^cannot read none.txt/],
    [runPos, ['--load', 'pos.model', '--tag', 'a', '--tag-file', 'x'], /give one of the two/],
    [
      runSentiment,
      ['--load', 'sentiment.model', '--predict', 'a', '--format', 'jsonl'],
      /^--format is of --predict-file: give both, or leave --format out$/,
    ],
    [runPos, ['--load', 'pos.model', '--tag', 'a', '--format', 'tsv'], /^--format is of --tag-file: /],
  ])('%# refuses', async (run, args, message) => {
    expect((await run(...args)).refusal).toMatch(message);
  });
});
