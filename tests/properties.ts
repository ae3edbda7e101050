/** Generators of property tests. The seed is fixed, so failures are reproducible. */
import fc from 'fast-check';

/** Runs a property on 100 cases. */
export function forAll<T>(cases: fc.Arbitrary<T>, predicate: (values: T) => void): void {
  fc.assert(fc.property(cases, predicate), { seed: 20, numRuns: 100 });
}

export const number = fc.double({ min: -1, max: 1, noNaN: true });
export const height = fc.integer({ min: 1, max: 7 });
/** Wide enough to cross the blocks of a vectorized kernel, with remainders of every size. */
export const width = fc.integer({ min: 1, max: 37 });
/** The number of columns of other memory around a matrix; 0 makes it dense. */
export const gap = fc.constantFrom(0, 3);

export const vectorOf = (length: number) => fc.array(number, { minLength: length, maxLength: length });

export const matrixOf = (M: number, N: number) => fc.array(vectorOf(N), { minLength: M, maxLength: M });

/** M row numbers below V, with repetitions. */
export const idsOf = (M: number, V: number) =>
  fc.array(fc.integer({ min: 0, max: V - 1 }), { minLength: M, maxLength: M });

/** 1 for a real row, 0 for padding. */
export const maskOf = (M: number) => fc.array(fc.constantFrom(0, 1), { minLength: M, maxLength: M });
