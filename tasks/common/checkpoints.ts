/** Checkpoint files of tasks: models/weights/checkpoint.ts makes the bytes, here they meet the disk. */
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

/** What makes a model and its training what they are. */
export interface TaskSettings {
  cell: CellName;
  /** Examples per step. */
  batch: number;
  seed: number;
}

export const SETTINGS = { cell: isCell, batch: isWhole(1), seed: isWhole(0) } satisfies Fields<TaskSettings>;

/** What each task's state has at least. */
export interface TaskState {
  task: string;
  settings: TaskSettings;
}

/** A checkpoint, as loaded. */
export interface Saved<S extends TaskState> {
  readonly path: string;
  readonly checkpoint: Checkpoint;
  readonly state: S;
}

/** More than any machine trains here; a pipe could go on for ever. */
const LIMIT = 4096 * MiB;

/** @param path null: nothing is saved */
export async function saveCheckpoint(path: string | null, trainer: Trainer, state: TaskState): Promise<void> {
  if (path !== null) await writeOutput(path, await encodeCheckpoint(trainer, state));
}

/**
 * Reads a checkpoint that `task` wrote, and checks its state.
 * @param fields what each field of the state must be, but for its task
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
      `${path} is damaged: its ${bad} cannot be read; use an earlier copy, or train and save anew`,
    );
  }
  return { path, checkpoint, state };
}
