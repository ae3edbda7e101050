/**
 * The chapter's fourth program: what will the next reading of an electricity meter be?
 *
 * First the chapter's pair, exactly as its code has it: an LSTM of 10 units, without and with a state that is carried from
 * batch to batch. Then a forecaster that does what carrying a state is for: each row of the batch follows its own stretch
 * of the readings from one to the next. All are measured beside predictions that need no network.
 */
import { encodeNpy } from '../../datasets/index.js';
import type { Kernels } from '../../models/index.js';
import { saveCheckpoint } from '../common/checkpoints.js';
import { writeOutput } from '../common/files.js';
import { writeGraphPicture } from '../common/graphPicture.js';
import { trainEpochs } from '../common/training.js';
import { chapterData, trainChapter } from './chapter.js';
import { forecastFeatures, normalizationOf } from './features.js';
import { createForecaster, predict } from './forecaster.js';
import { printChapter, printForecaster, printNext, printScores, printSeries } from './print.js';
import type { ElectricityRun } from './run.js';
import { scale, splitOf } from './scale.js';
import { chapterScores, oneStepScores } from './scores.js';
import { readSeries } from './series.js';
import type { ElectricitySettings, ElectricityState } from './state.js';
import { cutStreams, streamWindows, WINDOW } from './streams.js';
import { writeResults } from './write.js';

/** Trains the chapter's two models and the forecaster. */
export async function trainElectricity(
  kernels: Kernels,
  settings: ElectricitySettings,
  run: ElectricityRun,
): Promise<void> {
  const { batch } = settings;

  // One reading for each quarter of an hour, scaled to (0, 1); the last 30% are what the models are tried on.
  const series = await readSeries(run.data, run.client);
  printSeries(series, kernels);
  if (run.saveSeries) await writeOutput(run.saveSeries, encodeNpy(series.readings));
  const scaled = scale(series.readings, series.record);
  const { values, range, toKilowatts } = scaled;
  const split = splitOf(values);

  // The chapter's pair.
  const asInChapter = { ...settings, epochs: run.epochs };
  const rows = chapterData(values, split, batch, false);
  const wholeBatches = chapterData(values, split, batch, true);
  printChapter(settings, rows);
  const stateless = await trainChapter(kernels, asInChapter, rows);
  if (stateless.stopped) return;
  printChapter(settings, wholeBatches);
  const stateful = await trainChapter(kernels, asInChapter, wholeBatches);
  if (stateful.stopped) return;

  // One step ahead.
  const normalization = normalizationOf(values, split);
  const features = forecastFeatures(values, series.start, normalization);
  const streams = cutStreams(series.start, split, batch);
  const forecaster = createForecaster(kernels, settings);
  const state: ElectricityState = { task: 'electricity', settings, data: series.record, normalization };
  printForecaster(forecaster.model, settings, streams, normalization.change * range);
  const examples = streamWindows(streams, features);
  const unroll = { steps: WINDOW, loss: 'meanSquaredError' } as const;
  const { epochs, stopped } = await trainEpochs(forecaster, {
    training: examples,
    validation: null,
    epochs: run.forecastEpochs,
    batch,
    unroll,
    shuffle: null,
    unit: 'windows',
    accuracy: null,
    async afterEpoch() {
      if (run.save) await saveCheckpoint(run.save, forecaster, state);
    },
  });
  if (stopped) return;

  // The test part, and the reading after it, which nobody has seen.
  const predictions = await predict(forecaster.model, features, split, values.length + 1);
  const scores = [
    ...chapterScores(values, split, stateless, stateful),
    ...oneStepScores(values, split, predictions.slice(0, -1)),
  ];
  const results = { settings, series, scaled, split, chapter: { stateless, stateful }, epochs, scores };
  printScores(results);
  printNext(series, toKilowatts(predictions.at(-1)!));
  await writeResults(run, kernels, results);
  await writeGraphPicture(run.graph, forecaster.model, { examples, batch, unroll });
}
