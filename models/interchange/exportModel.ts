/** Models as files that other programs read. */
import { readOptions, requireChoice } from '../../engine/checks.js';
import { InputError } from '../../engine/index.js';
import { configOf } from '../graph/modelConfig.js';
import { specsOf, type Model } from '../graph/model.js';
import { requireModel } from '../graph/checks.js';
import { writeKeras } from './keras/write.js';
import { writeOnnx } from './onnx/write.js';
import type { ExportFormat, ExportOptions, Outgoing } from './outgoing.js';
import { writePyTorch } from './pytorch/write.js';
import { writeTfjs } from './tfjs/write.js';

/** The files of a model by name; they throw InputErrors that name the layer, or an option that they have not. */
const WRITERS: Readonly<
  Record<
    ExportFormat,
    (model: Outgoing, options: Required<ExportOptions>) => Promise<Map<string, Uint8Array>>
  >
> = { keras: writeKeras, onnx: writeOnnx, pytorch: writePyTorch, tfjs: writeTfjs };

/** The formats that `exportModel` writes. */
export const exportFormats = Object.keys(WRITERS) as readonly ExportFormat[];

/**
 * The files of a model for another program, by name; the same model gives the same bytes. `keras`: `model.keras`, for
 * `keras.saving.load_model`. `tfjs`: `model.json` and `weights.bin`, for `tf.loadLayersModel`. `onnx`:
 * `model.onnx`, for ONNX Runtime and others. `pytorch`: `model.safetensors`, for
 * `model.load_state_dict(safetensors.torch.load_file(..))`. `importModel` reads them too.
 * @throws InputError when the other program has no equivalent of a layer, or the format none of an option
 */
export async function exportModel(
  model: Model,
  format: ExportFormat,
  options: ExportOptions = {},
): Promise<Map<string, Uint8Array>> {
  requireModel('exportModel', model);
  requireChoice('exportModel: format', format, exportFormats);
  const { outputs } = readOptions('exportModel', options, { outputs: 'logits' as const });
  requireChoice('exportModel: outputs', outputs, ['logits', 'probabilities']);
  const unknown = model.layers.find(({ layer }) => !layer.config);
  if (unknown)
    throw new InputError(
      `exportModel: layer ${unknown.name} is one of your own, or has a cell or activation of your own; other programs have none`,
    );
  const layers = model.layers.map(({ layer }) => layer);
  const { specs } = specsOf(model.input, layers);
  const weights = new Map(model.parameters.list.map(({ name, value }) => [name, value]));
  try {
    const parts = { layers: model.layers, specs, config: configOf(model), weights };
    return await WRITERS[format](parts, { outputs });
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`exportModel: ${error.message}`);
    throw error;
  }
}
