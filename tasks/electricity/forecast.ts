/** A saved forecaster, tried on the test part of a series without training: of the one it learnt from, or of another. */
import { restoreTrainer, type Kernels } from '../../models/index.js';
import { printable } from '../common/printable.js';
import { forecastFeatures } from './features.js';
import { createForecaster, predict } from './forecaster.js';
import { printNext, printScores, printSeries } from './print.js';
import type { ElectricityRun } from './run.js';
import { scale, splitOf } from './scale.js';
import { oneStepScores } from './scores.js';
import { readSeries } from './series.js';
import type { SavedElectricity } from './state.js';
import { writeResults } from './write.js';

/** Predicts with a saved forecaster, beside baselines that learn from the series at hand. */
export async function forecastElectricity(
  kernels: Kernels,
  { state, checkpoint, path }: SavedElectricity,
  run: Pick<ElectricityRun, 'data' | 'client' | 'json' | 'report'>,
): Promise<void> {
  const { settings, data, normalization } = state;
  const series = await readSeries(run.data, run.client);
  printSeries(series, kernels);
  console.log(printable(`model    ${settings.cell}, trained on ${data.source}`));
  const forecaster = createForecaster(kernels, settings);
  restoreTrainer(forecaster, checkpoint, path);

  // In the measures that it has learnt.
  const scaled = scale(series.readings, data);
  const { values, toKilowatts } = scaled;
  const split = splitOf(values);
  const features = forecastFeatures(values, series.start, normalization);
  const predictions = await predict(forecaster.model, features, split, values.length + 1);
  const scores = oneStepScores(values, split, predictions.slice(0, -1));
  const results = { settings, series, scaled, split, chapter: null, epochs: [], scores };
  printScores(results);
  printNext(series, toKilowatts(predictions.at(-1)!));
  await writeResults(run, kernels, results);
}
