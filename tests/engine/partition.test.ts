/** How recorded calls become programs: partitioned for the threads, with weights packed once. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  partitionColumns,
  partitionRows,
  turnsOf,
  isSmall,
  loopPartition,
} from '../../engine/wasm/plans/partition.js';
import { packOnce } from '../../engine/wasm/plans/pack.js';
import type { Call } from '../../engine/wasm/plans/record.js';
import { forAll } from '../properties.js';

const threads = fc.integer({ min: 1, max: 6 });
const stride = fc.integer({ min: 1, max: 40 });
const address = fc.integer({ min: 1, max: 1000 }).map((n) => 64 * n);

// Arguments as in assembly/gemm.ts, rows.ts and lstmLoops.ts.
interface Product {
  out: number;
  outRow: number;
  a: number;
  aRow: number;
  b: number;
  bColumn: number;
}
const product = fc.record({
  out: address,
  outRow: stride,
  a: address,
  aRow: stride,
  b: address,
  bColumn: stride,
});
const gemm = (p: Product, M: number, N: number, K = 9): Call => ({
  name: 'gemm',
  args: [p.out, p.outRow, p.a, p.aRow, 1, p.b, 1, p.bColumn, M, N, K, 1],
});
const anywhere = { out: 64, outRow: 1, a: 64, aRow: 1, b: 64, bColumn: 1 };
const copyMasked = (out: number, x: number, mask: number, M: number): Call => ({
  name: 'copyMasked',
  args: [out, 12, x, 13, mask, 1, M, 11],
});
const loop = (B: number, t0: number, t1: number): Call => ({ name: 'twoLoop', args: [B, 5, t0, t1, 0] });
const loops = { twoLoop: loopPartition([4, 1]) };

/** For every row that a call computes, the addresses of what it reads and writes there. */
function rowsOf({ name, args }: Call): string[] {
  const places: Record<string, (m: number) => number[]> = {
    gemm: (m) => [args[0]! + 4 * m * args[1]!, args[2]! + 4 * m * args[3]!, args[5]!],
    copyMasked: (m) => [args[0]! + 48 * m, args[2]! + 52 * m, args[4]! + 4 * m],
    twoLoop: (m) => [args[2]! + 80 * m, args[3]! + 20 * m, args[4]!],
  };
  const M = args[name === 'gemm' ? 8 : name === 'copyMasked' ? 6 : 0]!;
  return Array.from({ length: M }, (_, m) => `${name} ${places[name]!(m).join(' ')}`);
}

/** For every column that a call sums, the addresses where it begins. */
function columnsOf({ name, args }: Call): string[] {
  const places: Record<string, (n: number) => number[]> = {
    gemm: (n) => [args[0]! + 4 * n, args[2]!, args[5]! + 4 * n * args[7]!],
    sumRows: (n) => [args[0]! + 4 * n, args[1]! + 4 * n],
  };
  const N = args[name === 'gemm' ? 9 : 4]!;
  return Array.from({ length: N }, (_, n) => `${name} ${places[name]!(n).join(' ')}`);
}

describe('partitionRows(calls, loops, batch, parts)', () => {
  const cases = fc.record({
    batch: fc.integer({ min: 1, max: 40 }),
    steps: fc.integer({ min: 1, max: 5 }),
    parts: threads,
    product,
    places: fc.tuple(address, address, address),
  });

  it('gives every row of every call to one part, in the order of the calls', () =>
    forAll(cases, ({ batch, steps, parts, product, places: [s, t, u] }) => {
      // All steps at once, then one step, and at the end an unmistakable call.
      const calls = [gemm(product, batch * steps, 7), copyMasked(s, t, u, batch), loop(batch * steps, s, t)];
      const cut = partitionRows(calls, loops, batch, parts);
      const example = new Map<string, number>();
      calls.forEach((call) => rowsOf(call).forEach((row, m) => example.set(row, m % batch)));
      if (!cut)
        return expect(parts < 2 || batch <= 2 * (parts - 1) * Math.ceil(batch / parts / 2)).toBe(true);

      expect(cut).toHaveLength(parts);
      expect(cut.flat().flatMap(rowsOf).sort()).toEqual(calls.flatMap(rowsOf).sort());
      const examples = cut.map((part) => new Set(part.flatMap(rowsOf).map((row) => example.get(row)!)));
      // Each example is in one part only.
      expect(examples.reduce((sum, { size }) => sum + size, 0)).toBe(batch);
      for (const part of cut) {
        expect(part.length).toBeGreaterThan(0);
        const order = part.map(({ name }) => calls.findIndex((call) => call.name === name));
        expect(order).toEqual([...order].sort());
      }
    }));

  it.each<[string, Call, number]>([
    ['rows that are not examples', copyMasked(64, 128, 192, 9), 6],
    ['a call whose rows are unknown', { name: 'sumRows', args: [64, 128, 5, 8, 5] }, 8],
  ])('gives up at %s', (_, call, batch) => {
    expect(partitionRows([call], loops, batch, 2)).toBeNull();
  });

  it('does not move a pointer to a parameter that all rows share', () => {
    const shared = { sharing: loopPartition([4, 0, 1]) };
    const call: Call = { name: 'sharing', args: [8, 5, 64, 128, 192] };
    const [, second] = partitionRows([call], shared, 8, 2)!;
    expect(second![0]!.args).toEqual([4, 5, 64 + 4 * 4 * 20, 128, 192 + 4 * 4 * 5]);
  });

  it('does not move a null pointer', () => {
    const loss: Call = { name: 'meanSquaredError', args: [64, 0, 128, 192, 0, 8, 5, 0, 8] };
    const [, second] = partitionRows([loss], loops, 8, 2)!;
    expect(second).toEqual([{ name: loss.name, args: [64 + 32, 0, 128 + 80, 192 + 80, 0, 4, 5, 0, 8] }]);
  });
});

describe('partitionColumns(calls, parts)', () => {
  const cases = fc.record({
    N: fc.integer({ min: 1, max: 150 }),
    parts: fc.integer({ min: 2, max: 6 }),
    product,
    places: fc.tuple(address, address),
  });

  it('gives every column of every call to one part, in the order of the calls, and in whole tiles', () =>
    forAll(cases, ({ N, parts, product, places: [out, x] }) => {
      const calls: Call[] = [{ name: 'sumRows', args: [out, x, N, 6, N] }, gemm(product, 5, N)];
      const cut = partitionColumns(calls, parts)!;
      expect(cut).toHaveLength(parts);
      expect(cut.flat().flatMap(columnsOf).sort()).toEqual(calls.flatMap(columnsOf).sort());
      for (const part of cut) {
        expect(part.map(({ name }) => name)).toEqual(part.length ? ['sumRows', 'gemm'] : []);
        for (const { args } of part.slice(1)) expect((args[0]! - product.out) % 64).toBe(0);
      }
    }));

  it('gives up at a call whose columns are unknown, and for one thread', () => {
    expect(partitionColumns([copyMasked(64, 128, 192, 8)], 2)).toBeNull();
    expect(
      partitionColumns([gemm({ out: 64, outRow: 1, a: 64, aRow: 1, b: 64, bColumn: 1 }, 2, 2)], 1),
    ).toBeNull();
  });
});

describe('turnsOf(calls, partition)', () => {
  it('shares out the columns of a product of a time step with a matrix that is too large for a cache', () => {
    const [small, large] = [gemm(anywhere, 6, 20, 4), gemm(anywhere, 6, 1024, 512)];
    const manySteps = gemm(anywhere, 12, 1024, 512);
    expect(turnsOf([small, large, large, small, manySteps], 6)).toEqual([
      { calls: [small], partition: 6 },
      { calls: [large, large], partition: 'columns' },
      { calls: [small, manySteps], partition: 6 },
    ]);
    expect(turnsOf([large, small], 'columns')).toEqual([{ calls: [large, small], partition: 'columns' }]);
  });
});

describe('isSmall(calls)', () => {
  it('counts the multiplications of products, and loops', () => {
    const half = gemm(anywhere, 50, 60, 100);
    expect(isSmall([half])).toBe(true);
    expect(isSmall([half, half])).toBe(false);
    expect(isSmall([loop(100, 64, 64)])).toBe(true);
    expect(isSmall([loop(10_000, 64, 64)])).toBe(false);
  });

  it('counts nothing else, because copies finish before a thread would start', () => {
    expect(isSmall([copyMasked(64, 128, 192, 1_000_000)])).toBe(true);
  });
});

describe('packOnce(turns, isConstant, reserve)', () => {
  const b = fc.constantFrom(64, 128, 192, 256);
  const K = fc.constantFrom(3, 4);
  const calls = fc.array(fc.record({ product, b, K }), { maxLength: 12 });

  it('packs each constant matrix that is used more than once, before the first call', () =>
    forAll(calls, (products) => {
      const before = products.map(({ product, b, K }) => gemm({ ...product, b, bColumn: 1 }, 6, 20, K));
      let room = 0;
      const turns = packOnce(
        [[], before.slice(0, 5), before.slice(5)],
        (place) => place > 64,
        (bytes) => {
          room = bytes;
          return 10_000;
        },
      );
      expect(turns[0]).toEqual([]);
      const after = turns.flat();
      const packs = after.filter(({ name }) => name === 'pack');
      expect(after.slice(0, packs.length)).toEqual(packs);
      expect(new Set(packs.map(({ args }) => args.slice(1).join())).size).toBe(packs.length);
      const sizes = packs.map(({ args }) => 4 * args[5]! * 32);
      const from = packs.map((_, n) => 10_000 + sizes.slice(0, n).reduce((sum, size) => sum + size, 0));
      expect(packs.map(({ args }) => args[0])).toEqual(from);
      expect(room).toBe(sizes.reduce((sum, size) => sum + size, 0));

      const rest = after.slice(packs.length);
      expect(rest).toHaveLength(before.length);
      before.forEach((call, n) => {
        const [out, outRow, a, aRow, aColumn, from, bRow, bColumn, M, N, K, more] = call.args;
        const same = before.filter(({ args }) => args[5] === from && args[10] === K).length;
        if (from === 64 || same < 2) return expect(rest[n]).toBe(call);
        const { args } = packs.find((pack) => pack.args[1] === from && pack.args[5] === K)!;
        expect(args.slice(1)).toEqual([from, bRow, bColumn, N, K]);
        expect(rest[n]).toEqual({
          name: 'gemmPacked',
          args: [out, outRow, a, aRow, aColumn, args[0], M, N, K, more],
        });
      });
    }));
});
