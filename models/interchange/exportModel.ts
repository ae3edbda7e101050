/** Models as files that other programs read. */
import { requireChoice } from '../../engine/checks.js';
import { InputError, type Tensor } from '../../engine/index.js';
import { configOf } from '../graph/modelConfig.js';
import { specsOf, type Model } from '../graph/model.js';
import { requireModel } from '../graph/checks.js';
import { encodeConfig } from './config.js';
import { toStateDict } from './pytorch/convert.js';
import { writeSafetensors } from './safetensorsFile.js';

/** The formats that are written: `pytorch` is a state_dict as safetensors. */
export type ExportFormat = 'pytorch';

/**
 * The files of a model for another program, by name; the same model gives the same bytes. `pytorch`:
 * `model.safetensors`, for `model.load_state_dict(safetensors.torch.load_file(..))`; `importModel` reads it
 * too.
 * @throws InputError when the other program has no equivalent of a layer
 */
export async function exportModel(model: Model, format: ExportFormat): Promise<Map<string, Uint8Array>> {
  requireModel('exportModel', model);
  requireChoice('exportModel: format', format, ['pytorch']);
  const ours = new Map(model.parameters.list.map(({ name, value }) => [name, value]));
  const parts = {
    layers: model.layers,
    specs: specsOf(
      model.input,
      model.layers.map(({ layer }) => layer),
    ).specs,
  };
  const unknown = model.layers.find(({ layer }) => !layer.config);
  if (unknown)
    throw new InputError(
      `exportModel: layer ${unknown.name} is one of your own, or has a cell or activation of your own; other programs have none`,
    );
  const stateDict = toNamed(() => toStateDict(parts, ours));
  const files = [...stateDict].map(([name, t]) => [name, typeOf(t), t.shape, bytesOf(t)] as const);
  const config = configOf(model);
  const bytes = await writeSafetensors(files, async (header, data) => ({
    format: 'pt',
    unrolled: await encodeConfig(config, header, data),
  }));
  return new Map([['model.safetensors', bytes]]);
}

function toNamed<R>(run: () => R): R {
  try {
    return run();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`exportModel: ${error.message}`);
    throw error;
  }
}

const typeOf = ({ data }: Tensor) => (data instanceof Float64Array ? 'F64' : 'F32');

/** The numbers of a dense tensor. */
function bytesOf({ data, offset, size }: Tensor): Uint8Array {
  const numbers = data.subarray(offset, offset + size);
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
