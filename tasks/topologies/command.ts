/** The command line of the four arrangements. */
import { Argument, Command, Option } from 'commander';
import { cells, InputError, type CellName, type Kernels } from '../../models/index.js';
import { writeOutput } from '../common/files.js';
import { describeKernels, threadsOption, withKernels } from '../common/kernels.js';
import { path, positiveInteger, wholeNumber } from '../common/options.js';
import { requireWritable } from '../common/paths.js';
import { printTable } from '../common/printTable.js';
import { msPerStep } from '../common/training.js';
import { adding } from './adding.js';
import { copy } from './copy.js';
import { label } from './label.js';
import { reverse } from './reverse.js';
import type { Topology, TopologyResults, TopologySettings } from './topology.js';

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
    .description(
      'how recurrent networks are arranged: four small programs, each with an answer that is known',
    )
    .addArgument(new Argument('<name>', names.join('; ')).choices(Object.keys(topologies)))
    .addOption(
      new Option(
        '--cell <name>',
        'the recurrent cell (default: lstm; adding: rnn, gru and lstm in turn)',
      ).choices(Object.keys(cells)),
    )
    .option(
      '--epochs <n>',
      'how often to train for as long as an epoch is (default: enough)',
      positiveInteger,
    )
    .option('--size <n>', sizes.join('; '), positiveInteger)
    .option('--seed <n>', 'fixes weights and examples', wholeNumber, 0)
    .addOption(threadsOption())
    .option('--json <file>', 'write the results as JSON', path)
    .action((name: keyof typeof topologies, options: Options) => runTopology(name, options));
}

async function runTopology(name: keyof typeof topologies, options: Options): Promise<void> {
  const { cell, seed, threads, json } = options;
  const topology: Topology = topologies[name];
  const { least, most } = topology.sizes;
  const size = options.size ?? topology.defaults.size;
  if (size < least || size > most) {
    throw new InputError(`${name}: --size (${topology.sized}) is ${least} to ${most}, not ${size}`);
  }
  if (json) requireWritable(json);
  const settings: TopologySettings = {
    cells: cell ? [cell] : topology.defaults.cells,
    epochs: options.epochs ?? topology.defaults.epochs,
    size,
    seed,
  };
  await withKernels(threads, async (kernels) => {
    console.log(`task     ${topology.description}`);
    console.log(`size     ${size} ${topology.sized}, seed ${seed}`);
    console.log(`kernels  ${describeKernels(kernels)}`);
    const results = await topology.run(kernels, settings);
    if (!results) return;
    console.log('');
    printTable(results.table);
    if (json)
      await writeOutput(json, JSON.stringify(asJson(name, settings, results, kernels), null, 2) + '\n');
  });
}

function asJson(
  name: string,
  { seed, ...settings }: TopologySettings,
  { epochs, final }: TopologyResults,
  kernels: Kernels,
): object {
  return {
    task: `topology ${name}`,
    seed,
    kernels: kernels.name,
    threads: kernels.threads,
    settings,
    data: { source: 'drawn at random from the seed' },
    epochs,
    final,
    msPerStep: msPerStep(epochs),
  };
}
