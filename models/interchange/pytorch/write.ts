/** A model as a state_dict in a safetensors file, which also says what its layers are. */
import { InputError, type Tensor } from '../../../engine/index.js';
import { encodeConfig } from '../config.js';
import type { ExportOptions, Outgoing } from '../outgoing.js';
import { bytesOf } from '../fileTensor.js';
import { writeSafetensors } from '../safetensorsFile.js';
import { toStateDict } from './stateDict.js';

/** @throws InputError when PyTorch has no equivalent of a layer, or probabilities are asked for */
export async function writePyTorch(
  { config, weights, ...parts }: Outgoing,
  { outputs }: ExportOptions,
): Promise<Map<string, Uint8Array>> {
  if (outputs === 'probabilities')
    throw new InputError('a state_dict of PyTorch has weights and no outputs; leave out `outputs`');
  const stateDict = toStateDict(parts, weights);
  const files = [...stateDict].map(([name, t]) => [name, typeOf(t), t.shape, bytesOf(t)] as const);
  const bytes = await writeSafetensors(files, async (header, data) => ({
    format: 'pt',
    unrolled: await encodeConfig(config, header, data),
  }));
  return new Map([['model.safetensors', bytes]]);
}

const typeOf = ({ data }: Tensor) => (data instanceof Float64Array ? 'F64' : 'F32');
