/** The command line of the four topologies. */
import { Argument, Command } from 'commander';
import { InputError, type CellName } from '../../models/index.js';
import { describeKernels, threadsOption, withKernels } from '../common/kernels.js';
import { path, positiveInteger, wholeNumber } from '../common/options.js';
import { printTable } from '../common/printTable.js';
import { msPerStep } from '../common/training.js';
import { cellOption, NO_FILES, requireFiles } from '../task/options.js';
import { writeJson } from '../task/results.js';
import { adding } from './adding.js';
import { copy } from './copy.js';
import { label } from './label.js';
import { reverse } from './reverse.js';
import type { Topology } from './topology.js';

export const topologies = { copy, reverse, label, adding } satisfies Record<string, Topology>;

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
    console.log(`task     ${description}`);
    console.log(`size     ${size} ${sized}, seed ${seed}`);
    console.log(`kernels  ${describeKernels(kernels)}`);
    const results = await topology.run(kernels, { ...settings, seed });
    if (!results) return;
    const { epochs, final, table } = results;
    console.log('');
    printTable(table);
    const data = { source: 'drawn at random from the seed' };
    const numbers = { settings, data, epochs, final, msPerStep: msPerStep(epochs) };
    await writeJson(json, kernels, { task: `topology ${name}`, seed }, numbers);
  });
}
