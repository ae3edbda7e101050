/** What a file is, by its content and never by its name. */
import { beginsCheckpoint } from '../weights/safetensors.js';
import { openCheckpoint } from './checkpointFile.js';
import { isJson, parseJson } from './json.js';
import { openH5, openKeras } from './keras/open.js';
import { isOnnx, openOnnx } from './onnx/open.js';
import type { OpenFile } from './openedFile.js';
import { openSafetensors, openTorch } from './pytorch/open.js';
import type { Refuse } from './refusal.js';
import { isTfjs, openTfjs } from './tfjs/open.js';
import { openZip } from './zip.js';

const READABLE =
  'safetensors files, state_dicts of torch.save, ONNX files, and models of Keras and tfjs can be read';

/**
 * @param others files that it may refer to, by name
 * @throws InputError when it is of no format that can be read, or damaged
 */
export async function openFile(
  bytes: Uint8Array,
  refuse: Refuse,
  others: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<OpenFile> {
  const json = isJson(bytes) ? parseJson(bytes) : null;
  if (isTfjs(json)) return openTfjs(json, others, refuse);
  if (others.size > 0 && !isOnnx(bytes))
    throw refuse(`a model in one file; ${[...others.keys()].join(', ')} cannot be part of it`);
  const begins = (...first: number[]) => first.every((byte, n) => bytes[n] === byte);
  if (begins(0x50, 0x4b, 3, 4)) {
    const zip = openZip(bytes, refuse);
    const folders = zip.names.flatMap((name) => /^([^/]+)\/data\.pkl$/.exec(name)?.[1] ?? []);
    if (folders.length === 1) return openTorch(zip, folders[0]!, refuse);
    if (zip.names.includes('config.json')) return openKeras(zip, refuse);
    throw refuse(`a zip, but neither of torch.save nor of Keras; ${READABLE}`);
  }
  if (begins(0x89, 0x48, 0x44, 0x46)) return openH5(bytes, refuse);
  if (begins(0x80, 2))
    throw refuse('a pickle without a zip, as torch.save wrote before PyTorch 1.6; save it again');
  if (beginsCheckpoint(bytes)) return openCheckpoint(bytes, refuse);
  // The length of a header, whose last bytes are 0, and its first letter.
  const isHeader = bytes.length >= 10 && !bytes[5] && !bytes[6] && !bytes[7];
  if (isHeader && /[{ \n]/.test(String.fromCharCode(bytes[8]!))) return openSafetensors(bytes, refuse);
  if (isOnnx(bytes)) return openOnnx(bytes, others, refuse);
  throw refuse(`not a model file that is known; ${READABLE}`);
}
