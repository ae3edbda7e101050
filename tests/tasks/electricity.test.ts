import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cells } from '../../cells/index.js';
import { decodeNpy, encodeNpy, syntheticLoad } from '../../datasets/index.js';
import { createRandom } from '../../engine/index.js';
import { loadFile } from './data/loadFile.js';
import { zipOf } from './data/zipWriter.js';
import { all, parse, texts } from './pages.js';
import { runTask, temporaryDirectory } from './run.js';

interface Results {
  task: string;
  seed: number;
  data: Record<string, unknown>;
  epochs: { model: string; epoch: number; loss: number; validationLoss?: number }[];
  final: Record<string, number>;
  msPerStep: number | null;
}

const QUICK = ['--epochs', '1', '--forecast-epochs', '1', '--batch', '32'];
const SMALL = ['electricity', '--data', 'small.npy', ...QUICK];
const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const run = (...args: string[]) => runTask(directory.path, args);
const results = (name: string) => JSON.parse(readFileSync(at(name), 'utf8')) as Results;

/** Four weeks. */
const readings = syntheticLoad(createRandom(1, 'load'), 28);

beforeAll(() => {
  writeFileSync(at('small.npy'), encodeNpy(readings));
  writeFileSync(at('cut.npy'), encodeNpy(readings).subarray(0, 5000));
  writeFileSync(at('small.zip'), zipOf([{ name: 'LD2011_2014.txt', content: loadFile(readings) }]));
});
afterAll(() => directory.remove());

describe('electricity', () => {
  it('runs on a synthetic load by default, and says so', async () => {
    const quickly = ['--epochs', '1', '--forecast-epochs', '1', '--batch', '960'];
    const { status, stdout } = await run('electricity', ...quickly, '--json', 'default.json');
    expect(status).toBe(0);
    expect(stdout).toMatch(/a synthetic load, made up by this program/);
    expect(stdout).toMatch(/140,256 readings, one every 15 minutes from 2011-01-01 00:15/);
    expect(stdout).toMatch(/sha256 [0-9a-f]{64}\n/);
    expect(results('default.json').data).toMatchObject({ synthetic: true, count: 140_256, column: null });
  });

  it("trains the chapter's two models and a forecaster, and prints their errors and the baselines'", async () => {
    const { status, stdout } = await run(...SMALL, '--epochs', '2', '--seed', '7', '--json', 'out.json');
    expect(status).toBe(0);
    const { task, seed, data, epochs, final, msPerStep } = results('out.json');
    expect({ task, seed }).toEqual({ task: 'electricity', seed: 7 });
    expect(data).toEqual({
      source: 'small.npy',
      synthetic: false,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      column: null,
      form: 'an array of NumPy',
      unit: ' kW',
      count: 2688,
      least: Math.min(...readings),
      most: Math.max(...readings),
      start: '2011-01-01 00:15',
      step: 900_000,
      ...{ missing: 0, gaps: 0, longest: 0, shared: 0 },
    });
    expect(epochs.map(({ model, epoch }) => `${model} ${epoch}`)).toEqual([
      'stateless 1',
      'stateless 2',
      'stateful 1',
      'stateful 2',
      'oneStep 1',
    ]);
    expect(epochs[1]!.loss).toBeLessThan(epochs[0]!.loss);
    expect(final.rmseStateless).toBe(Math.sqrt(epochs[1]!.validationLoss!));
    expect(final.rmseStateful).toBe(Math.sqrt(epochs[3]!.validationLoss!));
    expect(final.rmseOneStep).toBeGreaterThan(0);
    expect(msPerStep).toBeGreaterThan(0);
    expect(stdout).toMatch(/label data\[i \+ 21\].*two steps .* ahead.*\n.*the last 21 rows zero/);
    expect(stdout).toMatch(/1,881 training rows, 807 test rows, the last 21 of them zero\.\n/);
    expect(stdout).toMatch(/1,856 training rows, 800 test rows, the last 14 of them zero: whole/);
    expect(stdout).toMatch(/Prediction for the reading after the last, at 2011-01-29 00:15: \d+\.\d kW\.\n/);

    // The baselines can be computed from the readings.
    const range = Math.max(...readings) - Math.min(...readings);
    const error = (lag: number) =>
      Math.sqrt(
        readings.slice(1881).reduce((sum, value, n) => sum + (value - readings[1881 + n - lag]!) ** 2, 0) /
          807,
      );
    expect(final.baselineLastReadingUnscaled).toBeCloseTo(error(1), 8);
    expect(final.baselineYesterdayUnscaled).toBeCloseTo(error(96), 8);
    expect(final.baselineLastReading).toBeCloseTo(error(1) / range, 8);
    expect(final.baselineLinear20).toBeLessThan(final.baselineLastReading!);
  });

  it('gives the same errors on any number of threads, bit for bit', async () => {
    const final = async (threads: string) => {
      await run(...SMALL, '--seed', '7', '--threads', threads, '--json', 'threads.json');
      const { rmseStateless, rmseStateful, rmseOneStep } = results('threads.json').final;
      return [rmseStateless, rmseStateful, rmseOneStep];
    };
    expect(await final('2')).toEqual(await final('1'));
  });

  it('reads one client of the original in its zip, and writes its readings', async () => {
    const data = ['--data', 'small.zip', '--client', 'MT_002'];
    const { status, stdout } = await run('electricity', ...data, ...QUICK, '--save-series', 'one.npy');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /column MT_002\n {9}a table: semicolons, decimal commas\n {9}2,688 readings, one every 15 minutes from 2012-02-20 00:15/,
    );
    expect(decodeNpy(readFileSync(at('one.npy')), 'one.npy')).toEqual(readings);
  });

  it.each(Object.keys(cells).filter((cell) => !['lstm', 'gru'].includes(cell)))(
    'trains with --cell %s',
    async (cell) => {
      const { status, stdout } = await run(...SMALL, '--cell', cell);
      expect(status).toBe(0);
      expect(stdout).toContain(`stateful, as in the chapter: ${cell} 10`);
    },
  );

  it('saves its forecaster, also with another cell, and predicts the same after loading it', async () => {
    const trained = await run(...SMALL, '--cell', 'gru', '--save', 'gru.model', '--json', 'trained.json');
    const saved = [
      '--load',
      'gru.model',
      '--data',
      'small.npy',
      '--json',
      'loaded.json',
      '--report',
      'loaded',
    ];
    const loaded = await run('electricity', ...saved);
    expect(loaded.status).toBe(0);
    expect(readFileSync(at('loaded/electricity.html'), 'utf8')).not.toMatch(/chapter/);
    expect(results('loaded.json').final.rmseOneStep).toBe(results('trained.json').final.rmseOneStep);
    const next = /Prediction for the reading after the last.*/;
    expect(next.exec(loaded.stdout)![0]).toBe(next.exec(trained.stdout)![0]);
  });

  it('draws the load, the loss curves and the forecasts with --report', async () => {
    const { stdout } = await run(...SMALL, '--report', 'pages');
    expect(stdout).toMatch(/report {3}pages.electricity\.html\n/);
    const page = parse(readFileSync(at('pages/electricity.html'), 'utf8'));
    expect(texts(page, 'figcaption')).toEqual([
      'The last week of the test part',
      'Its last two days, with baselines',
      'The first 1,000 readings',
      'Loss after each epoch',
      'Loss after each epoch',
    ]);
    // One line without gaps for each: all points have values.
    const [week] = all(page, '.chart svg');
    expect(week!.getAttribute('aria-label')).not.toMatch(/no values|NaN/);
    expect(texts(page, 'p').join(' ')).toMatch(/30 minutes ahead/);
  });
});

describe('electricity, given bad input', () => {
  it('says so in one line and writes nothing', async () => {
    const outputs = ['--save', 'x.model', '--json', 'x.json', '--save-series', 'x.npy', '--report', 'x'];
    const { status, stderr } = await run('electricity', '--data', 'cut.npy', ...outputs);
    expect(stderr).toMatch(/^error: cut.npy: its header tells of 2688 numbers .*\n$/);
    expect(status).toBe(1);
    expect(readdirSync(directory.path).filter((name) => name.startsWith('x'))).toEqual([]);
  });

  it.each([
    [['--data', 'small.zip', '--client', 'MT_9'], /^error: small.zip, .*: no column "MT_9"; .*\n$/],
    [['--client', 'MT_001'], /^error: the synthetic load has no columns: .*\n$/],
    [['--data', 'small.npy', '--batch', '1000'], /^error: --batch 1000 is more than the 807 rows .*\n$/],
    [
      ['--data', 'small.npy', '--save-series', 'small.npy'],
      /^error: --data and --save-series name the same .*\n$/,
    ],
    [['--forecast-epochs', '0'], /^error: option '--forecast-epochs <n>' argument '0' is invalid. .*\n$/],
    [['--load', 'good.model', '--epochs', '3'], /^error: --load only predicts, without --epochs: .*\n$/],
    [['--load', 'small.npy'], /^error: small.npy .*\n$/],
    [['--load', 'cut.model'], /^error: cut.model .*\n$/],
  ])('refuses %j in one line', async (options, message) => {
    if (!existsSync(at('cut.model'))) {
      await run(...SMALL, '--save', 'good.model');
      writeFileSync(at('cut.model'), readFileSync(at('good.model')).subarray(0, 1000));
    }
    const { status, stderr } = await run('electricity', ...options);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });
});
