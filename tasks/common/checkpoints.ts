/** Checkpoint files of tasks. Their bytes are made in models/weights/checkpoint.ts. */
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint, type Trainer } from '../../models/index.js';
import { MiB, readInput, writeOutput } from './files.js';
import { requireState, type Saving, type TaskState } from './taskState.js';

export { SETTINGS } from './taskState.js';
export type { Architecture, Saving, TaskSettings, TaskState } from './taskState.js';

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
 * @throws InputError when the file cannot be read, is not a checkpoint of this task, or is damaged
 */
export async function loadSaved<S extends TaskState>(
  path: string,
  task: string,
  saving: Saving<S>,
): Promise<Saved<S>> {
  const checkpoint = await decodeCheckpoint(readInput(path, LIMIT), path);
  return { path, checkpoint, state: requireState(checkpoint, path, task, saving) };
}
