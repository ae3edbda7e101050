/** Checkpoint files of tasks. Their bytes are made in models/weights/checkpoint.ts. */
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint, type Trainer } from '../../models/index.js';
import type { Fields } from './checks.js';
import { MiB, readInput, writeOutput } from './files.js';
import { requireState, type TaskState } from './taskState.js';

export { SETTINGS, type TaskSettings, type TaskState } from './taskState.js';

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
  return { path, checkpoint, state: requireState(checkpoint, path, task, fields) };
}
