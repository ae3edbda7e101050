/** A model as a state_dict in a safetensors file, which also says what its layers are. */
import type { Tensor } from '../../../engine/index.js';
import { encodeConfig } from '../config.js';
import type { Outgoing } from '../exportModel.js';
import { writeSafetensors } from '../safetensorsFile.js';
import { toStateDict } from './convert.js';

/** @throws InputError when PyTorch has no equivalent of a layer */
export async function writePyTorch({
  config,
  weights,
  ...parts
}: Outgoing): Promise<Map<string, Uint8Array>> {
  const stateDict = toStateDict(parts, weights);
  const files = [...stateDict].map(([name, t]) => [name, typeOf(t), t.shape, bytesOf(t)] as const);
  const bytes = await writeSafetensors(files, async (header, data) => ({
    format: 'pt',
    unrolled: await encodeConfig(config, header, data),
  }));
  return new Map([['model.safetensors', bytes]]);
}

const typeOf = ({ data }: Tensor) => (data instanceof Float64Array ? 'F64' : 'F32');

/** The numbers of a dense tensor. */
function bytesOf({ data, offset, size }: Tensor): Uint8Array {
  const numbers = data.subarray(offset, offset + size);
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
