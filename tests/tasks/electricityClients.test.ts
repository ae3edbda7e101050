import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syntheticLoad } from '../../datasets/index.js';
import { createRandom } from '../../engine/index.js';
import { electricity } from '../../tasks/electricity/electricity.js';
import { taskCommand } from '../../tasks/task/command.js';
import { all, parse } from './pages.js';
import { runHere, temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const here = (...args: string[]) => runHere(directory.path, taskCommand(electricity), args);
const quick = ['--forecast-epochs', '1', '--batch', '32'];
afterAll(() => directory.remove());

beforeAll(() => {
  const [a, b] = [1, 2].map((seed) => syntheticLoad(createRandom(seed, 'load'), 28)) as [
    Float64Array,
    Float64Array,
  ];
  const lines = Array.from(a, (value, n) => `${value},${b[n]},5\n`);
  writeFileSync(at('two.csv'), 'A,B,C\n' + lines.join(''));
});

interface Json {
  epochs: { model: string }[];
  final: {
    rmseOneStep: number;
    clients: Record<string, number>[];
    better: Record<string, number>;
  };
}

describe('electricity with several columns', () => {
  it('compares a forecaster for each with the baselines', async () => {
    const columns = ['--column', 'A', '--column', '1'];
    const outputs = ['--json', 'out.json', '--report', 'page'];
    const { stdout, refusal } = await here('--data', 'two.csv', ...columns, ...quick, ...outputs);
    expect(refusal).toBe(null);
    const { epochs, final } = JSON.parse(readFileSync(at('out.json'), 'utf8')) as Json;
    expect(epochs.map(({ model }) => model)).toEqual(['A', 'B']);
    expect(final.clients.map(({ column }) => column)).toEqual(['A', 'B']);
    const [a, b] = final.clients.map((client) => client.rmseOneStep!) as [number, number];
    expect(final.rmseOneStep).toBeCloseTo((a + b) / 2, 12);
    const beaten = final.clients.filter((one) => one.rmseOneStep! < one.baselineYesterday!).length;
    expect(final.better.Yesterday).toBe(beaten);
    expect(stdout).toContain(` mean ${' '.repeat(37)}${((a + b) / 2).toFixed(4)}`);
    expect(stdout).toMatch(new RegExp(`forecaster is better .* ${beaten} of 2 `));
    const page = parse(readFileSync(at('page/electricity.html'), 'utf8'));
    expect(all(page, 'table tbody tr')).toHaveLength(4);
  });

  it('finds the same errors as for one column', async () => {
    await here('--data', 'two.csv', '--column', 'B', ...quick, '--epochs', '1', '--json', 'one.json');
    await here('--data', 'two.csv', '--column', 'A', 'B', ...quick, '--json', 'both.json');
    const one = JSON.parse(readFileSync(at('one.json'), 'utf8')) as { final: Record<string, number> };
    const both = JSON.parse(readFileSync(at('both.json'), 'utf8')) as Json;
    expect({ ...one.final, column: 'B' }).toMatchObject(both.final.clients[1]!);
  });

  it.each([
    [
      ['--save', 'x.model'],
      /^several columns are only compared, without --save: give one column, or leave it out$/,
    ],
    [['--horizon', '4'], /^several columns are only compared, without --horizon/],
    [['--forecast-file', 'x', '--horizon', '4'], /^several columns are only compared, without --/],
    [['--save-series', 'x'], /^several columns are only compared, without --save-series/],
    [['--column', '0'], /^--column 0: A is already among the columns; give each once$/],
    [['--column', 'C'], /^two\.csv, column C: every reading is 5, and there is nothing to learn/],
    [['--column', 'D'], /^two\.csv: no column "D"/],
    [['--column', ''], /Give the name of a column\./],
    [['--data', '-'], /^--data - can be read only once/],
  ])('refuses %j in one line', async (options, message) => {
    const { refusal, stdout } = await here('--data', 'two.csv', '--column', 'A', 'B', ...options);
    expect(refusal).toMatch(message);
    // Before any training.
    expect(stdout).toBe('');
  });
});
