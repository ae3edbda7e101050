/**
 * Checkpoints: everything needed to continue a run exactly, in one file.
 *
 * Weights are stored under their names, optimizer memory under `optimizer.` and its name, and the best weights
 * of early stopping, flat, under `best`. The step count, the state of the dropout generator, what the model's layers say
 * of themselves and the program's state (position, configuration, generators) are JSON.
 */
import { hasMembers, requireText, show } from '../../engine/checks.js';
import { fromState, InputError, type RandomState } from '../../engine/index.js';
import { flatten } from '../../engine/parameters.js';
import { specsOf, type ModelOptions } from '../graph/model.js';
import { configOf, findDifference, isModelConfig, type ModelConfig } from '../graph/modelConfig.js';
import { decodeTensors, encodeTensors, type SavedTensor } from './safetensors.js';
import { requireTrainer } from '../training/checks.js';
import type { Trainer } from '../training/trainer.js';

/** A decoded checkpoint: its state, and its tensors by name. */
export interface Checkpoint {
  /** Whatever the program that wrote it put there. */
  readonly state: unknown;
  /** Optimizer steps taken. */
  readonly steps: number;
  /** The state of the dropout generator. */
  readonly noise: RandomState;
  /** What the model was; null in files of format 1. */
  readonly model: ModelConfig | null;
  readonly tensors: ReadonlyMap<string, SavedTensor>;
}

/**
 * Encodes a checkpoint as the bytes of a file.
 * @param state any JSON value: configuration, position, random generators, history
 * @throws TypeError when the state is no JSON value
 */
export async function encodeCheckpoint(trainer: Trainer, state: unknown): Promise<Uint8Array> {
  requireTrainer('encodeCheckpoint', trainer);
  const noise = trainer.model.dropoutRandom.state();
  const model = configOf(trainer.model);
  return encodeTensors(tensorsOf(trainer), jsonOf({ steps: trainer.steps, noise, model, state }));
}

/** @throws TypeError when something in it would be lost or become null */
function jsonOf(value: Omit<Checkpoint, 'tensors'>): string {
  const requireJson = (name: string, part: unknown): unknown => {
    const isLost = typeof part === 'number' ? !Number.isFinite(part) : NO_JSON.has(typeof part);
    if (isLost || part instanceof Promise || ArrayBuffer.isView(part) || part instanceof Map)
      throw new TypeError(`encodeCheckpoint: ${name} of the state is no JSON value: ${show(part)}`);
    return part;
  };
  if (value.state === undefined)
    throw new TypeError('encodeCheckpoint: the state is undefined; null is none');
  try {
    return JSON.stringify(value, requireJson);
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith('encodeCheckpoint')) throw error;
    throw new TypeError(`encodeCheckpoint: the state is no JSON value (${message})`, { cause: error });
  }
}

/** Types of values that JSON has not; members that are undefined are left out, as JSON does. */
const NO_JSON = new Set(['function', 'symbol', 'bigint']);

/**
 * Decodes the bytes of a checkpoint.
 * @param source its name in error messages, such as the file's name
 * @throws InputError when it is not a checkpoint of this library, or is truncated or damaged
 */
export async function decodeCheckpoint(bytes: Uint8Array, source: string): Promise<Checkpoint> {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(`decodeCheckpoint: bytes must be a Uint8Array, not ${show(bytes)}`);
  requireText('decodeCheckpoint: source', source);
  const { text, tensors } = await decodeTensors(bytes, source);
  try {
    const { state, steps, noise, model = null } = JSON.parse(text) as Record<string, unknown>;
    if (Number.isSafeInteger(steps) && (steps as number) >= 0 && (model === null || isModelConfig(model))) {
      return {
        state,
        steps: steps as number,
        noise: fromState(noise as RandomState).state(),
        model,
        tensors,
      };
    }
  } catch {
    // Rejected below.
  }
  throw new InputError(`${source} is damaged: its state cannot be read; use an earlier checkpoint`);
}

/**
 * Compares a checkpoint with what a model would be, before that is made: nothing is allocated.
 * @throws InputError when a model of this input and these layers has other weights; RangeError when there is none
 */
export function requireFit(
  { tensors }: Checkpoint,
  { input, layers }: Pick<ModelOptions, 'input' | 'layers'>,
  source: string,
): void {
  for (const [name, { shape }] of flatten(specsOf(input, layers).specs)) {
    const saved = tensors.get(name)?.shape;
    if (String(saved) === String(shape)) continue;
    const [there, here] = [saved ? `[${saved.join(', ')}]` : 'nothing', `[${shape.join(', ')}]`];
    throw new InputError(
      `${source} is from another model: for ${name} it holds ${there}, this model needs ${here}`,
    );
  }
}

/**
 * Restores weights, optimizer memory and step count of a trainer; changes nothing if anything does not fit.
 * @throws InputError when the checkpoint is from another model, optimizer or number type
 */
export function restoreTrainer(trainer: Trainer, checkpoint: Checkpoint, source: string): void {
  requireTrainer('restoreTrainer', trainer);
  if (!hasMembers(checkpoint, 'tensors', 'steps', 'noise') || typeof checkpoint.tensors?.get !== 'function')
    throw new TypeError(`restoreTrainer takes what decodeCheckpoint returns, not ${show(checkpoint)}`);
  requireText('restoreTrainer: source', source);
  const other = checkpoint.model && findDifference(configOf(trainer.model), checkpoint.model);
  if (other) throw new InputError(`${source} is from another model: ${other}`);
  const { values } = trainer.model.parameters;
  // A file has them if its training had; whether this trainer has some now does not matter.
  const hasBest = checkpoint.tensors.has('best');
  const best = hasBest ? values.data.slice(values.offset, values.offset + values.size) : null;
  const own = tensorsOf({ ...trainer, best });
  const describe = (t: SavedTensor | undefined) =>
    t ? `${t.data instanceof Float64Array ? 'float64' : 'float32'} [${t.shape.join(', ')}]` : 'nothing';
  for (const name of new Set([...own.keys(), ...checkpoint.tensors.keys()])) {
    const [here, there] = [describe(own.get(name)), describe(checkpoint.tensors.get(name))];
    if (here !== there) {
      throw new InputError(
        `${source} is from another model: for ${name} it holds ${there}, this model needs ${here}`,
      );
    }
  }
  for (const [name, { data }] of own) data.set(checkpoint.tensors.get(name)!.data);
  trainer.best = best;
  trainer.steps = checkpoint.steps;
  trainer.model.dropoutRandom.restore(checkpoint.noise);
}

/** The tensors of a trainer to be saved, by name. */
function tensorsOf({ model, memory, best }: Trainer): Map<string, SavedTensor> {
  return new Map<string, SavedTensor>([
    ...model.parameters.list.map(({ name, value }) => [name, value] as const),
    ...Object.entries(memory).map(([name, t]) => [`optimizer.${name}`, t] as const),
    ...(best ? [['best', { shape: [best.length], data: best }] as const] : []),
  ]);
}
