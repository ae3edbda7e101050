/** Weights of another program for a model that is there already: files of weights have no architecture. */
import { isRecord, readOptions, requireText, show } from '../../engine/checks.js';
import type { FloatArray } from '../../engine/index.js';
import type { Source } from '../weights/copy.js';
import { specsOf, type Model } from '../graph/model.js';
import { requireModel } from '../graph/checks.js';
import { requireFiles } from './checks.js';
import type { FileFormat } from './openedFile.js';
import { openFile } from './openFile.js';
import { refusing } from './refusal.js';

/** Options of `importWeights`. */
export interface ImportWeightsOptions {
  /** The name of the file in error messages. Default: its name in `files`, or 'the file'. */
  source?: string;
  /**
   * Which module of the file a layer is, where that is not clear:
   * `{ lstm: 'encoder.rnn', lstm2: 'encoder.rnn_l1' }`, `_l1` for the second layer of an nn.LSTM of several.
   * Default: found by names and shapes, if there is only one way; in Keras and tfjs, by the order of each kind.
   */
  names?: Readonly<Record<string, string>>;
}

/** What has been read. */
export interface ImportedWeights {
  readonly format: FileFormat;
  /** The module of the file for each layer, as in `names`. */
  readonly places: Readonly<Record<string, string>>;
  /** What to know about the weights: where some are not finite. */
  readonly notes: readonly string[];
}

/**
 * Reads the weights of a model from a file of another program: a state_dict of PyTorch (safetensors, or of
 * torch.save), weights.h5 of Keras; or from a file that also has a model, whose layers must be the same.
 * Nothing in the file is run, and nothing changes if anything does not fit. F16 and BF16 become float32; F64
 * has to fit.
 * @throws InputError when the file is damaged, or a layer or a tensor has no place
 */
export async function importWeights(
  model: Model,
  files: Uint8Array | ReadonlyMap<string, Uint8Array>,
  options: ImportWeightsOptions = {},
): Promise<ImportedWeights> {
  requireModel('importWeights', model);
  const { name, bytes, others } = requireFiles('importWeights', files);
  const { source, names } = readOptions('importWeights', options, { source: name, names: {} });
  requireText('importWeights: source', source);
  if (!isRecord(names))
    throw new TypeError(`importWeights: names must be an object of names by layer, not ${show(names)}`);
  for (const [layer, name] of Object.entries(names)) requireText(`importWeights: names: ${layer}`, name);
  const refuse = refusing(source);
  const { format, verify, weights } = await openFile(bytes, refuse, others);
  const said = await verify();
  const { specs } = specsOf(
    model.input,
    model.layers.map(({ layer }) => layer),
  );
  const parts = { layers: model.layers, specs };
  const { ours, places } = weights(parts, model.parameters.values.data, names);
  return { format, places, notes: [...(said?.notes ?? []), ...setWeights(model, ours)] };
}

/**
 * Sets parameters by name; biases that are not given are 0.
 * @returns notes on those that are not finite
 */
export function setWeights({ parameters }: Model, ours: ReadonlyMap<string, Source>): string[] {
  const notes: string[] = [];
  for (const { name, value } of parameters.list) {
    const { data, offset, size } = value;
    const given = ours.get(name);
    if (given) given.copyTo(value);
    else data.fill(0, offset, offset + size);
    const lost = countLost(data, offset, offset + size);
    if (lost > 0) notes.push(`${name} has ${lost} numbers that are not finite`);
  }
  return notes;
}

/** How many are not finite. */
function countLost(data: FloatArray, from: number, to: number): number {
  // 0·x is 0 unless x is not finite; four at a time it takes a third of the time of looking at each.
  let sum = 0;
  let n = from;
  for (; n + 3 < to; n += 4) sum += 0 * (data[n]! + data[n + 1]! + data[n + 2]! + data[n + 3]!);
  for (; n < to; n++) sum += 0 * data[n]!;
  if (sum === 0) return 0;
  let lost = 0;
  for (n = from; n < to; n++) if (!Number.isFinite(data[n])) lost++;
  return lost;
}
