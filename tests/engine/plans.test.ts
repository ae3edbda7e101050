/** Plans: bit-identical to the calls themselves, on all kernels and any number of threads. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { createKernels, kernelsOnly, type Kernels, type Phase } from '../../engine/index.js';
import { runAll } from '../../engine/phases.js';
import { allKernels } from '../kernels.js';
import { Operands, type OperandShape } from '../operands.js';
import { countWakes } from '../wakes.js';
import { entries, matrix, toRows, vector, whole } from '../tensors.js';
import { columnCalls, otherCalls, rowCalls, type Prepare } from './calls.js';

const fourThreads: Kernels = await createKernels({ threads: 4 });
afterAll(() => fourThreads.close());
const subjects: readonly { readonly name: string; readonly kernels: Kernels }[] = [
  ...allKernels,
  { name: `${fourThreads.name}, 4 threads`, kernels: fourThreads },
];

/** One or two rows per example; examples and columns for no thread, some threads and all. */
const shapes = [
  { batch: 1, M: 2, N: 7 },
  { batch: 5, M: 10, N: 33 },
  { batch: 8, M: 8, N: 50 },
  { batch: 13, M: 26, N: 17 },
];

/** The indices where two lists differ. Jest's own comparison takes longer than everything tested here. */
function differences(a: readonly number[], b: readonly number[]): string[] {
  const places = a.flatMap((x, n) => (Object.is(x, b[n]) ? [] : [`${n}: ${x}, not ${b[n]}`]));
  return a.length === b.length ? places : [`${a.length} numbers, not ${b.length}`];
}

/** Small work is not partitioned, so a product of as many rows and of many columns precedes the call. */
function loaded(k: Kernels, M: number, partition: Phase['partition'], call: () => number | void): Phase {
  const [N, K] = [128, Math.ceil(600_000 / M / 128)];
  const [out, a, b] = [k.zeros(M, N), k.zeros(M, K), k.zeros(K, N)];
  return {
    partition,
    work: [kernelsOnly(() => k.matmul(out, a, b)), kernelsOnly(call)],
  };
}

it.each([...new Set(shapes.map(({ batch }) => batch)), 'columns' as const].filter((cut) => cut !== 1))(
  'the plans of these tests really are partitioned: %s',
  async (cut) => {
    const k = await createKernels({ threads: 2 });
    const x = k.zeros(1, 40);
    const M = cut === 'columns' ? 1 : cut;
    const plan = k.plan([loaded(k, M, cut, () => (M === 1 ? k.fill(x, 1) : undefined))], x);
    expect(countWakes(plan)).toBe(1);
    await k.close();
  },
);

describe.each(subjects)('kernels.plan(phases, constant) of $name', ({ kernels: k }) => {
  const nothing = k.zeros(1);

  /** Every run of a plan has the same result as the call itself; preparing it changes nothing. */
  function compare(prepare: Prepare, shape: OperandShape, cut: Phase['partition']): void {
    const [planned, called] = [new Operands(k, shape), new Operands(k, shape)];
    const work = prepare(called);
    const phase = loaded(k, shape.M, cut, prepare(planned));
    const plan = k.plan([phase], nothing);
    expect(differences(planned.numbers(), called.numbers())).toEqual([]);
    for (let run = 0; run < 2; run++) {
      expect(plan()).toBe(work() ?? NaN);
      expect(differences(planned.numbers(), called.numbers())).toEqual([]);
    }
    expect(planned.surroundingsUntouched()).toBe(true);
  }

  const compareAll = (prepare: Prepare, cutOf: (batch: number) => Phase['partition']) =>
    shapes.forEach(({ batch, M, N }) => compare(prepare, { M, N, left: 3, right: 2, seed: 7 }, cutOf(batch)));

  it.each(Object.entries(rowCalls))('by rows does what the call does: %s', (_, prepare) =>
    compareAll(prepare, (batch) => batch),
  );

  it.each(Object.entries(columnCalls))('by columns does what the call does: %s', (_, prepare) =>
    compareAll(prepare, () => 'columns'),
  );

  it.each(Object.entries(otherCalls))('does what cannot be recorded: %s', (_, prepare) =>
    compareAll(prepare, (batch) => batch),
  );

  it('runs phases in order, calls in order, and returns the last loss', () => {
    const [M, N] = [6, 40];
    const rowsOf = (value: number) =>
      Array.from({ length: M }, (_, m) => new Array<number>(N).fill(value + m));
    const [x, y, target] = [matrix(k, rowsOf(1)), matrix(k, rowsOf(5)), matrix(k, rowsOf(0))];
    const sum = vector(k, new Array<number>(N).fill(0));
    const plan = k.plan(
      [
        { partition: M, work: [kernelsOnly(() => k.meanSquaredError(null, x, target))] },
        {
          partition: M,
          work: [
            kernelsOnly(() => k.scale(x, 2)),
            kernelsOnly(() => {
              k.copy(y, x);
              return k.meanSquaredError(null, y, target);
            }),
          ],
        },
        { partition: 'columns', work: [kernelsOnly(() => k.sumRows(sum, y))] },
      ],
      nothing,
    );
    // Row m of y is m + 1, doubled twice; that of the target is m.
    const loss = (factor: number) =>
      [0, 1, 2, 3, 4, 5].reduce((total, m) => total + (factor * (m + 1) - m) ** 2, 0) / M;
    expect(plan()).toBeCloseTo(loss(2), 4);
    expect(plan()).toBeCloseTo(loss(4), 4);
    expect(toRows(y)).toEqual(toRows(x));
    expect(entries(sum)).toEqual(new Array<number>(N).fill((2 + 4) * 21));
  });

  it('returns NaN if there is no loss', () => {
    const x = k.zeros(4, 3);
    expect(k.plan([{ partition: 4, work: [kernelsOnly(() => k.fill(x, 1))] }], nothing)()).toBeNaN();
    expect(k.plan([], nothing)()).toBeNaN();
  });

  describe('throws what the call throws at a missing row or class, and works afterwards:', () => {
    const [M, N, rows] = [6, 40, 5];
    const [out, other, x] = [k.zeros(M, N), k.zeros(rows, N), k.zeros(M, N)];
    const ids = whole(k, new Array<number>(M).fill(0));
    const calls: Record<string, Phase> = {
      gather: loaded(k, M, M, () => k.gather(out, other, ids)),
      scatterAdd: loaded(k, M, 'columns', () => k.scatterAdd(other, ids, x)),
      softmaxCrossEntropy: loaded(k, M, M, () => k.softmaxCrossEntropy(null, x, ids)),
    };
    const errorOf = (work: () => unknown): unknown => {
      try {
        work();
      } catch (error) {
        return error;
      }
      return null;
    };

    it.each(Object.entries(calls))('%s', (_, phase) => {
      const plan = k.plan([phase], nothing);
      // In the rows of one thread, and of another.
      for (const m of [0, M - 1]) {
        for (const id of [-1, N, 2 ** 31 - 1]) {
          ids.data[m] = id;
          const error = errorOf(plan);
          expect(error).toBeInstanceOf(RangeError);
          expect(error).toEqual(errorOf(() => runAll(phase.work)));
          ids.data[m] = 0;
          expect(plan()).toBe(runAll(phase.work));
        }
      }
    });
  });
});
