/** The views of browsers (engine/views) are those of ndarray and ndarray-ops. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import ops from 'ndarray-ops';
import ourNdarray from '../../engine/views/ndarray.js';
import ourOps from '../../engine/views/ndarrayOps.js';

type View = NdArray<Float32Array>;
/** A view of a view. */
type Change = readonly ['lo' | 'hi' | 'step' | 'transpose' | 'pick', number[]];

const numbers = (length: number) => Float32Array.from({ length }, (_, n) => Math.fround(Math.sin(n)));

/** A shape, and for each change four numbers, which `changeOf` fits to the view that is changed. */
const cases = fc.record({
  shape: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  changes: fc.array(
    fc.tuple(
      fc.constantFrom('lo', 'hi', 'step', 'transpose', 'pick'),
      fc.array(fc.nat(11), { minLength: 4, maxLength: 4 }),
    ),
    { maxLength: 4 },
  ),
});

function changeOf(kind: Change[0], [...n]: number[], { shape }: View): Change {
  const each = (value: (size: number, d: number) => number) => shape.map((size, d) => value(size, d));
  // Every third number says that the dimension stays as it is.
  const kept = (d: number) => n[d]! % 3 === 0;
  if (kind === 'lo' || kind === 'hi') return [kind, each((size, d) => (kept(d) ? -1 : n[d]! % (size + 1)))];
  if (kind === 'step') return [kind, each((_, d) => (n[d]! % 2 ? -1 : 1) * (1 + (n[d]! % 3)))];
  if (kind === 'pick') return [kind, each((size, d) => (kept(d) || size === 0 ? -1 : n[d]! % size))];
  return [kind, each((_, d) => d).sort((a, b) => n[a]! - n[b]!)];
}

/** The positions of a view's entries. */
const positions = ({ shape }: View): number[][] =>
  shape.reduce<number[][]>(
    (list, size) => list.flatMap((at) => Array.from({ length: size }, (_, n) => [...at, n])),
    [[]],
  );

function both(run: (make: typeof ndarray, ops: typeof ourOps) => unknown) {
  return [run(ourNdarray, ourOps), run(ndarray, ops)] as const;
}

/** Makes a view by all changes. Empty ones are not changed further. */
function viewOf(
  make: typeof ndarray,
  { shape, changes }: { shape: number[]; changes: [Change[0], number[]][] },
) {
  const data = numbers(shape.reduce((product, n) => product * n, 1));
  let view: View = make(data, [...shape]);
  for (const [kind, n] of changes) {
    if (view.dimension > 0 && view.size > 0) {
      const [method, args] = changeOf(kind, n, view);
      view = view[method](...args);
    }
  }
  return view;
}

describe('views of browsers', () => {
  it('have the form of ndarray after any changes', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [ours, theirs] = both((make) => {
          const view = viewOf(make, one);
          const { shape, stride, offset, size, dimension, dtype } = view;
          const entries = positions(view).map((at) => [view.index(...at), view.get(...at)]);
          return { shape, stride, offset, size, dimension, dtype, entries };
        });
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [new Float64Array(6), undefined, undefined, undefined],
    [new Int32Array(6), [2, 2], [1, 3], 1],
    [new Float32Array(0), [0, 3], undefined, undefined],
    [new Float32Array(1), [], undefined, undefined],
    [new Float32Array(8), [2, 3], undefined, 2],
  ])('are made like those of ndarray of %p', (data, shape, stride, offset) => {
    const [ours, theirs] = both((make) => {
      const view = (make as (...args: unknown[]) => View)(data, shape, stride, offset);
      return [view.shape, view.stride, view.offset, view.size, view.dimension, view.dtype, view.data];
    });
    expect(ours).toEqual(theirs);
  });

  it('write the entry that ndarray writes', () => {
    fc.assert(
      fc.property(cases, fc.nat(), (one, n) => {
        const [ours, theirs] = both((make) => {
          const view = viewOf(make, one);
          const all = positions(view);
          return [all.length && view.set(...all[n % all.length]!, 7), view.data];
        });
        expect(ours).toEqual(theirs);
      }),
    );
  });
});

describe('operations of browsers', () => {
  const operations: Record<keyof typeof ourOps, (o: typeof ourOps, out: View, x: View, y: View) => unknown> =
    {
      assigns: (o, out) => o.assigns(out, 3),
      assign: (o, out, x) => o.assign(out, x),
      addeq: (o, out, x) => o.addeq(out, x),
      mul: (o, out, x, y) => o.mul(out, x, y),
      mulseq: (o, out) => o.mulseq(out, -0.3),
      minseq: (o, out) => o.minseq(out, 0.2),
      maxseq: (o, out) => o.maxseq(out, -0.2),
      norm2squared: (o, out) => Math.fround(o.norm2squared(out)),
    };

  it.each(Object.entries(operations))('%s computes what that of ndarray-ops computes', (name, run) => {
    fc.assert(
      fc.property(cases, (one) => {
        const [ours, theirs] = both((make, set) => {
          const out = viewOf(make, one);
          if (out.dimension === 0) return null;
          const operand = (seed: number) => {
            const data = numbers(out.size + seed).subarray(seed);
            return make(data, [...out.shape].reverse()).transpose(
              ...out.shape.map((_, d) => out.dimension - 1 - d),
            );
          };
          const result = run(set, out, operand(1), operand(2));
          return [name === 'norm2squared' ? result : null, [...out.data]];
        });
        expect(ours).toEqual(theirs);
      }),
    );
  });
});
