/** Checkpoint files of tasks: models/weights/checkpoint.ts makes the bytes, here they meet the disk. */
import {
  decodeCheckpoint,
  encodeCheckpoint,
  InputError,
  type Checkpoint,
  type Trainer,
} from '../../models/index.js';
import { badField, type Check } from './checks.js';
import { MiB, readInput, writeOutput } from './files.js';

/** What each task's state has at least. */
export interface TaskState {
  readonly task: string;
}

/** A checkpoint, as loaded. */
export interface Saved<S extends TaskState> {
  readonly path: string;
  readonly checkpoint: Checkpoint;
  readonly state: S;
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
async function loadCheckpoint<S extends TaskState>(
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

/**
 * Reads a checkpoint that `task` wrote, and checks its state.
 * @param fields what each field of the state must be
 * @throws InputError as `loadCheckpoint`, and when a field is missing or wrong
 */
export async function loadSaved<S extends TaskState>(
  path: string,
  task: S['task'],
  fields: Record<keyof S, Check>,
): Promise<Saved<S>> {
  const { checkpoint, state } = await loadCheckpoint<S>(path, task);
  const bad = badField(state, fields);
  if (bad) throw damaged(path, bad);
  return { path, checkpoint, state };
}

/** The error of a checkpoint in which a field makes no sense. */
export function damaged(path: string, field: string): InputError {
  return new InputError(
    `${path} is damaged: its ${field} cannot be read; use an earlier copy, or train and save anew`,
  );
}
