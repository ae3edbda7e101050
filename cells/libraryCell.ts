/** The library's own cells, by which a layer can say what it is made of: a name could be that of another cell. */
import { kernelsOnly } from '../engine/index.js';

const own = new WeakSet<object>();

/** A cell of the library. Its functions only call kernels, so that the calls may be replayed on threads. */
export function libraryCell<C extends object>(cell: C): C {
  own.add(cell);
  return kernelsOnly(cell);
}

/** Whether it is a cell of the library itself, not one of the same name or a copy with other functions. */
export const isLibraryCell = (cell: object): boolean => own.has(cell);
