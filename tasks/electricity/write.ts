/** The results of a run as it writes them: as JSON, as a page. */
import type { Kernels } from '../../models/index.js';
import { writeOutput } from '../common/files.js';
import { printable } from '../common/printable.js';
import { msPerStep, type EpochPoint } from '../common/training.js';
import { writeReport } from '../report/index.js';
import { electricityPage } from './page.js';
import type { ElectricityResults, ElectricityRun } from './run.js';

/** Writes the results wherever the run wants them. */
export async function writeResults(
  { json, report }: Pick<ElectricityRun, 'json' | 'report'>,
  kernels: Kernels,
  results: ElectricityResults,
): Promise<void> {
  if (json) await writeOutput(json, JSON.stringify(resultsOf(kernels, results), null, 2) + '\n');
  if (!report) return;
  const path = await writeReport(report, electricityPage(results, kernels));
  console.log(printable(`page     ${path}`));
}

function resultsOf(
  kernels: Kernels,
  { settings, series, chapter, epochs, scores, scaled }: ElectricityResults,
) {
  const trained = {
    stateless: chapter?.stateless.epochs,
    stateful: chapter?.stateful.epochs,
    oneStep: epochs,
  };
  const points = Object.entries(trained).flatMap(([model, epochs = []]) =>
    epochs.map((epoch) => ({ model, ...epoch })),
  );
  return {
    task: 'electricity',
    seed: settings.seed,
    kernels: kernels.name,
    threads: kernels.threads,
    settings,
    data: series.record,
    epochs: points,
    final: {
      ...Object.assign({}, ...scores.map(({ key, mse }) => finalOf(key, mse, scaled.range))),
      secondsOneStep: seconds(epochs),
    } as object,
    msPerStep: msPerStep(points),
  };
}

/** Models as `rmseStateless`, what needs no network as `baselineLastReading`; in kW under the same name with `Kilowatts`. */
function finalOf(key: string, mse: number, range: number): Record<string, number> {
  const isModel = ['Stateless', 'Stateful', 'OneStep'].includes(key);
  const name = `${isModel ? 'rmse' : 'baseline'}${key}`;
  const rmse = Math.sqrt(mse);
  return {
    ...(isModel && { [`mse${key}`]: mse }),
    [name]: rmse,
    [`${name}Kilowatts`]: rmse * range,
  };
}

const seconds = (epochs: readonly EpochPoint[]) => epochs.reduce((sum, { ms }) => sum + ms, 0) / 1000;
