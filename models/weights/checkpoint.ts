/**
 * Checkpoints: everything a run needs to go on as if it had never stopped, in one file.
 *
 * Weights go by their names, optimizer memory by `optimizer.` and its name; the steps taken, what dropout draws next and the
 * program's state (position, configuration, random generators) are JSON beside them.
 */
import { fromState, InputError, type RandomState, type Tensor } from '../../engine/index.js';
import { decodeTensors, encodeTensors, type SavedTensor } from './safetensors.js';
import type { Trainer } from '../training/trainer.js';

/** A checkpoint as read: its state, and its tensors by name. */
export interface Checkpoint {
  /** Whatever the program that wrote it put there. */
  readonly state: unknown;
  /** Optimizer steps taken. */
  readonly steps: number;
  /** Where dropout's random numbers go on. */
  readonly noise: RandomState;
  readonly tensors: ReadonlyMap<string, SavedTensor>;
}

/**
 * The file's bytes.
 * @param state anything that JSON can hold: configuration, position, random generators, history
 */
export async function encodeCheckpoint(trainer: Trainer, state: unknown): Promise<Uint8Array> {
  return encodeTensors(
    tensorsOf(trainer),
    JSON.stringify({ steps: trainer.steps, noise: trainer.model.dropoutRandom.state(), state }),
  );
}

/**
 * Reads a checkpoint's bytes.
 * @param source what to call it in messages, such as the file's name
 * @throws InputError when it is not a checkpoint of ours, truncated or damaged
 */
export async function decodeCheckpoint(bytes: Uint8Array, source: string): Promise<Checkpoint> {
  const { text, tensors } = await decodeTensors(bytes, source);
  try {
    const { state, steps, noise } = JSON.parse(text) as Record<string, unknown>;
    if (Number.isSafeInteger(steps) && (steps as number) >= 0) {
      return { state, steps: steps as number, noise: fromState(noise as RandomState).state(), tensors };
    }
  } catch {
    // Refused below.
  }
  throw new InputError(`${source} is damaged: its state cannot be read; use an earlier checkpoint`);
}

/**
 * Puts weights, optimizer memory and step count into a trainer. Nothing is changed when anything does not fit.
 * @throws InputError when the checkpoint is of another model, optimizer or number type
 */
export function restoreTrainer(trainer: Trainer, checkpoint: Checkpoint, source: string): void {
  const own = tensorsOf(trainer);
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
  trainer.steps = checkpoint.steps;
  trainer.model.dropoutRandom.restore(checkpoint.noise);
}

/** What is saved of a trainer, by name. */
function tensorsOf({ model, memory }: Trainer): Map<string, Tensor> {
  return new Map([
    ...model.parameters.list.map(({ name, value }) => [name, value] as const),
    ...Object.entries(memory).map(([name, t]) => [`optimizer.${name}`, t] as const),
  ]);
}
