/** The state that a task keeps in its checkpoints, and its checks. */
import { InputError, type CellName, type Checkpoint, type ModelOptions } from '../../models/index.js';
import { requireFit } from '../../models/weights/checkpoint.js';
import { badField, isAbsentOr, isCell, isWhole, type Fields } from './checks.js';

/** The settings that determine a model and its training. */
export interface TaskSettings {
  cell: CellName;
  /** Units of the recurrent layers; absent in older checkpoints: the program's own. */
  units?: number;
  /** Examples per training step. */
  batch: number;
  seed: number;
}

export const SETTINGS = {
  cell: isCell,
  units: isAbsentOr(isWhole(1)),
  batch: isWhole(1),
  seed: isWhole(0),
} satisfies Fields<Required<TaskSettings>>;

/** The fields that every task's state has. */
export interface TaskState {
  task: string;
  settings: TaskSettings;
}

/** What a model reads, and its layers. */
export type Architecture = Pick<ModelOptions, 'input' | 'layers'>;

/** What a task knows of its checkpoints. */
export interface Saving<S extends TaskState> {
  /** Checks of the state's fields. */
  readonly fields: Fields<Omit<S, 'task'>>;
  /** The model of a state. */
  readonly architecture: (state: S) => Architecture;
}

/**
 * The state of a task in a checkpoint.
 * @param source the checkpoint's name in messages
 * @throws InputError when the checkpoint is not of this task, or is damaged
 */
export function requireState<S extends TaskState>(
  checkpoint: Checkpoint,
  source: string,
  task: string,
  { fields, architecture }: Saving<S>,
): S {
  const state = checkpoint.state as S | null;
  if (state?.task !== task) {
    throw new InputError(`${source} is a checkpoint of another task (${state?.task}); this is ${task}`);
  }
  const bad = badField(state, fields);
  if (bad) {
    throw new InputError(
      `${source} is damaged: its ${bad} cannot be read; use an earlier copy, or train again`,
    );
  }
  requireWeights(checkpoint, architecture, source);
  return state;
}

/**
 * A model is made from the state only if it has the weights of the file: sizes in a file are not believed.
 */
function requireWeights<S>(
  checkpoint: Checkpoint,
  architecture: (state: S) => Architecture,
  source: string,
): void {
  try {
    requireFit(checkpoint, architecture(checkpoint.state as S), source);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${source} is damaged: it is of no model (${(error as Error).message})`);
  }
}
