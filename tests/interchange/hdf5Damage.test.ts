/** Damaged HDF5 files are refused, or read in no time: nothing that a file says of itself is believed. */
import { describe, expect, it, jest } from '@jest/globals';
import { InputError } from '../../engine/index.js';
import { pack } from '../../models/interchange/littleEndian.js';
import { readHdf5 } from '../../models/interchange/hdf5/read.js';
import { writeHdf5 } from '../../models/interchange/hdf5/write.js';
import { refusing } from '../../models/interchange/refusal.js';
import { damage } from './damage.js';
import { describeTree, group, hdf5File, numbered } from './hdf5Trees.js';

jest.setTimeout(120_000);

/**
 * How a file is read: 'read', 'refused', or any other error. HDF5 has no checksums, so numbers and names may
 * be others than before.
 */
function outcomeOf(bytes: Uint8Array): unknown {
  try {
    describeTree(readHdf5(bytes, refusing('it')));
    return 'read';
  } catch (error) {
    return error instanceof InputError && !error.message.includes('\n') ? 'refused' : error;
  }
}

const isUnexpected = (outcome: unknown) => outcome !== 'read' && outcome !== 'refused';

describe.each(['weights', 'kinds'])('%s.h5', (name) => {
  const file = hdf5File(name);

  it('every byte may be damaged, and none may be missing', async () => {
    // A file that is too short is refused: what the end was is not 'right'.
    const read = (bytes: Uint8Array) => {
      const outcome = outcomeOf(bytes);
      if (isUnexpected(outcome) || (outcome === 'read' && bytes.length < file.length)) return 'wrong';
      return 'right';
    };
    expect(await damage(file, read)).toEqual([]);
  });

  it('every address and every size may be anything', () => {
    const values = (at: number) => [0, 96, at, file.length - 8, 2 ** 64 - 2 ** 12];
    const unexpected: unknown[] = [];
    for (let at = 0; at + 8 <= file.length; at += 8) {
      for (const value of values(at)) {
        const damaged = Uint8Array.from(file);
        damaged.set(pack([8, value]), at);
        const outcome = outcomeOf(damaged);
        if (isUnexpected(outcome)) unexpected.push([at, value, outcome]);
      }
    }
    expect(unexpected).toEqual([]);
  });
});

it('groups within groups have an end', () => {
  let tree = numbered(1);
  for (let depth = 0; depth < 300; depth++) tree = group({ box: tree });
  expect(() => readHdf5(writeHdf5(tree), refusing('it'))).toThrow(
    'it: it has groups in groups, more than 200 deep',
  );
});
