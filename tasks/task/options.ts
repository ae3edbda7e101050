/** The options that programs share, and the checks of their files before hours of work. */
import { Option, type Command } from 'commander';
import { cells, type CellName } from '../../models/index.js';
import { graphOption } from '../common/graphPicture.js';
import { threadsOption } from '../common/kernels.js';
import { directory, path, positiveInteger, positiveIntegerUpTo, wholeNumber } from '../common/options.js';
import { requireDistinct, requireWritable } from '../common/paths.js';
import { requireWritableReport } from '../report/index.js';

/** The files of a run; null: not given. */
export interface Files {
  /** Input: training data; null: the bundled data. */
  data: string | null;
  /** Output: the trained model. */
  save: string | null;
  /** Input: a trained model. */
  load: string | null;
  /** Output: the results. */
  json: string | null;
  /** Output: a picture of the unrolled network. */
  graph: string | null;
  /** Output: the directory for a page with charts. */
  report: string | null;
}

export const NO_FILES: Files = { data: null, save: null, load: null, json: null, graph: null, report: null };

export interface TaskOptions extends Files {
  cell: CellName;
  units: number;
  epochs: number;
  batch: number;
  seed: number;
  /** How many models are trained, with seeds from `seed` on. */
  seeds: number;
  threads: number;
}

/** Each is a training of its own, and all results are kept. */
const MOST_SEEDS = 1000;

type Defaults = Pick<TaskOptions, 'cell' | 'units' | 'epochs' | 'batch'> & {
  /** What has these units. */
  readonly of?: string;
};

/**
 * Adds the options of a program that trains a model or uses one.
 * @param chapter the chapter's values
 * @param data    what `--data` takes
 */
export function addTaskOptions(
  command: Command,
  { cell, units, of = 'each recurrent layer', epochs, batch }: Defaults,
  data: string,
): Command {
  command
    .addOption(cellOption().default(cell))
    .option('--units <n>', `units of ${of}`, positiveInteger, units)
    .option('--epochs <n>', 'passes over the training data', positiveInteger, epochs)
    .option('--batch <n>', 'examples per training step', positiveInteger, batch)
    .option('--seed <n>', 'determines weights, order, dropout and split', wholeNumber, 0)
    .addOption(seedsOption())
    .option('--data <file>', data, path)
    .option('--save <file>', 'write the trained model', path)
    .option('--load <file>', 'use a trained model instead of training', path);
  return addOutputOptions(command);
}

/** `--seeds`. A single training says little: weights and order are chance. */
export const seedsOption = () =>
  new Option('--seeds <n>', 'train with so many seeds, from --seed on: mean and spread of scores and curves')
    .argParser(positiveIntegerUpTo(MOST_SEEDS))
    .default(1);

export const cellOption = (description = 'the recurrent cell') =>
  new Option('--cell <name>', description).choices(Object.keys(cells));

/** Adds the options that come last in every program that trains a model. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(threadsOption())
    .option('--json <file>', 'write the results as JSON', path)
    .addOption(graphOption())
    .option('--report <directory>', 'write a page with charts into it', directory);
}

/**
 * Checks the files of a run. `--save` may name the same file as `--load`.
 * @param more further outputs of this program, by option
 * @throws InputError when a result could not be written, or would overwrite an input or another result
 */
export function requireFiles(
  task: string,
  { data, save, load, json, graph, report }: Files,
  more: Readonly<Record<string, string | null>> = {},
): void {
  const others = { '--json': json, '--graph': graph, ...more };
  requireDistinct({ '--data': data, '--load': load, ...others });
  requireDistinct({ '--data': data, '--save': save, ...others });
  for (const output of [save, ...Object.values(others)]) if (output !== null) requireWritable(output);
  if (report === null) return;
  requireWritableReport(report, task, { '--data': data, '--load': load, '--save': save, ...others });
}
