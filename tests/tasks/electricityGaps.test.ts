/** Readings that were missing and are filled in: they count in no loss and in no error. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy, syntheticLoad, trimGaps } from '../../datasets/index.js';
import { createRandom } from '../../engine/index.js';
import { autoregression } from '../../tasks/electricity/autoregression.js';
import { chapterData } from '../../tasks/electricity/chapter.js';
import { rhythmOf } from '../../tasks/electricity/clock.js';
import { countedOf } from '../../tasks/electricity/counted.js';
import { electricity } from '../../tasks/electricity/electricity.js';
import { forecastFeatures, normalizationOf } from '../../tasks/electricity/features.js';
import { meanSquaredError } from '../../tasks/electricity/scores.js';
import { cutStreams, streamWindows, WINDOW } from '../../tasks/electricity/streams.js';
import { taskCommand } from '../../tasks/task/command.js';
import { runHere, temporaryDirectory } from './run.js';

/** Four weeks of quarters, with gaps in the training and in the test part, which begins at 1881. */
const load = syntheticLoad(createRandom(1, 'load'), 28);
const GAPS = [
  [1000, 1003],
  [2000, 2010],
  [2500, 2502],
] as const;
const holes = load.map((value, n) => (GAPS.some(([from, to]) => n >= from && n < to) ? NaN : value));
const { readings, filled } = trimGaps(holes);
const counted = countedOf(filled, 1);
const series = { start: Date.UTC(2011, 0, 1, 0, 15), rhythm: rhythmOf(15 * 60_000)! };

it('trimGaps tells which readings it has filled', () => {
  const { filled, readings } = trimGaps(Float64Array.of(NaN, 1, NaN, NaN, 4, 5, NaN));
  expect([...filled]).toEqual([0, 1, 1, 0, 0]);
  expect([...readings]).toEqual([1, 2, 3, 4, 5]);
});

it('neither filled readings count nor those that a filled one was the last known before', () => {
  const filled = Uint8Array.of(0, 0, 1, 1, 0, 0, 0, 0);
  expect([...countedOf(filled, 1)]).toEqual([1, 1, 0, 0, 0, 1, 1, 1]);
  expect([...countedOf(filled, 2)]).toEqual([1, 1, 0, 0, 0, 0, 1, 1]);
});

describe('readings that do not count', () => {
  it('are left out of the mean squared error', () => {
    const values = Float64Array.of(9, 1, 2, 3);
    const predictions = Float64Array.of(1, 5, 5);
    expect(meanSquaredError(predictions, values, 1, Uint8Array.of(1, 1, 0, 1))).toBe((0 + 4) / 2);
  });

  it('are left out of the typical change', () => {
    const wild = Float64Array.of(0, 1, 2, 100, 3, 4);
    const { change } = normalizationOf(wild, 6, Uint8Array.of(1, 1, 1, 0, 0, 1));
    expect(change).toBe(1);
  });

  it('are left out of the least squares of a linear regression', () => {
    const lags = [1, 2, 96];
    const predict = autoregression(readings, lags, 2600, counted);
    // The errors of least squares are orthogonal to all inputs and to the constant.
    for (const lag of [null, ...lags]) {
      let sum = 0;
      for (let n = 96; n < 2600; n++)
        if (counted[n]) sum += (readings[n]! - predict(n)) * (lag === null ? 1 : readings[n - lag]!);
      expect(Math.abs(sum)).toBeLessThan(1e-4);
    }
  });

  it('have weight 0 as labels of the forecaster, and only they', () => {
    const features = forecastFeatures(readings, series, { mean: 80, change: 4, spread: 20 });
    const streams = cutStreams(series.rhythm, series.start, 1881, 1);
    const windows = streamWindows(streams, features, counted);
    expect(windows.unroll).toEqual({ weights: true });
    const numbers = () => ({ data: new Float32Array(WINDOW * features.count) });
    const graph = { input: numbers(), labels: numbers(), weights: numbers(), batch: 1 };
    const without: number[] = [];
    for (let n = 0; n < windows.count; n++) {
      windows.write(graph as never, 0, n);
      for (let t = 0; t < WINDOW; t++)
        if (graph.weights.data[t] === 0) without.push(streams.starts[0]! + n * WINDOW + t);
    }
    expect(without).toEqual([1000, 1001, 1002, 1003]);
  });

  it("have weight 0 as labels of the chapter's rows, and only they", () => {
    const { test } = chapterData(readings, filled, 1881, 8, false);
    expect(test.unroll).toEqual({ weights: true });
    const graph = {
      input: { data: new Float32Array(20) },
      labels: { data: new Float32Array(1) },
      weights: { data: new Float32Array(1) },
      batch: 1,
    };
    const without: number[] = [];
    for (let n = 0; n < test.count; n++) {
      test.write(graph as never, 0, n);
      if (graph.weights.data[0] === 0) without.push(1881 + n + 21);
    }
    expect(without).toEqual([...Array.from({ length: 12 }, (_, n) => 2000 + n), 2500, 2501, 2502, 2503]);
  });

  it('need no weights where no reading was missing', () => {
    const none = new Uint8Array(load.length);
    expect(chapterData(load, none, 1881, 8, false).test.unroll).toEqual({ weights: false });
  });
});

describe('electricity, of readings with gaps', () => {
  const directory = temporaryDirectory();
  const here = (...args: string[]) => runHere(directory.path, taskCommand(electricity), args);
  const quick = ['--epochs', '1', '--forecast-epochs', '1', '--batch', '32'];
  afterAll(() => directory.remove());

  it('leaves them out of the errors of models and baselines, and says so', async () => {
    writeFileSync(join(directory.path, 'holes.npy'), encodeNpy(holes));
    const page = ['--json', 'out.json', '--report', 'page'];
    const { stdout, refusal } = await here('--data', 'holes.npy', ...quick, ...page);
    expect(refusal).toBe(null);
    const said = 'On the test part, the last 807 readings, without 12 filled in and 2 right after those:\n';
    expect(stdout).toContain(said);
    expect(readFileSync(join(directory.path, 'page/electricity.html'), 'utf8')).toContain(
      'without 12 filled in and 2 right after those',
    );
    const { final } = JSON.parse(readFileSync(join(directory.path, 'out.json'), 'utf8')) as {
      final: Record<string, number>;
    };
    const rmse = (lag: number, ahead: number, from = 1881) => {
      let [sum, count] = [0, 0];
      for (let n = from; n < 2688; n++) {
        if (filled[n] || filled[n - ahead]) continue;
        sum += (readings[n]! - readings[n - lag]!) ** 2;
        count++;
      }
      return Math.sqrt(sum / count);
    };
    expect(final.baselineLastReadingUnscaled).toBeCloseTo(rmse(1, 1), 8);
    expect(final.baselineYesterdayUnscaled).toBeCloseTo(rmse(96, 1), 8);
    expect(final.baselineLastReadingTwoStepsUnscaled).toBeCloseTo(rmse(2, 2, 1881 + 21), 8);
  });

  it('refuses a series whose test part is missing', async () => {
    const all = load.map((value, n) => (n >= 1800 && n < 2687 ? NaN : value));
    writeFileSync(join(directory.path, 'all.npy'), encodeNpy(all));
    const { refusal } = await here('--data', 'all.npy', ...quick);
    expect(refusal).toMatch(/^all\.npy: too many readings are missing; all of the training or of the test/);
  });
});
