/** The command line of a program: checks options, loads a checkpoint, runs it, writes the results. */
import { Command } from 'commander';
import { InputError, type Kernels } from '../../models/index.js';
import { loadSaved, type TaskState } from '../common/checkpoints.js';
import { writeGraphPicture } from '../common/graphPicture.js';
import { withKernels } from '../common/kernels.js';
import { msPerStep } from '../common/training.js';
import { requireFormatted } from './lines.js';
import { NO_FILES, requireFiles, type Files, type TaskOptions } from './options.js';
import { writeJson, writePage, type Results } from './results.js';
import { trainSeeds } from './seeds.js';
import type { Task, Use } from './task.js';

export function taskCommand<O extends TaskOptions, S extends TaskState>(task: Task<O, S>): Command {
  return task
    .addOptions(new Command(task.name).description(task.description))
    .action((_, command: Command) => runTask(task, command));
}

async function runTask<O extends TaskOptions, S extends TaskState>(
  task: Task<O, S>,
  command: Command,
): Promise<void> {
  const options = { ...NO_FILES, ...command.opts<O>() };
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  const { name, use } = task;
  const isUse = use.isAsked(options, isGiven);
  if (isUse) requireOnly(command, use);
  requireFormatted(command);
  if (task.checkFiles) task.checkFiles(options);
  else requireFiles(name, options);
  if (options.seeds > 1) return trainSeeds(task, options, command);
  const saved = options.load === null ? null : await loadSaved(options.load, name, task);

  if (saved && isUse) {
    // It processes one character, word or reading at a time: more threads would have nothing to do.
    return withKernels(1, async (kernels) => {
      const results = await use.run(kernels, saved, options, isGiven);
      if (results) await write(kernels, saved.state, results, options);
    });
  }
  const settings = task.settings(options, isGiven, saved);
  await withKernels(options.threads, async (kernels) => {
    let isFirst = true;
    for await (const results of task.train(kernels, settings, options, saved)) {
      await write(kernels, { task: name, settings }, results, options, isFirst);
      isFirst = false;
    }
  });
}

/** @throws InputError when an option is given that has no effect on the use of a trained model */
function requireOnly<O extends TaskOptions, S extends TaskState>(
  command: Command,
  { takes, refusal: [before, after] }: Use<O, S>,
): void {
  const used = ['load', 'threads', ...takes];
  const idle = command.options.find((option) => {
    const name = option.attributeName();
    return !used.includes(name) && command.getOptionValueSource(name) === 'cli';
  });
  if (idle) throw new InputError(`${before}, without ${idle.long}: ${after}`);
}

/** Writes the results to all files that the options name. */
async function write(
  kernels: Kernels,
  { task, settings }: TaskState,
  { data, epochs, final, chance, page, picture }: Results,
  { json, report, graph }: Files,
  isFirst = true,
): Promise<void> {
  const numbers = { settings, data, epochs, final, msPerStep: msPerStep(epochs) };
  await writeJson(json, kernels, { task, seed: settings.seed, ...chance }, numbers);
  await writePage(report, kernels, task, page, isFirst);
  if (graph !== null && picture) await writeGraphPicture(graph, picture);
}
