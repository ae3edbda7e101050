/** Checkpoint files of tasks. Their bytes are made in models/weights/checkpoint.ts. */
import {
  decodeCheckpoint,
  encodeCheckpoint,
  InputError,
  type CellName,
  type Checkpoint,
  type Trainer,
} from '../../models/index.js';
import { badField, isCell, isWhole, type Fields } from './checks.js';
import { MiB, readInput, writeOutput } from './files.js';

/** The settings that determine a model and its training. */
export interface TaskSettings {
  cell: CellName;
  /** Examples per training step. */
  batch: number;
  seed: number;
}

export const SETTINGS = { cell: isCell, batch: isWhole(1), seed: isWhole(0) } satisfies Fields<TaskSettings>;

/** The fields that every task's state has. */
export interface TaskState {
  task: string;
  settings: TaskSettings;
}

/** A loaded checkpoint. */
export interface Saved<S extends TaskState> {
  readonly path: string;
  readonly checkpoint: Checkpoint;
  readonly state: S;
}

/** Above any model's size; a pipe might never end. */
const LIMIT = 4096 * MiB;

/** @param path null: save nothing */
export async function saveCheckpoint(path: string | null, trainer: Trainer, state: TaskState): Promise<void> {
  if (path !== null) await writeOutput(path, await encodeCheckpoint(trainer, state));
}

/**
 * Reads a checkpoint that `task` wrote, and checks its state.
 * @param fields checks of the state's fields, except `task`
 * @throws InputError when the file cannot be read, is not a checkpoint of this task, or is damaged
 */
export async function loadSaved<S extends TaskState>(
  path: string,
  task: string,
  fields: Fields<Omit<S, 'task'>>,
): Promise<Saved<S>> {
  const checkpoint = await decodeCheckpoint(readInput(path, LIMIT), path);
  const state = checkpoint.state as S | null;
  if (state?.task !== task) {
    throw new InputError(`${path} is a checkpoint of another task (${state?.task}); this is ${task}`);
  }
  const bad = badField(state, fields);
  if (bad) {
    throw new InputError(
      `${path} is damaged: its ${bad} cannot be read; use an earlier copy, or train again`,
    );
  }
  requireWeights(checkpoint, state.settings, path);
  return { path, checkpoint, state };
}

/**
 * A model is made from the settings before it is compared with the tensors, so those must hold its weights at
 * least: each recurrent layer has a matrix of units by units.
 */
function requireWeights(
  { tensors }: Checkpoint,
  { units = 0, layers = 1 }: TaskSettings & { units?: number; layers?: number },
  path: string,
): void {
  const numbers = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
  if (numbers < layers * units ** 2)
    throw new InputError(
      `${path} is damaged: ${layers} layers of ${units} units have more weights than its ${numbers} numbers`,
    );
}
