/** What is in an HDF5 file: groups in groups, and datasets of numbers. */
import type { FileTensor } from '../fileTensor.js';

/** A group: `readHdf5` gives the one that holds all others, and `writeHdf5` takes it. */
export interface Hdf5Group {
  /** Texts, and lists of texts. Read and written: a list may be empty. */
  readonly attributes: ReadonlyMap<string, string | readonly string[]>;
  /** A dataset that has been read has its path as a name, `layers/lstm/cell/vars/0`. */
  readonly children: ReadonlyMap<string, Hdf5Group | FileTensor>;
}

export const isGroup = (child: Hdf5Group | FileTensor): child is Hdf5Group => 'children' in child;
