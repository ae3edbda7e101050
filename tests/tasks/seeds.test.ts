/** `--seeds`: what it says of several trainings is what each says of itself. */
import { afterAll, beforeAll, describe, expect, it, jest, test } from '@jest/globals';
import type { Command } from 'commander';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy, syntheticLoad } from '../../datasets/index.js';
import { createRandom } from '../../engine/index.js';
import { InputError } from '../../models/index.js';
import { alice } from '../../tasks/alice/alice.js';
import { electricity } from '../../tasks/electricity/electricity.js';
import { pos } from '../../tasks/pos/pos.js';
import { sentiment } from '../../tasks/sentiment/sentiment.js';
import { taskCommand } from '../../tasks/task/command.js';
import { curvesOf, scoresOf, spreadOf, type SeedRun } from '../../tasks/task/seedCurves.js';
import { printSeeds } from '../../tasks/task/seedsReport.js';
import { madeUpSentences, parallelFiles } from './grammar.js';
import { all, parse } from './pages.js';
import { runHere, runTask, temporaryDirectory } from './run.js';

interface Spread {
  mean: number;
  deviation: number | null;
  least: number;
  most: number;
}

interface SeedsJson {
  seed: number;
  seeds: number;
  scores: ({ key: string; name: string } & Spread)[];
  curves: { name: string; epochs: ({ epoch: number } & Record<string, Spread>)[] }[];
  runs: { seed: number; epochs: Record<string, unknown>[]; final: Record<string, number> }[];
}

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const json = (name: string) => JSON.parse(readFileSync(at(name), 'utf8')) as SeedsJson;

beforeAll(() => {
  writeFileSync(at('text.txt'), 'The cat sat on the mat.\n'.repeat(40));
  const things = ['book', 'film', 'song', 'cake', 'game'];
  const lines = things.flatMap((thing) => [`1\tI love the ${thing}`, `0\tI hate the ${thing}`]);
  writeFileSync(at('small.txt'), lines.join('\n'));
  const { words, tags } = parallelFiles(madeUpSentences(30));
  writeFileSync(at('words.txt'), words);
  writeFileSync(at('tags.txt'), tags);
  writeFileSync(at('load.npy'), encodeNpy(syntheticLoad(createRandom(1, 'load'), 28)));
});
afterAll(() => directory.remove());

/** Without times, which differ from run to run. */
const withoutTimes = (epochs: Record<string, unknown>[]) => epochs.map((one) => ({ ...one, ms: null }));
const withoutSeconds = (final: Record<string, number>) => ({ ...final, secondsOneStep: null });

const ALICE = ['--data', 'text.txt', '--units', '8', '--epochs', '2', '--validation', '0.2'];

describe.each<[string, Command, string[], string, string[]]>([
  ['alice', taskCommand(alice), ALICE, 'bitsPerCharacter', ['']],
  [
    'sentiment',
    taskCommand(sentiment),
    ['--data', 'small.txt', '--units', '4', '--epochs', '2'],
    'accuracyDistinct',
    ['random', 'distinct'],
  ],
  [
    'pos',
    taskCommand(pos),
    ['--data', 'words.txt,tags.txt', '--model', 'tagger', '--units', '4', '--epochs', '2'],
    'accuracyWords',
    [''],
  ],
  [
    'electricity',
    taskCommand(electricity),
    ['--data', 'load.npy', '--epochs', '1', '--forecast-epochs', '1', '--batch', '32', '--units', '4'],
    'rmseOneStep',
    ['stateless', 'stateful', 'oneStep'],
  ],
])('%s --seeds 2', (name, command, args, score, curves) => {
  // Options of a command stay between its runs: --seed is given in each.
  const here = (...more: string[]) => runHere(directory.path, command, [...args, '--threads', '1', ...more]);

  it('trains as each seed alone does, and gives mean and spread', async () => {
    const { stdout, refusal } = await here(
      '--seed',
      '4',
      '--seeds',
      '2',
      '--json',
      'seeds.json',
      '--report',
      name,
    );
    expect(refusal).toBe(null);
    const { seed, seeds, runs, ...both } = json('seeds.json');
    expect({ seed, seeds }).toEqual({ seed: 4, seeds: 2 });
    expect(both.curves.map(({ name }) => name)).toEqual(curves);

    for (const [n, seed] of ['4', '5'].entries()) {
      await here('--seed', seed, '--seeds', '1', '--json', 'one.json', '--report', 'alone');
      const alone = JSON.parse(readFileSync(at('one.json'), 'utf8')) as SeedsJson['runs'][number];
      expect(withoutTimes(runs[n]!.epochs)).toEqual(withoutTimes(alone.epochs));
      expect(withoutSeconds(runs[n]!.final)).toEqual(withoutSeconds(alone.final));
    }
    expect(new Set(both.scores.map(({ name }) => name)).size).toBe(both.scores.length);
    const values = runs.map(({ final }) => final[score]!);
    expect(both.scores.find(({ key }) => key === score)).toMatchObject({
      mean: (values[0]! + values[1]!) / 2,
      least: Math.min(...values),
      most: Math.max(...values),
    });

    // What the data are is said once; each seed has a line.
    expect(stdout.match(/^data /gm)).toHaveLength(1);
    expect(stdout.match(/^seed {5}[45]: /gm)).toHaveLength(2);
    expect(stdout.match(/^Learning curve.*mean ± standard deviation$/gm)).toHaveLength(curves.length);
    expect(stdout).toMatch(/^Scores$/m);
  });

  it('draws the learning curves with bands', () => {
    const page = parse(readFileSync(at(join(name, `${name}.html`)), 'utf8'));
    const bands = all(page, '.if-wide .area');
    expect(bands.length).toBeGreaterThanOrEqual(curves.length);
  });
});

describe('--seeds', () => {
  it.each([
    [['--save', 'model'], /--seeds trains several models, --save is for one: leave it out/],
    [['--load', 'model'], /--load is for one/],
    [['--graph', 'graph.svg'], /--graph is for one/],
    [['--generate', '10'], /--generate is for one/],
    [['--data', '-'], /standard input only once: give a file/],
    [['--seeds', '0'], /Give a whole number, 1 or more/],
    [['--seed', `${Number.MAX_SAFE_INTEGER}`], /has no 2 seeds from it on: give a smaller one/],
  ])('refuses %j', async (args, message) => {
    const { refusal } = await runHere(directory.path, taskCommand(alice), [
      ...ALICE,
      '--seeds',
      '2',
      ...args,
    ]);
    expect(refusal).toMatch(message);
    expect(existsSync(at('model')) || existsSync(at('graph.svg'))).toBe(false);
  });

  it('when stopped, gives the results of the trainings that are whole', async () => {
    const { status, stdout } = await runTask(
      directory.path,
      [
        'sentiment',
        '--split',
        'distinct',
        '--epochs',
        '1',
        '--units',
        '8',
        '--seeds',
        '500',
        '--json',
        'stopped.json',
      ],
      (child, printed) => printed.includes('seed     0:') && !child.killed && child.kill('SIGTERM'),
    );
    expect(status).toBe(143);
    const { seeds, runs } = json('stopped.json');
    expect(runs).toHaveLength(seeds);
    expect(seeds).toBeLessThan(500);
    expect(stdout).toContain(`stopped: ${500 - seeds} of 500 trainings are missing`);
    expect(stdout).toMatch(/^Scores$/m);
  });
});

it('when a training fails, gives the results of those before it', async () => {
  const failing = taskCommand({
    ...alice,
    async *train(kernels, settings, options, saved) {
      if (settings.seed === 2) throw new InputError('the loss is NaN');
      yield* alice.train(kernels, settings, options, saved);
    },
  });
  const args = [...ALICE, '--seeds', '4', '--json', 'failed.json'];
  const { stdout, refusal } = await runHere(directory.path, failing, args);
  expect(refusal).toBe('the loss is NaN');
  expect(stdout).toContain('stopped: 2 of 4 trainings are missing');
  expect(stdout).toMatch(/^Scores$/m);
  expect(json('failed.json').runs.map(({ seed }) => seed)).toEqual([0, 1]);
});

test('mean, sample standard deviation and extremes, worked by hand', () => {
  expect(spreadOf([2, 4, 4, 6])).toEqual({ mean: 4, deviation: Math.sqrt(8 / 3), least: 2, most: 6 });
  expect(spreadOf([3])).toEqual({ mean: 3, deviation: null, least: 3, most: 3 });
});

test('the table of a curve has four decimals, more of what is small, and not of 0', () => {
  const log = jest.spyOn(console, 'log').mockImplementation(() => {});
  const epochs = [0, 0.00123, 0.5].map((value, n) => ({ epoch: n, loss: spreadOf([value, value]) }));
  printSeeds([], [{ name: '', epochs }]);
  const printed = log.mock.calls.join('\n');
  log.mockRestore();
  expect(printed.match(/[\d.]+ ± [\d.]+$/gm)).toEqual([
    '0.0000 ± 0.0000',
    '0.00123 ± 0.00000',
    '0.5000 ± 0.0000',
  ]);
});

test('scores and curves have what every training has', () => {
  const epoch = (epoch: number, loss: number, more: object = {}) => ({
    epoch,
    loss,
    steps: 1,
    ms: 1,
    ...more,
  });
  const run = (seed: number, final: Record<string, unknown>, loss: number): SeedRun => ({
    ...{ seed, seconds: 1, kernels: { name: 'reference', threads: 1 } },
    results: {
      ...{ data: {}, final },
      epochs: [epoch(1, loss, { model: 'a' }), epoch(1, 2 * loss, { model: 'b', accuracy: loss / 4 })],
      page: () => ({ title: '', sections: [], facts: [] }),
    },
  });
  const runs = [run(0, { x: 1, y: null, z: NaN }, 1), run(1, { x: 3, y: 1, z: 1 }, 3)];
  const names = ['x', 'y', 'z', 'none'].map((key) => ({ key, name: key, digits: 1 }));
  expect(scoresOf(names, runs)).toEqual([{ ...names[0], ...spreadOf([1, 3]) }]);
  expect(curvesOf(runs)).toEqual([
    { name: 'a', epochs: [{ epoch: 1, loss: spreadOf([1, 3]) }] },
    { name: 'b', epochs: [{ epoch: 1, loss: spreadOf([2, 6]), accuracy: spreadOf([0.25, 0.75]) }] },
  ]);
});
