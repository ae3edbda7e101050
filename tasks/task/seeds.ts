/** `--seeds n`: trains with n seeds, and gives the mean and the spread of scores and learning curves. */
import type { Command } from 'commander';
import { InputError } from '../../models/index.js';
import type { TaskState } from '../common/checkpoints.js';
import { listenForInterrupt } from '../common/interrupt.js';
import { withKernels } from '../common/kernels.js';
import { duration } from '../common/progress.js';
import { print, quietly, say } from '../common/say.js';
import type { TaskOptions } from './options.js';
import { writeJson, writePage, type Results } from './results.js';
import { curvesOf, scoresOf, type SeedRun } from './seedCurves.js';
import { printSeeds, seedsPage } from './seedsReport.js';
import type { IsGiven, Task } from './task.js';

/** @throws InputError when an option is given that is for one model */
function requireManyModels(command: Command, ofOneModel: readonly string[]): void {
  const given = command.options.find((option) => {
    const name = option.attributeName();
    return ofOneModel.includes(name) && command.getOptionValueSource(name) === 'cli';
  });
  if (given) throw new InputError(`--seeds trains several models, ${given.long} is for one: leave it out`);
}

/** Trains with each seed; prints and writes what the trainings have in common. */
export async function trainSeeds<O extends TaskOptions, S extends TaskState>(
  task: Task<O, S>,
  options: O,
  command: Command,
): Promise<void> {
  requireManyModels(command, ['load', 'save', 'graph', ...(task.ofOneModel ?? [])]);
  if (options.data === '-')
    throw new InputError('--seeds reads the data with each seed, and standard input only once: give a file');
  const { seed, seeds } = options;
  if (!Number.isSafeInteger(seed + (seeds - 1)))
    throw new InputError(`--seed ${seed} has no ${seeds} seeds from it on: give a smaller one`);
  const isGiven: IsGiven = (name) => name === 'seed' || command.getOptionValueSource(name) === 'cli';
  const runs: SeedRun[] = [];
  try {
    await runEach(task, options, isGiven, runs);
  } finally {
    // The results of hours do not depend on whether the last training ends well.
    if (runs.length > 0) await report(task, options, isGiven, runs);
  }
}

/** Trains with each seed until it is asked to stop, and adds to `runs`. */
async function runEach<O extends TaskOptions, S extends TaskState>(
  task: Task<O, S>,
  options: O,
  isGiven: IsGiven,
  runs: SeedRun[],
): Promise<void> {
  const { seed: from, seeds, threads } = options;
  const interrupt = listenForInterrupt();
  say('seeds', `${seeds} trainings, with seeds ${from} to ${from + seeds - 1}`);
  try {
    for (let seed = from; seed < from + seeds && !interrupt.signal.aborted; seed++) {
      const isFirst = seed === from;
      const each = { ...options, seed };
      const begin = performance.now();
      const train = () =>
        withKernels(threads, async (kernels) => {
          const results = await lastOf(task.train(kernels, task.settings(each, isGiven, null), each, null));
          return results && { seed, results, kernels };
        });
      // What the others print of data and model is what the first has printed.
      const run = await (isFirst ? train() : quietly(train));
      if (!run) break;
      const seconds = (performance.now() - begin) / 1000;
      runs.push({ ...run, seconds });
      if (isFirst) print('');
      say('seed', describeRun(task, runs.at(-1)!, isFirst ? seeds - 1 : 0));
    }
  } finally {
    interrupt.release();
    if (interrupt.signal.aborted) process.exitCode = interrupt.status;
  }
}

async function report<O extends TaskOptions, S extends TaskState>(
  task: Task<O, S>,
  options: O,
  isGiven: IsGiven,
  runs: readonly SeedRun[],
): Promise<void> {
  const { kernels, results } = runs[0]!;
  const missing = options.seeds - runs.length;
  if (missing > 0) print(`stopped: ${missing} of ${options.seeds} trainings are missing`);
  const [scores, curves] = [scoresOf(task.scores, runs), curvesOf(runs)];
  printSeeds(scores, curves);
  const each = runs.map(({ seed, seconds, results: { epochs, final } }) => ({
    seed,
    seconds,
    epochs,
    final,
  }));
  await writeJson(
    options.json,
    kernels,
    { task: task.name, seed: options.seed },
    {
      ...{ seeds: runs.length, settings: task.settings(options, isGiven, null), data: results.data },
      ...{ scores, curves, runs: each },
    },
  );
  await writePage(options.report, kernels, task.name, () => seedsPage(task.scores, runs, scores, curves));
}

/** The last results that a training yields; null: it was asked to stop. */
async function lastOf(training: AsyncIterable<Results>): Promise<Results | null> {
  let last: Results | null = null;
  for await (const results of training) last = results;
  return last;
}

/** `3: 41 s; accuracy on words 0.9553` */
function describeRun<O extends TaskOptions, S extends TaskState>(
  { scores }: Task<O, S>,
  { seed, seconds, results }: SeedRun,
  others: number,
): string {
  const values = scores.flatMap(({ key, name, digits }) => {
    const value = results.final[key];
    const isScore = typeof value === 'number' && Number.isFinite(value) && !key.startsWith('baseline');
    return isScore ? [`${name} ${value.toFixed(digits)}`] : [];
  });
  const left = others === 0 ? '' : `, about ${duration(seconds * others)} for the others`;
  return `${seed}: ${duration(seconds)}${left}; ${values.join('; ')}`;
}
