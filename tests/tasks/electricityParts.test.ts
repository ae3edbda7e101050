import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, encodeNpy, syntheticLoad } from '../../datasets/index.js';
import { createRandom } from '../../engine/index.js';
import { InputError, type Examples } from '../../models/index.js';
import { autoregression } from '../../tasks/electricity/autoregression.js';
import { chapterData } from '../../tasks/electricity/chapter.js';
import { clockOf, firstOfDay, rhythmOf } from '../../tasks/electricity/clock.js';
import { featureCount, firstPredicted, forecastFeatures } from '../../tasks/electricity/features.js';
import { leastSquares } from '../../tasks/electricity/leastSquares.js';
import { readSeries } from '../../tasks/electricity/series.js';
import { cutStreams, streamWindows, WINDOW } from '../../tasks/electricity/streams.js';
import { loadFile } from './data/loadFile.js';
import { zipOf } from './data/zipWriter.js';
import { temporaryDirectory } from './run.js';

/** The first reading of LD2011_2014.txt, on a Saturday. */
const START = Date.UTC(2011, 0, 1, 0, 15);
const QUARTERS = rhythmOf(15 * 60_000)!;
const DAY = QUARTERS.day;
const FEATURES = featureCount(QUARTERS);
const FIRST_PREDICTED = firstPredicted(QUARTERS);
/** Four weeks. */
const readings = syntheticLoad(createRandom(1, 'load'), 28);
/** All readings count. */
const ALL = new Uint8Array(3000).fill(1);
/** The numbers 0, 1, 2 ... */
const places = (count: number) => Float64Array.from({ length: count }, (_, n) => n);

/** The content of a batch of the examples, time-major. The graph is a stub with only what they write to. */
function batchOf(examples: Examples, inputs: number, labels: number, batch: number, first = 0) {
  const graph = {
    input: { data: new Float32Array(batch * inputs) },
    labels: { data: new Float32Array(batch * labels) },
    batch,
  };
  for (let row = 0; row < batch; row++) examples.write(graph as never, row, first + row);
  return { input: graph.input.data, labels: graph.labels.data };
}

describe('the rows of the chapter', () => {
  const values = places(100);
  const NONE = new Uint8Array(100);
  const written = (index: number) => {
    const { input, labels } = batchOf(chapterData(values, NONE, 70, 8, false).test, 20, 1, 1, index);
    return [...input, ...labels];
  };

  it('contain twenty readings, and the reading after the next as label', () => {
    expect(written(0)).toEqual([...values.slice(70, 90), 91]);
    expect(written(8)).toEqual([...values.slice(78, 98), 99]);
  });

  it("are zero at the end, after the chapter's loop", () => {
    expect(written(9)).toEqual(new Array(21).fill(0));
    expect(written(29)).toEqual(new Array(21).fill(0));
  });

  it('are all rows for the stateless model, whole batches for the stateful one', () => {
    const counts = (stateful: boolean) => {
      const { training, test, zeroRows } = chapterData(values, NONE, 70, 8, stateful);
      return [training.count, test.count, zeroRows];
    };
    expect(counts(false)).toEqual([70, 30, 21]);
    expect(counts(true)).toEqual([64, 24, 15]);
  });
});

describe('the clock of a reading', () => {
  it('gives the quarter of an hour before the time of the reading', () => {
    expect(clockOf(QUARTERS, START, 0)).toEqual({ time: 0, weekday: 2 });
    expect(clockOf(QUARTERS, START, 95).time).toBe(95 / 96);
    expect(clockOf(QUARTERS, START, 96)).toEqual({ time: 0, weekday: 3 });
  });

  it('finds the first reading of a day', () => {
    expect(firstOfDay(QUARTERS, START, 0)).toBe(0);
    expect(firstOfDay(QUARTERS, START, 1)).toBe(96);
    expect(firstOfDay(QUARTERS, START + 3_600_000, 0)).toBe(92);
  });
});

describe('streams', () => {
  it('start with a day, end before the end, and contain every whole day', () => {
    const hours = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(
        fc.integer({ min: 800, max: 9000 }),
        fc.integer({ min: 1, max: 120 }),
        hours,
        (end, rows, hour) => {
          const start = START + hour * 3_600_000;
          const { starts, length } = cutStreams(QUARTERS, start, end, rows);
          const covered = new Set<number>();
          for (const from of starts) {
            expect(clockOf(QUARTERS, start, from).time).toBe(0);
            for (let day = 0; day < length / DAY; day++) covered.add(from + day * DAY);
          }
          const first = firstOfDay(QUARTERS, start, FIRST_PREDICTED);
          const whole = Math.floor((end - first) / DAY);
          expect([...covered].sort((a, b) => a - b)).toEqual(
            Array.from({ length: whole }, (_, n) => first + n * DAY),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('continue in the next batch where they ended in this one', () => {
    // The feature is the number of the reading, the target is the next number.
    const known = {
      rhythm: QUARTERS,
      count: FEATURES,
      write: (data: Float32Array | Float64Array, at: number, n: number) =>
        void data.fill(n, at, at + FEATURES),
      target: (n: number) => n + 1,
      prediction: (n: number) => n,
    };
    const streams = cutStreams(QUARTERS, START, 20 * DAY, 3);
    const windows = streamWindows(streams, known, ALL);
    expect(windows.count).toBe((streams.length / WINDOW) * 3);
    for (const batch of [0, 1]) {
      const { input, labels } = batchOf(windows, WINDOW * FEATURES, WINDOW, 3, 3 * batch);
      streams.starts.forEach((from, row) => {
        for (let t = 0; t < WINDOW; t++) {
          expect(input[(t * 3 + row) * FEATURES]).toBe(from + batch * WINDOW + t);
          expect(labels[t * 3 + row]).toBe(from + batch * WINDOW + t + 1);
        }
      });
    }
  });
});

describe('features', () => {
  const scale = { mean: 80, change: 4 };
  const known = (values: Float64Array, n: number) => {
    const data = new Float64Array(FEATURES);
    forecastFeatures(values, { start: START, rhythm: QUARTERS }, scale).write(data, 0, n);
    return [...data];
  };

  it('do not depend on the reading to predict or on later ones', () => {
    const n = 1000;
    const otherwise = readings.map((reading, at) => (at < n ? reading : -1));
    expect(known(otherwise, n)).toEqual(known(readings, n));
  });

  it('contain the last reading, and the differences to it of the readings a day and a week ago', () => {
    const told = known(readings, 1000);
    const difference = (lag: number) => (readings[1000 - lag]! - readings[999]!) / 4;
    expect(told[0]).toBe((readings[999]! - 80) / 4);
    // The middle of the five around the same time.
    expect(told[3]).toBe(difference(96));
    expect(told[33]).toBe(difference(672));
    expect(told.every(Number.isFinite)).toBe(true);
  });

  it('have a target from which the reading can be computed', () => {
    const known = forecastFeatures(readings, { start: START, rhythm: QUARTERS }, scale);
    expect(known.prediction(1000, known.target(1000))).toBeCloseTo(readings[1000]!, 10);
    expect(known.prediction(1000, 0)).toBe(readings[999]);
  });
});

describe('linear autoregression', () => {
  it('finds the weights that generated a series', () => {
    const random = createRandom(1, 'series');
    const values = new Float64Array(500).map(() => random.normal());
    for (let n = 3; n < 400; n++) values[n] = 2 + 0.5 * values[n - 1]! - 0.25 * values[n - 3]!;
    const predict = autoregression(values.slice(0, 400), [1, 3], 300, ALL);
    for (const n of [310, 399]) expect(predict(n)).toBeCloseTo(values[n]!, 8);
  });

  it('minimizes the squared errors of the readings before the end: no other weights do better', () => {
    const predict = autoregression(readings, [1, 2, 96], 2000, ALL);
    // The errors of least squares are orthogonal to all inputs and to the constant.
    for (const lag of [null, 1, 2, 96]) {
      let sum = 0;
      for (let n = 96; n < 2000; n++)
        sum += (readings[n]! - predict(n)) * (lag === null ? 1 : readings[n - lag]!);
      expect(Math.abs(sum)).toBeLessThan(1e-4);
    }
  });

  it('ignores a column that is linearly dependent on others', () => {
    const same = [Float64Array.of(2, 2), Float64Array.of(2, 2)];
    const [first, second] = leastSquares(same, Float64Array.of(6, 6));
    expect(first).toBeCloseTo(3, 12);
    expect(second).toBe(0);
  });
});

describe('readSeries(path, column)', () => {
  const directory = temporaryDirectory();
  const path = join(directory.path, 'file');
  const read = (content: string | Uint8Array, client: string | null = null) => {
    writeFileSync(path, content);
    return readSeries(path, client);
  };
  afterAll(() => directory.remove());

  it.each([
    ['the original', 'MT_002', loadFile(readings)],
    ['a column of the original', '1', loadFile(readings)],
    ['the original in a zip', 'MT_002', zipOf([{ name: 'a/LD2011_2014.txt', content: loadFile(readings) }])],
  ])('reads a client of %s', async (_, client, content) => {
    const series = await read(content, client);
    expect(series.readings).toEqual(readings);
    expect(series.record).toMatchObject({ column: 'MT_002', start: '2012-02-20 00:15', count: 2688 });
  });

  it('reads a NumPy array', async () => {
    expect((await read(encodeNpy(readings))).readings).toEqual(readings);
  });

  it.each([
    ['nothing', '', /^\S+ is empty$/],
    ['another text', 'Once upon a time\n', /^\S+, line 1: no column of numbers in "Once/],
    ['a column without readings', '"";"MT_001"\n', /^\S+: column "column 1" has no readings/],
    ['too few readings', encodeNpy(readings.slice(0, 2687)), /^\S+ is too short: 2687 readings; /],
    [
      'identical readings',
      encodeNpy(new Float64Array(3000)),
      /^\S+: every reading is 0, and there is nothing to learn/,
    ],
    [
      'a reading that is not a number',
      encodeNpy(readings.map((r, n) => (n === 9 ? Infinity : r))),
      /^\S+: reading 10 is Infinity/,
    ],
    [
      'a zip of something else',
      zipOf([{ name: 'a.txt', content: 'a' }]),
      /^\S+, entry a\.txt, line 1: no column of numbers/,
    ],
    ['a damaged zip', 'PK\x03\x04 but no zip', /^\S+: not a zip file/],
  ])('refuses %s in one line', async (_, content, message) => {
    const error = await read(content).then(
      () => null,
      (error: unknown) => error,
    );
    expect(error instanceof InputError || error instanceof DataError).toBe(true);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toMatch(/\n/);
  });
});
