/** The options that the programs have in common. */
import { Option, type Command } from 'commander';
import { cells, InputError, type CellName } from '../../models/index.js';
import { graphOption } from './graphPicture.js';
import { threadsOption } from './kernels.js';
import { directory, path, positiveInteger, wholeNumber } from './options.js';
import { requireDistinct, requireWritable } from './paths.js';

export interface TaskOptions {
  cell: CellName;
  epochs: number;
  batch: number;
  seed: number;
  threads: number;
  data?: string;
  save?: string;
  load?: string;
  json?: string;
  graph?: string;
  report?: string;
}

/** The chapter's values, and what the program's data is. */
export interface TaskDefaults extends Pick<TaskOptions, 'cell' | 'epochs' | 'batch'> {
  /** What `--data` takes. */
  data: string;
}

/** Adds them to the command of a program. */
export function addTaskOptions(command: Command, { cell, epochs, batch, data }: TaskDefaults): Command {
  return command
    .addOption(new Option('--cell <name>', 'the recurrent cell').choices(Object.keys(cells)).default(cell))
    .option('--epochs <n>', 'times through the training data', positiveInteger, epochs)
    .option('--batch <n>', 'examples per training step', positiveInteger, batch)
    .option('--seed <n>', 'fixes weights, order, dropout and split', wholeNumber, 0)
    .option('--data <file>', data, path)
    .option('--save <file>', 'write the trained model', path)
    .option('--load <file>', 'a trained model, to be used instead of training', path)
    .addOption(threadsOption())
    .option('--json <file>', 'write the results as JSON', path)
    .addOption(graphOption())
    .option('--report <directory>', 'write a page with charts into it', directory);
}

/** @throws InputError when a result could not be written, or would overwrite what is read; before hours of work */
export function requireOutputs({ data, save, load, json, graph }: TaskOptions): void {
  requireDistinct({
    '--data': data ?? null,
    '--load': load ?? null,
    '--save': save ?? null,
    '--json': json ?? null,
    '--graph': graph ?? null,
  });
  for (const output of [save, json, graph]) if (output) requireWritable(output);
}

/**
 * For a command that uses a trained model instead of training.
 * @param used  the options that have a say in it, named as commander names their values
 * @param doing what the command does, for the message
 * @throws InputError when another option is given
 */
export function requireOnly(command: Command, used: readonly string[], doing: string): void {
  const idle = command.options.find((option) => {
    const name = option.attributeName();
    return !used.includes(name) && command.getOptionValueSource(name) === 'cli';
  });
  if (idle) throw new InputError(`${doing}, without ${idle.long}: leave it out`);
}
