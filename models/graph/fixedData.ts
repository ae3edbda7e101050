/** Buffers that callers write into, and must not replace. */
import type { Indices, Tensor } from '../../engine/index.js';

export type Buffer = 'input' | 'labels' | 'mask' | 'weights';

const HELD = Symbol('data');

/** By buffer and prototype: tensors that share a prototype are read as fast as those with a plain property. */
const prototypes = new Map<string, Map<object, object>>();

/**
 * The same view, whose `data` cannot be assigned. Recorded passes know the address of the numbers: they would
 * never read another array.
 */
export function fixData<T extends Tensor | Indices>(buffer: Buffer, t: T): T {
  const base = Object.getPrototypeOf(t) as object;
  const known = prototypes.get(buffer) ?? new Map<object, object>();
  prototypes.set(buffer, known);
  const prototype = known.get(base) ?? (Object.create(base, { data: dataOf(buffer) }) as object);
  known.set(base, prototype);
  const { data, shape, stride, offset } = t;
  return Object.assign(Object.create(prototype) as T, { [HELD]: data, shape, stride, offset });
}

const dataOf = (buffer: Buffer): PropertyDescriptor => ({
  get(this: { [HELD]: unknown }) {
    return this[HELD];
  },
  set() {
    throw new TypeError(
      `graph.${buffer}.data cannot be replaced; copy into it: graph.${buffer}.data.set(..)`,
    );
  },
});
