/** The four topologies, smaller and shorter than by default, each with a required accuracy. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRandom } from '../../models/index.js';
import { topologyCommand } from '../../tasks/topologies/command.js';
import { spell, symbolsOf, wordOf } from '../../tasks/topologies/numbers.js';
import { drawString, written } from '../../tasks/topologies/strings.js';
import { runHere, temporaryDirectory } from './run.js';

let directory: ReturnType<typeof temporaryDirectory>;
beforeAll(() => {
  directory = temporaryDirectory();
});
afterAll(() => directory.remove());

interface Written {
  task: string;
  seed: number;
  settings: object;
  epochs: { cell: string; loss: number }[];
  final: Record<string, number>;
  msPerStep: number;
}

async function run(line: string): Promise<{ stdout: string; results: Written }> {
  const args = [...line.split(' '), '--seed', '1', '--json', 'results.json'];
  const { stdout, refusal } = await runHere(directory.path, topologyCommand(), args);
  expect(refusal).toBeNull();
  const results = JSON.parse(readFileSync(join(directory.path, 'results.json'), 'utf8')) as Written;
  return { stdout, results };
}

const refusalOf = async (line: string) =>
  (await runHere(directory.path, topologyCommand(), line.split(' '))).refusal;

describe('many to many, aligned', () => {
  it('copies with a delay: 99% of the symbols, where a guess has 12.5%', async () => {
    const { stdout, results } = await run('copy --size 2 --epochs 2');

    expect(stdout).toContain('lstm lstm@0 lstm@1 lstm@2 ... lstm@7 dense softmaxCrossEntropy');
    expect(results).toMatchObject({ task: 'topology copy', seed: 1, final: { baseline: 1 / 8 } });
    expect(results.final.accuracy).toBeGreaterThan(0.99);
    expect(results.epochs.map(({ cell }) => cell)).toEqual(['lstm', 'lstm']);
  });
});

describe('many to many, sequence to sequence', () => {
  it('reverses 95% of strings never trained on, with the decoder running freely', async () => {
    const { stdout, results } = await run('reverse --size 2 --epochs 2 --cell gru');

    expect(stdout).toMatch(/encoder@1\s+encoderDecoder.handover\s+encoderDecoder.decoder\s/);
    expect(results.final.accuracy).toBeGreaterThan(0.95);
    expect(results.final.baseline).toBeLessThan(0.6);
  });

  it('holds out strings that training never draws', () => {
    const random = createRandom(1);
    const draw = (heldOut: boolean) =>
      Array.from({ length: 2000 }, () => written(drawString(random, 3, heldOut)));
    const training = new Set(draw(false));

    expect(draw(true).filter((string) => training.has(string))).toEqual([]);
    expect([...training].every((string) => /^[a-z]{1,3}$/.test(string))).toBe(true);
  });
});

describe('one to many', () => {
  it('spells 95% of the numbers up to nineteen, each read once', async () => {
    const { stdout, results } = await run('label --size 20 --epochs 7');

    expect(stdout).toContain('19 -> nineteen');
    expect(results.final.accuracy).toBeGreaterThan(0.95);
  });

  it.each([
    [0, 'zero'],
    [19, 'nineteen'],
    [40, 'forty'],
    [73, 'seventy-three'],
  ])('knows that %s is %s', (n, name) => {
    expect(spell(n)).toBe(name);
    expect(wordOf(symbolsOf(name, 14))).toBe(name);
  });
});

describe('many to one', () => {
  it('adds two of 20 numbers with a GRU; a tanh-RNN with the same budget has ten times the error', async () => {
    const { results: gru } = await run('adding --size 20 --epochs 2 --cell gru');
    const { results: rnn } = await run('adding --size 20 --epochs 2 --cell rnn');

    expect(gru.final.gru).toBeLessThan(0.01);
    expect(rnn.final.rnn).toBeGreaterThan(10 * gru.final.gru!);
  });

  it('adds two of 6 numbers with an LSTM', async () => {
    const { results } = await run('adding --size 6 --epochs 2 --cell lstm');

    expect(results.final.lstm).toBeLessThan(0.01);
  });
});

it.each([
  ['label --size 101', 'label: --size (numbers, from 0 on) is 2 to 100, not 101'],
  ['adding --size 1', 'adding: --size (numbers) is 2 to 1000, not 1'],
  ['reverse --size 1', 'reverse: --size (letters at most) is 2 to 50, not 1'],
  ['sorting', "'sorting' is invalid"],
  ['copy --cell perceptron', "'perceptron' is invalid"],
])('refuses %s', async (line, message) => {
  expect(await refusalOf(line)).toContain(message);
});
