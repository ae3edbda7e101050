/** Files with a state_dict: safetensors, and what torch.save writes. */
import { decodeConfig } from '../config.js';
import type { FileTensor } from '../fileTensor.js';
import type { OpenFile } from '../openedFile.js';
import type { Refuse } from '../refusal.js';
import { readSafetensors } from '../safetensorsFile.js';
import { readTorch } from '../torchFile.js';
import type { Zip } from '../zip.js';
import { fromStateDict } from './stateDict.js';

/** Those of `exportModel` say what the model is. */
export function openSafetensors(bytes: Uint8Array, refuse: Refuse): OpenFile {
  const file = readSafetensors(bytes, refuse);
  const network = async () => {
    const config = await decodeConfig(file.metadata.unrolled, file.header, file.data, refuse);
    return config && { config, notes: [] };
  };
  return { format: 'safetensors', network, verify: network, ...withTensors(file.tensors, refuse) };
}

/** @param folder the one in the zip that has all of it */
export async function openTorch(zip: Zip, folder: string, refuse: Refuse): Promise<OpenFile> {
  const tensors = await readTorch(zip, folder, refuse);
  const none = () => Promise.resolve(null);
  return { format: 'pytorch', network: none, verify: none, ...withTensors(tensors, refuse) };
}

const withTensors = (tensors: readonly FileTensor[], refuse: Refuse) => ({
  tensors,
  weights: (...[parts, like, names]: Parameters<OpenFile['weights']>) =>
    fromStateDict(parts, tensors, like, names, refuse),
});
