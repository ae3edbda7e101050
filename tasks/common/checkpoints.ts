/** Checkpoint files of tasks: models/checkpoint.ts makes the bytes, here they meet the disk. */
import {
  decodeCheckpoint,
  encodeCheckpoint,
  InputError,
  type Checkpoint,
  type Trainer,
} from '../../models/index.js';
import { MiB, readInput, writeOutput } from './files.js';

/** What each task's state has at least. */
export interface TaskState {
  readonly task: string;
}

/** More than any machine trains here; a pipe could go on for ever. */
const LIMIT = 4096 * MiB;

export async function saveCheckpoint(path: string, trainer: Trainer, state: TaskState): Promise<void> {
  await writeOutput(path, await encodeCheckpoint(trainer, state));
}

/**
 * Reads a checkpoint that `task` wrote.
 * @throws InputError when the file cannot be read, is not a checkpoint, is damaged, or is another task's
 */
export async function loadCheckpoint<S extends TaskState>(
  path: string,
  task: S['task'],
): Promise<{ checkpoint: Checkpoint; state: S }> {
  const checkpoint = await decodeCheckpoint(readInput(path, LIMIT), path);
  const state = checkpoint.state as TaskState | null;
  if (state?.task !== task) {
    throw new InputError(`${path} is a checkpoint of another task (${state?.task}); this is ${task}`);
  }
  return { checkpoint, state: state as S };
}
