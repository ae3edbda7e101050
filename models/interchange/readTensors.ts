/** What a file is, by its first bytes and never by its name, and the tensors in it. */
import type { FileTensor } from './fileTensor.js';
import type { Refuse } from './refusal.js';
import { readSafetensors, type SafetensorsFile } from './safetensorsFile.js';
import { readTorch } from './torchFile.js';
import { openZip } from './zip.js';

/** The formats that can be read. */
export type FileFormat = 'safetensors' | 'pytorch';

/** A file that has been read. */
export interface ReadFile {
  readonly format: FileFormat;
  readonly tensors: readonly FileTensor[];
  /** What else is in a safetensors file; null in others. */
  readonly safetensors: SafetensorsFile | null;
}

const READABLE = 'safetensors files and state_dicts of torch.save can be read';

/** @throws InputError when it is of no format that can be read, or damaged */
export async function readTensors(bytes: Uint8Array, refuse: Refuse): Promise<ReadFile> {
  const begins = (...first: number[]) => first.every((byte, n) => bytes[n] === byte);
  if (begins(0x50, 0x4b, 3, 4)) {
    const zip = openZip(bytes, refuse);
    const folders = zip.names.flatMap((name) => /^([^/]+)\/data\.pkl$/.exec(name)?.[1] ?? []);
    if (folders.length === 1)
      return { format: 'pytorch', tensors: await readTorch(zip, folders[0]!, refuse), safetensors: null };
    throw refuse(
      `a zip, but not of torch.save${zip.names.includes('config.json') ? ' (Keras?)' : ''}; ${READABLE}`,
    );
  }
  if (begins(0x89, 0x48, 0x44, 0x46)) throw refuse(`HDF5, as Keras writes it; ${READABLE}`);
  if (begins(0x80, 2))
    throw refuse('a pickle without a zip, as torch.save wrote before PyTorch 1.6; save it again');
  // The length of a header, whose last bytes are 0, and its first letter.
  if (bytes.length < 10 || bytes[5] || bytes[6] || bytes[7] || !/[{ \n]/.test(String.fromCharCode(bytes[8]!)))
    throw refuse(`not a model file that is known; ${READABLE}`);
  const safetensors = readSafetensors(bytes, refuse);
  return { format: 'safetensors', tensors: safetensors.tensors, safetensors };
}
