import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy, syntheticLoad } from '../../datasets/index.js';
import { createRandom } from '../../engine/index.js';
import { referenceKernels } from '../../models/index.js';
import { forecastAhead } from '../../tasks/electricity/ahead.js';
import { rhythmOf } from '../../tasks/electricity/clock.js';
import { electricity } from '../../tasks/electricity/electricity.js';
import { forecastFeatures } from '../../tasks/electricity/features.js';
import { createForecaster, predict } from '../../tasks/electricity/forecaster.js';
import { lookAhead, requireHorizon } from '../../tasks/electricity/horizon.js';
import type { Series } from '../../tasks/electricity/series.js';
import { taskCommand } from '../../tasks/task/command.js';
import { all, parse, texts } from './pages.js';
import { runHere, temporaryDirectory } from './run.js';

const HOUR = 3_600_000;
const series = { start: Date.UTC(2019, 2, 4, 1), rhythm: rhythmOf(HOUR)! };
const normalization = { mean: 80, change: 10, spread: 20 };
/** Six weeks of hours. */
const load = syntheticLoad(createRandom(1, 'load'), 42);
const values = Float64Array.from({ length: 42 * 24 }, (_, n) => load[4 * n]!);
const NONE = new Uint8Array(values.length);

/** Untrained: what a forecast reads and where it writes does not depend on the weights. */
const model = createForecaster(
  referenceKernels(Float64Array),
  { cell: 'lstm', units: 4, batch: 1, seed: 3 },
  series.rhythm,
).model;
const ahead = (from: Float64Array, starts: number[], horizon: number) =>
  forecastAhead(model, { series, values: from, normalization }, starts, horizon);
const oneStep = (from: Float64Array, start: number, end: number) =>
  predict(model, forecastFeatures(from, series, normalization), start, end);

describe('forecasts of several steps', () => {
  const START = 700;

  it('do not depend on the readings that they forecast, or on later ones', async () => {
    const otherwise = values.map((value, n) => (n < START ? value : NaN));
    const [known] = await ahead(values, [START], 200);
    expect(await ahead(otherwise, [START], 200)).toEqual([known]);
    expect(known!.every(Number.isFinite)).toBe(true);
  });

  it('begin with the forecast of one step', async () => {
    const [first] = await oneStep(values, START, START + 1);
    expect((await ahead(values, [START], 3))[0]![0]).toBeCloseTo(first!, 10);
  });

  it('read their forecasts as if they were readings', async () => {
    const [forecasts] = await ahead(values, [START], 50);
    const imagined = values.slice();
    imagined.set(forecasts!.subarray(0, 49), START);
    const next = await oneStep(imagined, START, START + 50);
    expect(next[49]).toBeCloseTo(forecasts![49]!, 10);
  });

  it('are the same side by side with others as alone, more than there are rows', async () => {
    const starts = Array.from({ length: 70 }, (_, n) => 600 + n);
    const together = await ahead(values, starts, 5);
    for (const n of [0, 63, 64, 69]) expect((await ahead(values, [starts[n]!], 5))[0]).toEqual(together[n]);
  });

  it('continue after the last reading', async () => {
    const [forecasts] = await ahead(values, [values.length], 30);
    expect(forecasts!.every(Number.isFinite)).toBe(true);
  });
});

describe('the errors of forecasts by step', () => {
  const look = (filled: Uint8Array, horizon: number, from = values) =>
    lookAhead(model, { series, values: from, normalization }, filled, horizon);
  const SPLIT = Math.trunc(0.7 * values.length);

  it('are compared with the latest reading of the same time that is known', async () => {
    const { baselines, starts } = await look(NONE, 30);
    expect(starts).toBe(values.length - 30 - SPLIT + 1);
    const rmse = (step: number, back: number) => {
      const errors = Array.from({ length: starts }, (_, n) => {
        const at = SPLIT + n + step - 1;
        return values[at]! - values[at - back]!;
      });
      return Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / starts);
    };
    const of = (key: string) => baselines.find((one) => one.key === key)!.rmse;
    expect(of('LastReading')[29]).toBeCloseTo(rmse(30, 30), 10);
    expect(of('Yesterday')[23]).toBeCloseTo(rmse(24, 24), 10);
    expect(of('Yesterday')[24]).toBeCloseTo(rmse(25, 48), 10);
    expect(of('LastWeek')[29]).toBeCloseTo(rmse(30, 168), 10);
  });

  it('leave out filled readings', async () => {
    const filled = NONE.slice().fill(1, 800, 810);
    const wild = values.map((value, n) => (filled[n] ? 1e6 : value));
    // Yesterday's reading is read, and then is wild: only those it is not read for remain.
    const { rmse, starts } = await look(filled, 1, wild);
    expect(starts).toBe(values.length - SPLIT - 10);
    expect(rmse[0]).toBeGreaterThan(0);
    const { baselines } = await look(filled, 1);
    const last = baselines.find(({ key }) => key === 'LastReading')!.rmse[0]!;
    let sum = 0;
    let count = 0;
    for (let n = SPLIT; n < values.length; n++) {
      if (filled[n] || filled[n - 1]) continue;
      sum += (values[n]! - values[n - 1]!) ** 2;
      count++;
    }
    expect(last).toBeCloseTo(Math.sqrt(sum / count), 10);
  });

  it('have an interval also at hours of which no reading is known', async () => {
    // A meter of the day, such as one of sunshine.
    const nights = NONE.map((_, n) => ((n + 1) % 24 < 6 ? 1 : 0));
    const { low, high, rmse, coverage } = await look(nights, 24);
    expect([...low, ...high, ...rmse.filter((_, n) => n > 0), coverage].every(Number.isFinite)).toBe(true);
    expect(low.every((bound, n) => bound < high[n]!)).toBe(true);
  });

  it.each([
    ['the first', SPLIT + 10, SPLIT + 150],
    ['the second', SPLIT + 160, values.length - 1],
  ])('need readings of %s half of the test part', (_, from, to) => {
    const filled = NONE.slice().fill(1, from, to);
    const record = { source: 'load.csv' };
    const require = (horizon: number) => () =>
      requireHorizon({ ...series, readings: values, filled, record } as Series, horizon);
    expect(require(5)).not.toThrow();
    expect(require(40)).toThrow(/^--horizon 40 is too far for load.csv: too many readings .* are missing/);
  });

  it('give intervals of which four of five readings are inside, at each hour', async () => {
    // A load whose nights are quiet and whose days are not.
    const random = createRandom(5, 'noise');
    const noisy = Float64Array.from({ length: 3000 }, (_, n) => {
      const isDay = (n + 1) % 24 >= 12;
      return 80 + (isDay ? 10 : 1) * random.normal();
    });
    const { forecast, low, high, coverage } = await look(new Uint8Array(3000), 48, noisy);
    expect(coverage).toBeGreaterThan(0.75);
    expect(coverage).toBeLessThan(0.85);
    const widths = forecast.map((_, n) => high[n]! - low[n]!);
    const hours = Array.from(widths, (_, n) => (3000 + n + 1) % 24);
    const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
    const day = mean([...widths].filter((_, n) => hours[n]! >= 12));
    const night = mean([...widths].filter((_, n) => hours[n]! < 12));
    expect(day).toBeGreaterThan(1.5 * night);
  });
});

describe('electricity --horizon', () => {
  const directory = temporaryDirectory();
  const at = (name: string) => join(directory.path, name);
  const here = (...args: string[]) => runHere(directory.path, taskCommand(electricity), args);
  const quick = ['--data', 'load.npy', '--epochs', '1', '--forecast-epochs', '1', '--batch', '32'];
  afterAll(() => directory.remove());
  beforeAll(() => writeFileSync(at('load.npy'), encodeNpy(load.slice(0, 2688))));

  interface Json {
    final: { ahead: { horizon: number; steps: { time: string; forecast: number; rmse: number }[] } };
  }
  const aheadOf = (name: string) => (JSON.parse(readFileSync(at(name), 'utf8')) as Json).final.ahead;

  it('forecasts when training and after loading the same, in the terminal, a file, JSON and on the page', async () => {
    const outputs = ['--json', 'a.json', '--forecast-file', 'a.tsv', '--save', 'a.model', '--report', 'page'];
    const trained = await here(...quick, '--horizon', '9', ...outputs);
    expect(trained.refusal).toBe(null);
    expect(trained.stdout).toContain('The next 9 readings in kW, each from the forecasts before it:\n');
    expect(trained.stdout).toMatch(/^ 2011-01-29 02:15 +9( +\d+\.\d+){3}$/m);
    expect(trained.stdout).toMatch(
      /^RMSE in kW of such forecasts from 799 starting points in the test part/m,
    );
    expect(trained.stdout).toMatch(/contain \d+(\.\d)?% of the readings in the second half\.$/m);
    const { horizon, steps } = aheadOf('a.json');
    expect(horizon).toBe(9);
    expect(steps.map(({ time }) => time.slice(11))).toEqual([
      ...['00:15', '00:30', '00:45', '01:00', '01:15', '01:30', '01:45', '02:00', '02:15'],
    ]);
    const page = parse(readFileSync(at('page/electricity.html'), 'utf8'));
    expect(texts(page, 'figcaption')).toEqual(
      expect.arrayContaining(['Forecast after the last reading', 'Error by step']),
    );
    expect(all(page, '.if-wide .area path')).toHaveLength(1);
    const rows = readFileSync(at('a.tsv'), 'utf8').split('\n');
    expect(rows[0]).toBe('time\tforecast\tlow\thigh\trmse');
    expect(rows).toHaveLength(11);

    const load = ['--load', 'a.model', '--data', 'load.npy', '--json', 'b.json'];
    const used = await here(...load, '--horizon', '9', '--forecast-file', 'b.jsonl', '--format', 'jsonl');
    expect(used.refusal).toBe(null);
    expect(aheadOf('b.json')).toEqual(aheadOf('a.json'));
    const lines = readFileSync(at('b.jsonl'), 'utf8').trim().split('\n');
    const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(Object.values(objects[8]!).join('\t')).toBe(rows[9]);
  });

  it.each([
    [
      ['--horizon', '202'],
      /^--horizon 202 is too far for load\.npy: at most 201, a quarter of the test part/,
    ],
    [['--forecast-file', 'x.tsv'], /^--forecast-file: give the number of readings .* with --horizon$/],
    [['--format', 'jsonl'], /^--format is of --forecast-file: give both, or leave --format out$/],
    [['--horizon', '0'], /--horizon.* is invalid/],
    [['--horizon', '9', '--seeds', '2'], /^--seeds trains several models, --horizon is for one/],
    [['--horizon', '9', '--forecast-file', 'load.npy'], /^--data and --forecast-file name the same file/],
  ])('refuses %j in one line', async (options, message) => {
    const { refusal } = await here(...quick, ...options);
    expect(refusal).toMatch(message);
  });
});
