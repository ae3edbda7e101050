/**
 * The chapter's fourth program: what will the next reading of an electricity meter be?
 *
 * First the chapter's two models, exactly as in its code: an LSTM of 10 units, without and with a state that
 * is carried from batch to batch. Then a forecaster that uses the carried state properly: each row of the
 * batch follows its own stretch of consecutive readings. All are compared with predictions that need no
 * network.
 */
import { encodeNpy } from '../../datasets/index.js';
import { restoreTrainer, type Kernels, type Model } from '../../models/index.js';
import { saveCheckpoint, type Saved, type TaskSettings } from '../common/checkpoints.js';
import { writeOutput } from '../common/files.js';
import { path, positiveInteger } from '../common/options.js';
import { printable } from '../common/printable.js';
import { trainEpochs } from '../common/training.js';
import { addTaskOptions, requireFiles, type TaskOptions } from '../task/options.js';
import type { Results } from '../task/results.js';
import type { Task } from '../task/task.js';
import { CHAPTER, chapterData, trainChapter } from './chapter.js';
import { forecastFeatures, normalizationOf, type ForecastFeatures } from './features.js';
import {
  createForecaster,
  FIELDS,
  FORECASTER_EPOCHS,
  forecasterLayers,
  FORECASTER_UNITS,
  predict,
  rhythmOfData,
  type ElectricityState,
} from './forecaster.js';
import { electricityPage, printChapter, printForecaster, printResults } from './report.js';
import { chapterScores, finalOf, oneStepScores, type ElectricityResults } from './scores.js';
import { readSeries, requireSameStep, scale, splitOf } from './series.js';
import { printSeries } from './seriesLines.js';
import { cutStreams, streamWindows, WINDOW } from './streams.js';

interface ElectricityOptions extends TaskOptions {
  forecastEpochs: number;
  column?: string;
  saveSeries?: string;
}

export const electricity: Task<ElectricityOptions, ElectricityState> = {
  name: 'electricity',
  description: 'train LSTMs, stateless and stateful, to predict an electricity meter; about a minute',
  addOptions: (command) =>
    addTaskOptions(
      command,
      { ...CHAPTER, units: FORECASTER_UNITS, of: 'the one-step-ahead model' },
      'a table with a column of readings: CSV or the like with any separator, with times or without, also as .gz or ' +
        'in a .zip; or .npy, .npz; - is standard input (default: a synthetic load)',
    )
      .option(
        '--forecast-epochs <n>',
        'epochs of the one-step-ahead model',
        positiveInteger,
        FORECASTER_EPOCHS,
      )
      .option(
        '--client, --column <name>',
        'the column to read: its name, or its number among those of numbers, counted from 0 (default: the only ' +
          "one; of LD2011_2014.txt 250, the chapter's client)",
        path,
      )
      .option('--save-series <file>', 'write the readings as a .npy file', path),
  checkFiles: (options) =>
    requireFiles('electricity', options, { '--save-series': options.saveSeries ?? null }),
  fields: FIELDS,
  architecture: ({ settings, data }) => forecasterLayers(settings, rhythmOfData(data)),
  settings: ({ cell, units, batch, seed }) => ({ cell, units, batch, seed }),
  train: trainElectricity,
  scores: [
    { key: 'rmseStateless', name: 'RMSE two steps ahead, stateless', digits: 4 },
    { key: 'rmseStateful', name: 'RMSE two steps ahead, stateful', digits: 4 },
    { key: 'baselineLastReadingTwoSteps', name: 'baseline: last reading', digits: 4 },
    { key: 'rmseOneStep', name: 'RMSE one step ahead, forecaster', digits: 4 },
    { key: 'baselineLastReading', name: 'baseline: last reading', digits: 4 },
    { key: 'baselineLinearWeek', name: 'baseline: linear, last day and same hours of last week', digits: 4 },
  ],
  use: {
    isAsked: ({ load }) => load !== null,
    takes: ['data', 'column', 'json', 'report'],
    refusal: ['--load only predicts', 'leave it out'],
    run: forecastElectricity,
  },
};

/** Trains the chapter's two models and the forecaster. */
async function* trainElectricity(
  kernels: Kernels,
  settings: TaskSettings,
  options: ElectricityOptions,
): AsyncGenerator<Results> {
  const { batch } = settings;

  // Readings at equal distances, scaled to (0, 1); the last 30% are the test part.
  const series = await readSeries(options.data, options.column ?? null);
  printSeries(series, kernels);
  if (options.saveSeries) await writeOutput(options.saveSeries, encodeNpy(series.readings));
  const scaled = scale(series.readings, series.record);
  const { values, range } = scaled;
  const split = splitOf(values);

  // The chapter's two models.
  const rows = chapterData(values, split, batch, false);
  const wholeBatches = chapterData(values, split, batch, true);
  printChapter(settings, rows, series);
  const stateless = await trainChapter(kernels, settings, options.epochs, rows);
  if (stateless.stopped) return;
  printChapter(settings, wholeBatches, series);
  const stateful = await trainChapter(kernels, settings, options.epochs, wholeBatches);
  if (stateful.stopped) return;

  // One step ahead.
  const normalization = normalizationOf(values, split);
  const features = forecastFeatures(values, series, normalization);
  const streams = cutStreams(series.rhythm, series.start, split, batch);
  const forecaster = createForecaster(kernels, settings, series.rhythm);
  const { model } = forecaster;
  const state: ElectricityState = { task: 'electricity', settings, data: series.record, normalization };
  printForecaster(model, settings, streams, series, normalization.change * range);
  const examples = streamWindows(streams, features);
  const unroll = { steps: WINDOW, loss: 'meanSquaredError' } as const;
  const { epochs, stopped } = await trainEpochs(forecaster, {
    ...{ training: examples, validation: null, epochs: options.forecastEpochs, batch, unroll, shuffle: null },
    ...{ unit: 'windows', accuracy: null },
    afterEpoch: () => saveCheckpoint(options.save, forecaster, state),
  });
  if (stopped) return;

  const untried = { settings, series, scaled, split, chapter: { stateless, stateful }, epochs };
  yield { ...(await tryForecaster(model, features, untried)), picture: { model, examples, batch, unroll } };
}

/**
 * Predicts the test part of a series with a saved forecaster, which may have been trained on another series.
 * The baselines are fitted to this one.
 */
async function forecastElectricity(
  kernels: Kernels,
  { state, checkpoint, path }: Saved<ElectricityState>,
  options: ElectricityOptions,
): Promise<Results> {
  const { settings, data, normalization } = state;
  const series = await readSeries(options.data, options.column ?? null);
  printSeries(series, kernels);
  requireSameStep(series, data, path);
  console.log(printable(`model    ${settings.cell}, trained on ${data.source}`));
  const forecaster = createForecaster(kernels, settings, series.rhythm);
  restoreTrainer(forecaster, checkpoint, path);

  // With the normalization of its training.
  const scaled = scale(series.readings, data);
  const { values } = scaled;
  const features = forecastFeatures(values, series, normalization);
  const untried = { settings, series, scaled, split: splitOf(values), chapter: null, epochs: [] };
  return tryForecaster(forecaster.model, features, untried);
}

/** Tests a forecaster on the test part, and predicts the reading after the last. */
async function tryForecaster(
  model: Model,
  features: ForecastFeatures,
  untried: Omit<ElectricityResults, 'scores'>,
): Promise<Results> {
  const { series, scaled, split, chapter, epochs } = untried;
  const { values, toUnit } = scaled;
  const predictions = await predict(model, features, split, values.length + 1);
  const scores = [
    ...(chapter ? chapterScores(values, split, chapter) : []),
    ...oneStepScores(values, split, predictions.slice(0, -1), series.rhythm),
  ];
  const results = { ...untried, scores };
  printResults(results, toUnit(predictions.at(-1)!));
  const trained = {
    stateless: chapter?.stateless.epochs,
    stateful: chapter?.stateful.epochs,
    oneStep: epochs,
  };
  return {
    data: series.record,
    epochs: Object.entries(trained).flatMap(([model, epochs = []]) =>
      epochs.map((epoch) => ({ model, ...epoch })),
    ),
    final: finalOf(results),
    page: () => electricityPage(results),
  };
}
