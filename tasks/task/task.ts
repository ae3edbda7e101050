/** The interface of a program: its options, settings, checkpoint and training. */
import type { Command } from 'commander';
import type { Kernels } from '../../models/index.js';
import type { Saved, Saving, TaskState } from '../common/checkpoints.js';
import type { TaskOptions } from './options.js';
import type { Results } from './results.js';

/** Whether an option was given on the command line. */
export type IsGiven = (name: string) => boolean;

/**
 * A program that trains models. `taskCommand` makes its command line.
 * @typeParam O its options
 * @typeParam S the state that a checkpoint stores
 */
export interface Task<O extends TaskOptions, S extends TaskState> extends Saving<S> {
  readonly name: string;
  /** One line for the help text. */
  readonly description: string;
  /** Declares all options, including the shared ones. */
  addOptions(command: Command): Command;
  /** Calls `requireFiles` when a program has files besides those of the shared options. */
  checkFiles?(options: O): void;
  /**
   * The settings that determine the model and its training.
   * @param saved the run to continue; null: a new one
   */
  settings(options: O, isGiven: IsGiven, saved: Saved<S> | null): S['settings'];
  /**
   * Trains and saves. Yields its results as soon as there are any, and again when some are added.
   * A run that was asked to stop yields none.
   */
  train(
    kernels: Kernels,
    settings: S['settings'],
    options: O,
    saved: Saved<S> | null,
  ): AsyncIterable<Results>;
  /** Those of the results' main numbers that `--seeds` compares, in words. */
  readonly scores: readonly ScoreName[];
  /**
   * Options besides `--load`, `--save` and `--graph` that are for one model, and not for one of each seed.
   */
  readonly ofOneModel?: readonly string[];
  readonly use: Use<O, S>;
}

/** A number of `Results.final`. */
export interface ScoreName {
  readonly key: string;
  readonly name: string;
  /** Decimals shown. */
  readonly digits: number;
}

/** The use of a trained model, instead of training. */
export interface Use<O extends TaskOptions, S extends TaskState> {
  /** @throws InputError when only some of the options that it needs are given */
  isAsked(options: O, isGiven: IsGiven): boolean;
  /** The options that affect it besides `--load` and `--threads`, as commander names their values. */
  readonly takes: readonly string[];
  /** The message for any other option: the words before and after its name. */
  readonly refusal: readonly [before: string, after: string];
  /** @returns results to write; none: everything is printed */
  run(kernels: Kernels, saved: Saved<S>, options: O, isGiven: IsGiven): Promise<Results> | void;
}
