/** The state that a task keeps in its checkpoints, and its checks. */
import { InputError, type CellName, type Checkpoint } from '../../models/index.js';
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

/**
 * The state of a task in a checkpoint.
 * @param source the checkpoint's name in messages
 * @param fields checks of the state's fields, except `task`
 * @throws InputError when the checkpoint is not of this task, or is damaged
 */
export function requireState<S extends TaskState>(
  checkpoint: Checkpoint,
  source: string,
  task: string,
  fields: Fields<Omit<S, 'task'>>,
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
  requireWeights(checkpoint, state.settings, source);
  return state;
}

/**
 * A model is made from the settings before it is compared with the tensors, so those must hold its weights at
 * least: each recurrent layer has a matrix of units by units.
 */
function requireWeights(
  { tensors }: Checkpoint,
  { units = 0, layers = 1 }: TaskSettings & { units?: number; layers?: number },
  source: string,
): void {
  const numbers = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
  if (numbers < layers * units ** 2)
    throw new InputError(
      `${source} is damaged: ${layers} layers of ${units} units have more weights than its ${numbers} numbers`,
    );
}
