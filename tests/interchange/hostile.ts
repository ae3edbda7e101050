/** Files that declare more than they have. */
import { pack } from '../../models/interchange/littleEndian.js';
import { writeHdf5 } from '../../models/interchange/hdf5/write.js';
import { writeZip } from '../../models/interchange/zipWriter.js';
import { zipOf } from '../tasks/data/zipWriter.js';
import { group } from './hdf5Trees.js';

const MB = 2 ** 20;
const encode = (text: string) => new TextEncoder().encode(text);
const safetensors = (header: string) => pack([8, header.length], encode(header), new Uint8Array(4 * MB));
const pickled = (opcode: string) =>
  writeZip(new Map([['a/data.pkl', new Uint8Array(4 * MB).fill(opcode.charCodeAt(0))]]));

/** HDF5 with a text whose length, wherever it is said, is said to be another. */
function longer(text: string, length: number): Uint8Array {
  const file = writeHdf5(group({}, { text }));
  const view = new DataView(file.buffer);
  for (let at = 96; at + 8 <= file.length; at += 4)
    if (view.getUint32(at, true) === text.length) view.setUint32(at, length, true);
  return file;
}

export const hostile: Readonly<Record<string, () => Uint8Array>> = {
  'safetensors of 4 TB': () =>
    safetensors(`{"a":{"dtype":"F32","shape":[${2 ** 40}],"data_offsets":[0,${2 ** 42}]}}`),
  'safetensors of arrays in arrays': () => safetensors(`{"a":${'['.repeat(2 * MB)}${']'.repeat(2 * MB)}}`),
  'safetensors of many objects': () => safetensors(`{"a":[${'{},'.repeat(MB)}{}]}`),
  'a zip that declares 4 GB': () =>
    zipOf([{ name: 'a/data.pkl', content: new Uint8Array(4 * MB), size: 2 ** 32 - 1 }]),
  'a zip that inflates to more than it declares': () =>
    zipOf([{ name: 'a/data.pkl', content: new Uint8Array(64 * MB), size: MB / 8 }]),
  'a pickle of dicts': () => pickled('}'),
  'a pickle of lists': () => pickled(']'),
  'HDF5 of a long text': () => longer('x'.repeat(4 * MB), 2 ** 32 - 1),
};
