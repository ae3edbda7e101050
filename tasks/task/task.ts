/** The shape of a program: its options, its settings, its checkpoint, its training. */
import type { Command } from 'commander';
import type { Kernels } from '../../models/index.js';
import type { Saved, TaskState } from '../common/checkpoints.js';
import type { Fields } from '../common/checks.js';
import type { TaskOptions } from './options.js';
import type { Results } from './results.js';

/** Whether an option was named on the command line. */
export type IsGiven = (name: string) => boolean;

/**
 * A program that trains models. `taskCommand` makes a command line of it.
 * @typeParam O its options
 * @typeParam S the state that a checkpoint keeps
 */
export interface Task<O extends TaskOptions, S extends TaskState> {
  readonly name: string;
  /** In one line, for the help text. */
  readonly description: string;
  /** Names all options, those that programs share included. */
  addOptions(command: Command): Command;
  /** Calls `requireFiles` where a program has files that the shared options do not name. */
  checkFiles?(options: O): void;
  /** What a checkpoint must hold, field by field. */
  readonly fields: Fields<Omit<S, 'task'>>;
  /**
   * What makes the model and its training what they are.
   * @param saved the run to go on with; null: a new one
   */
  settings(options: O, isGiven: IsGiven, saved: Saved<S> | null): S['settings'];
  /**
   * Trains and saves; gives its results as soon as there are any, and once more if any are added.
   * None come from a run that was asked to stop.
   */
  train(
    kernels: Kernels,
    settings: S['settings'],
    options: O,
    saved: Saved<S> | null,
  ): AsyncIterable<Results>;
  readonly use: Use<O, S>;
}

/** What a program does with a trained model instead of training. */
export interface Use<O extends TaskOptions, S extends TaskState> {
  /** @throws InputError when half of what it needs is missing */
  isAsked(options: O, isGiven: IsGiven): boolean;
  /** The options with a say in it besides `--load` and `--threads`, as commander names their values. */
  readonly takes: readonly string[];
  /** What is said to any other option, before its name and after it. */
  readonly refusal: readonly [before: string, after: string];
  /** @returns results to be written; none: they are all printed */
  run(kernels: Kernels, saved: Saved<S>, options: O, isGiven: IsGiven): Promise<Results> | void;
}
