/** The command line of the four topologies. */
import { Argument, Command } from 'commander';
import { InputError, type CellName, type Kernels } from '../../models/index.js';
import { describeKernels, threadsOption, withKernels } from '../common/kernels.js';
import { path, positiveInteger, wholeNumber } from '../common/options.js';
import { printTable } from '../common/printTable.js';
import { print } from '../common/say.js';
import { msPerStep, trainEpochs, type EpochPoint } from '../common/training.js';
import { cellOption, NO_FILES, requireFiles } from '../task/options.js';
import { writeJson } from '../task/results.js';
import { topologies } from './topologies.js';
import { printExample, printGraph } from './print.js';
import type { Score, Topology, TopologySettings } from './topology.js';

interface Options {
  cell?: CellName;
  epochs?: number;
  size?: number;
  seed: number;
  threads: number;
  json?: string;
}

export function topologyCommand(): Command {
  const names = Object.entries(topologies).map(([name, { description }]) => `${name}: ${description}`);
  const sizes = Object.entries(topologies).map(
    ([name, { sized, defaults }]) => `${name}: ${sized} (default: ${defaults.size})`,
  );
  return new Command('topology')
    .description('four small programs, one for each arrangement of a recurrent network, with known answers')
    .addArgument(new Argument('<name>', names.join('; ')).choices(Object.keys(topologies)))
    .addOption(cellOption('the recurrent cell (default: lstm; adding: rnn, gru and lstm in turn)'))
    .option('--epochs <n>', 'epochs to train for (default: enough)', positiveInteger)
    .option('--size <n>', sizes.join('; '), positiveInteger)
    .option('--seed <n>', 'determines weights and examples', wholeNumber, 0)
    .addOption(threadsOption())
    .option('--json <file>', 'write the results as JSON', path)
    .action((name: keyof typeof topologies, options: Options) => runTopology(name, options));
}

async function runTopology(name: keyof typeof topologies, options: Options): Promise<void> {
  const { cell, seed, threads, json = null } = options;
  const topology: Topology = topologies[name];
  const { defaults, description, sized, sizes } = topology;
  const { epochs = defaults.epochs, size = defaults.size } = options;
  if (size < sizes.least || size > sizes.most) {
    throw new InputError(`${name}: --size (${sized}) is ${sizes.least} to ${sizes.most}, not ${size}`);
  }
  requireFiles('topology', { ...NO_FILES, json });
  const settings = { cells: cell ? [cell] : defaults.cells, epochs, size };
  await withKernels(threads, async (kernels) => {
    print(`task     ${description}`);
    print(`size     ${size} ${sized}, seed ${seed}`);
    print(`kernels  ${describeKernels(kernels)}`);
    const results = await trainAll(kernels, topology, { ...settings, seed });
    if (!results) return;
    const { epochs, final, rows } = results;
    print('');
    printTable({ head: ['', topology.measure], rows });
    const data = { source: 'drawn at random from the seed' };
    const numbers = { settings, data, epochs, final, msPerStep: msPerStep(epochs) };
    await writeJson(json, kernels, { task: `topology ${name}`, seed }, numbers);
  });
}

interface Results extends Score {
  /** In order of training, one cell after the other. */
  readonly epochs: readonly (EpochPoint & { readonly cell: CellName })[];
}

/** @returns null if it was asked to stop */
async function trainAll(
  kernels: Kernels,
  topology: Topology,
  { cells, ...settings }: Omit<TopologySettings, 'cell'> & { cells: readonly CellName[] },
): Promise<Results | null> {
  const epochs: (EpochPoint & { cell: CellName })[] = [];
  const scores: Score[] = [];
  for (const cell of cells) {
    const { problem, example, test } = topology.create(kernels, { ...settings, cell });
    const { trainer, ...training } = problem;
    printGraph(trainer.model, training.unroll);
    const trained = await trainEpochs(trainer, { ...training, epochs: settings.epochs });
    if (trained.stopped) return null;
    printExample(await example());
    epochs.push(...trained.epochs.map((point) => ({ cell, ...point })));
    scores.push(await test(trained.epochs));
  }
  const baseline = scores[0]!.rows.at(-1)!;
  return {
    epochs,
    final: Object.assign({}, ...scores.map(({ final }) => final)) as Score['final'],
    rows: [...scores.flatMap(({ rows }) => rows.slice(0, -1)), baseline],
  };
}
