/** Models from files. */
import { readOptions, requireKernels, requireText } from '../../engine/checks.js';
import {
  zeros,
  type FloatArray,
  type Kernels,
  type ParameterSpec,
  type ParameterSpecs,
} from '../../engine/index.js';
import { createLayer } from '../configs/createLayer.js';
import { assemble, specsOf, type Model } from '../graph/model.js';
import type { ModelConfig } from '../graph/modelConfig.js';
import { requireFiles } from './checks.js';
import { setWeights } from './importWeights.js';
import type { FileFormat } from './openedFile.js';
import { openFile } from './openFile.js';
import { refusing, type Refuse } from './refusal.js';

/** Options of `importModel`. */
export interface ImportOptions {
  kernels: Kernels;
  /** The name of the file in error messages. Default: its name in `files`, or 'the file'. */
  source?: string;
}

/** A model from a file. */
export interface ImportedModel {
  readonly model: Model;
  readonly format: FileFormat;
  /** What to know about it: what differs here, and where weights are not finite. */
  readonly notes: readonly string[];
}

/**
 * The model in a file that says what it is, such as those of `exportModel`, and checkpoints. A state_dict does not:
 * `importWeights` reads it into a model.
 * @param files the bytes of a file, or files by name, as `exportModel` returns them: the first is the model, or the
 * text that describes it (`model.json`); others are those that it refers to, such as `model.onnx.data`
 * @throws InputError when the file is damaged, or does not say what the model is
 */
export async function importModel(
  files: Uint8Array | ReadonlyMap<string, Uint8Array>,
  options: ImportOptions,
): Promise<ImportedModel> {
  const { name, bytes, others } = requireFiles('importModel', files);
  const { kernels, source } = readOptions('importModel', options, { source: name }, ['kernels']);
  requireKernels('importModel', kernels);
  requireText('importModel: source', source);
  const refuse = refusing(source);
  const { format, tensors, weights, ...file } = await openFile(bytes, refuse, others);
  const network = await file.network();
  if (!network) {
    const list = tensors.slice(0, 20).map(({ name, shape }) => `${name} [${shape.join(', ')}]`);
    const more = tensors.length > 20 ? ` and ${tensors.length - 20} more` : '';
    throw refuse(
      `${format.endsWith('h5') ? 'a file of weights' : 'a state_dict'}, which does not say what the model is: make one and use importWeights(model, bytes); it has ${list.join(', ') || 'nothing'}${more}`,
    );
  }
  const { namedLayers, specs } = layersOf(network.config, refuse);
  const { ours } = weights({ layers: namedLayers, specs }, probe(kernels), network.places ?? {});
  const given = { kernels, input: network.config.input, layers: namedLayers, seed: 0 };
  const model = assemble(given, startingAtZero(specs));
  return { model, format, notes: [...network.notes, ...setWeights(model, ours)] };
}

/** The layers of a config, with their parameters; nothing is allocated. */
function layersOf({ input, layers }: ModelConfig, refuse: Refuse): ReturnType<typeof specsOf> {
  const made = layers.map(({ name, config }) => {
    try {
      return createLayer(config!);
    } catch (error) {
      throw refuse(`layer ${name}: ${(error as Error).message}`);
    }
  });
  try {
    return specsOf(input, made);
  } catch (error) {
    throw refuse((error as Error).message);
  }
}

/** A number of the type that the kernels compute with. */
function probe(kernels: Kernels): FloatArray {
  const region = kernels.region('probe');
  const { data } = region.run(() => kernels.zeros(1));
  region.release();
  return data;
}

const isSpec = (one: ParameterSpec | ParameterSpecs): one is ParameterSpec => 'shape' in one;

/** The same parameters, beginning with 0 because all are set: orthogonal ones take long. */
const startingAtZero = (specs: ParameterSpecs): ParameterSpecs =>
  Object.fromEntries(
    Object.entries(specs).map(([name, one]) => [
      name,
      isSpec(one) ? { ...one, initialize: zeros } : startingAtZero(one),
    ]),
  );
