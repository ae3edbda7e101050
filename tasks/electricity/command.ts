/** The command line of electricity. */
import { Command } from 'commander';
import { CHAPTER } from './chapter.js';
import { trainElectricity } from './electricity.js';
import { forecastElectricity } from './forecast.js';
import { FORECASTER_EPOCHS } from './forecaster.js';
import { loadElectricity } from './state.js';
import { withKernels } from '../common/kernels.js';
import { path, positiveInteger } from '../common/options.js';
import { requireDistinct, requireWritable } from '../common/paths.js';
import { addTaskOptions, requireOnly, requireOutputs, type TaskOptions } from '../common/taskOptions.js';
import { requireWritableReport } from '../report/index.js';

interface Options extends TaskOptions {
  forecastEpochs: number;
  client?: string;
  saveSeries?: string;
}

export function electricityCommand(): Command {
  const command = new Command('electricity').description(
    'train LSTMs, stateless and stateful, to predict an electricity meter',
  );
  return addTaskOptions(command, {
    ...CHAPTER,
    data: 'LD2011_2014.txt, the zip with it, or a .npy file of readings (default: a synthetic load)',
  })
    .option('--forecast-epochs <n>', 'epochs of the one-step-ahead model', positiveInteger, FORECASTER_EPOCHS)
    .option(
      '--client <name>',
      "a client of LD2011_2014.txt: its name, or its column counted from 0 (default: 250, the chapter's)",
      path,
    )
    .option('--save-series <file>', 'write the readings as a .npy file', path)
    .action(async (_, command: Command) => run(command));
}

async function run(command: Command): Promise<void> {
  const options = command.opts<Options>();
  const { cell, batch, seed, epochs, forecastEpochs, threads } = options;
  const { data = null, client = null, saveSeries = null, save = null, load = null } = options;
  const { json = null, report = null, graph = null } = options;

  requireOutputs(options);
  const files = {
    '--data': data,
    '--save': save,
    '--load': load,
    '--json': json,
    '--graph': graph,
    '--save-series': saveSeries,
  };
  requireDistinct(files);
  if (saveSeries) requireWritable(saveSeries);
  if (report) requireWritableReport(report, 'electricity', files);

  if (load) {
    requireOnly(command, ['load', 'data', 'client', 'json', 'report', 'threads'], '--load only predicts');
    const saved = await loadElectricity(load);
    // One reading after the other: there is nothing to share out.
    return withKernels(1, (kernels) => forecastElectricity(kernels, saved, { data, client, json, report }));
  }
  const asked = { epochs, forecastEpochs, data, client, saveSeries, save, json, graph, report };
  await withKernels(threads, (kernels) => trainElectricity(kernels, { cell, batch, seed }, asked));
}
