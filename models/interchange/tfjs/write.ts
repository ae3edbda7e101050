/** A model as tfjs saves it: model.json, which also says what its layers are here, and weights.bin. */
import { InputError } from '../../../engine/index.js';
import { concatenate } from '../../weights/digest.js';
import { encodeConfig } from '../config.js';
import { packAll } from '../convert.js';
import type { ExportOptions, Outgoing } from '../outgoing.js';
import { bytesOf } from '../fileTensor.js';
import { modulesOf } from '../keras/modules.js';
import { withOutputs } from '../keras/probabilities.js';
import { writeTopology } from '../keras/writeTopology.js';
import { headerOf } from './open.js';

const WEIGHTS = 'weights.bin';

/** @throws InputError when tfjs has no equivalent of a layer, or of float64 */
export async function writeTfjs(
  { config, weights, ...parts }: Outgoing,
  { outputs }: Required<ExportOptions>,
): Promise<Map<string, Uint8Array>> {
  for (const [name, { data }] of weights)
    if (data instanceof Float64Array)
      throw new InputError(`${name} is float64, which tfjs has not; make the model with float32 kernels`);
  const packed = packAll(modulesOf(parts, 'tfjs'), weights);
  const modelTopology = writeTopology(withOutputs(config, outputs), { dialect: 'tfjs', dtype: 'float32' });
  const tensors = [...packed].flatMap(([{ name, series }, theirs]) =>
    Object.entries(theirs).map(([base, t]) => [nameOf(name, series, base), t] as const),
  );
  const entries = tensors.map(([name, { shape }]) => ({ name, shape: [...shape], dtype: 'float32' }));
  const weightsManifest = [{ paths: [WEIGHTS], weights: entries }];
  const data = concatenate(tensors.map(([, t]) => bytesOf(t)));
  const header = headerOf(modelTopology, weightsManifest);
  const text = JSON.stringify({
    ...{ format: 'layers-model', generatedBy: 'unrolled', convertedBy: null, modelTopology, weightsManifest },
    unrolled: await encodeConfig(config, header, data),
  });
  return new Map([
    ['model.json', new TextEncoder().encode(text)],
    [WEIGHTS, data],
  ]);
}

/** `both/forward_both_cells/kernel`, as tfjs looks for it. */
function nameOf(layer: string, series: string | null, base: string): string {
  if (series === 'embedding') return `${layer}/embeddings`;
  return `${layer}/${base.replace(/^(forward|backward)\//, `$1_${layer}_cells/`)}`;
}
