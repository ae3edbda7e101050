/**
 * The chapter's fourth program: what will the next reading of an electricity meter be?
 *
 * First the chapter's two models, exactly as in its code: an LSTM of 10 units, without and with a state that
 * is carried from batch to batch. Then a forecaster that uses the carried state properly: each row of the
 * batch follows its own stretch of consecutive readings. All are compared with predictions that need no
 * network.
 */
import { encodeNpy } from '../../datasets/index.js';
import { InputError, restoreTrainer, type Kernels, type Model } from '../../models/index.js';
import type { Saved, TaskSettings } from '../common/checkpoints.js';
import { writeOutput } from '../common/files.js';
import { columnName, path, positiveInteger } from '../common/options.js';
import { printable } from '../common/printable.js';
import { print } from '../common/say.js';
import { formatOption, type LineFormat } from '../task/lines.js';
import { addTaskOptions, requireFiles, type TaskOptions } from '../task/options.js';
import type { Results } from '../task/results.js';
import type { IsGiven, Task } from '../task/task.js';
import { CHAPTER, chapterData, trainChapter } from './chapter.js';
import { compareClients } from './clients.js';
import { countedOf } from './counted.js';
import { forecastFeatures, type Normalization } from './features.js';
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
import { lookAhead, requireHorizon } from './horizon.js';
import { aheadText } from './horizonReport.js';
import { learnForecaster } from './learn.js';
import { electricityPage, printChapter, printResults } from './report.js';
import { chapterScores, finalOf, oneStepScores, type ElectricityResults } from './scores.js';
import { readSeries, requireSameStep, scale, splitOf } from './series.js';
import { printSeries } from './seriesLines.js';

interface ElectricityOptions extends TaskOptions {
  forecastEpochs: number;
  column?: string[];
  horizon?: number;
  forecastFile?: string;
  format: LineFormat;
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
        'in a .zip; or Parquet, .npy, .npz; - is standard input (default: a synthetic load)',
    )
      .option(
        '--forecast-epochs <n>',
        'epochs of the one-step-ahead model',
        positiveInteger,
        FORECASTER_EPOCHS,
      )
      .option(
        '--client, --column <name...>',
        'the column to read: its name, or its number among those of numbers, counted from 0 (default: the only ' +
          "one; of LD2011_2014.txt 250, the chapter's client); of several, the one-step-ahead models are compared",
        (name: string, others: readonly string[] = []) => [...others, columnName(name)],
      )
      .option(
        '--horizon <n>',
        'also forecast the n readings after the last one, with errors by step',
        positiveInteger,
      )
      .option('--forecast-file <file>', 'write them: time, forecast, 10% and 90% quantile, error', path)
      .addOption(formatOption('the forecasts in it'))
      .option('--save-series <file>', 'write the readings as a .npy file', path),
  checkFiles(options) {
    const { saveSeries = null, forecastFile = null } = options;
    if (forecastFile !== null && options.horizon === undefined)
      throw new InputError('--forecast-file: give the number of readings to forecast with --horizon');
    requireFiles('electricity', options, { '--save-series': saveSeries, '--forecast-file': forecastFile });
  },
  fields: FIELDS,
  architecture: ({ settings, data }) => forecasterLayers(settings, rhythmOfData(data)),
  settings({ cell, units, batch, seed, column }, isGiven) {
    if (isSeveral(column)) requireCompared(isGiven);
    return { cell, units, batch, seed };
  },
  train: trainElectricity,
  scores: [
    { key: 'rmseStateless', name: 'RMSE two steps ahead, stateless', digits: 4 },
    { key: 'rmseStateful', name: 'RMSE two steps ahead, stateful', digits: 4 },
    { key: 'baselineLastReadingTwoSteps', name: 'baseline two steps ahead: last reading', digits: 4 },
    { key: 'rmseOneStep', name: 'RMSE one step ahead, forecaster', digits: 4 },
    { key: 'baselineLastReading', name: 'baseline one step ahead: last reading', digits: 4 },
    {
      key: 'baselineLinearWeek',
      name: 'baseline one step ahead: linear, last day and same hours of last week',
      digits: 4,
    },
  ],
  ofOneModel: ['horizon', 'forecastFile', 'saveSeries'],
  use: {
    isAsked: ({ load }) => load !== null,
    takes: ['data', 'column', 'horizon', 'forecastFile', 'format', 'json', 'report'],
    refusal: ['--load only predicts', 'leave it out'],
    run: forecastElectricity,
  },
};

const isSeveral = (columns: readonly string[] = []) => columns.length > 1;

/** @throws InputError when an option is given that has no effect on the comparison of several columns */
function requireCompared(isGiven: IsGiven): void {
  const idle = ['epochs', 'horizon', 'forecast-file', 'save', 'save-series', 'graph'].find((option) =>
    isGiven(option.replace(/-(.)/, (_, letter: string) => letter.toUpperCase())),
  );
  if (idle)
    throw new InputError(
      `several columns are only compared, without --${idle}: give one column, or leave it out`,
    );
}

/** Trains the chapter's two models and the forecaster; or, of several columns, a forecaster for each. */
async function* trainElectricity(
  kernels: Kernels,
  settings: TaskSettings,
  options: ElectricityOptions,
): AsyncGenerator<Results> {
  const { batch } = settings;
  const { data, column, forecastEpochs } = options;
  if (isSeveral(column)) {
    yield* compareClients(kernels, settings, data, column!, forecastEpochs);
    return;
  }

  // Readings at equal distances, scaled to (0, 1); the last 30% are the test part.
  const series = await readSeries(data, column?.[0] ?? null);
  if (options.horizon) requireHorizon(series, options.horizon);
  printSeries(series, kernels);
  if (options.saveSeries) await writeOutput(options.saveSeries, encodeNpy(series.readings));
  const scaled = scale(series.readings, series.record);
  const { values } = scaled;
  const split = splitOf(values);

  // The chapter's two models.
  const rows = chapterData(values, series.filled, split, batch, false);
  const wholeBatches = chapterData(values, series.filled, split, batch, true);
  printChapter(settings, rows, series);
  const stateless = await trainChapter(kernels, settings, options.epochs, rows);
  if (stateless.stopped) return;
  printChapter(settings, wholeBatches, series);
  const stateful = await trainChapter(kernels, settings, options.epochs, wholeBatches);
  if (stateful.stopped) return;

  // One step ahead.
  const learned = await learnForecaster(kernels, settings, series, forecastEpochs, options.save);
  if (learned.stopped) return;
  const { forecaster, normalization, epochs, picture } = learned;
  const untried = { settings, series, scaled, split, chapter: { stateless, stateful }, epochs };
  yield { ...(await tryForecaster(forecaster.model, normalization, untried, options)), picture };
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
  if (isSeveral(options.column)) throw new InputError('--load predicts one column: give one');
  const series = await readSeries(options.data, options.column?.[0] ?? null);
  if (options.horizon) requireHorizon(series, options.horizon);
  printSeries(series, kernels);
  requireSameStep(series, data, path);
  print(printable(`model    ${settings.cell}, trained on ${data.source}`));
  const forecaster = createForecaster(kernels, settings, series.rhythm);
  restoreTrainer(forecaster, checkpoint, path);

  // With the normalization of its training.
  const scaled = scale(series.readings, data);
  const split = splitOf(scaled.values);
  const untried = { settings, series, scaled, split, chapter: null, epochs: [] };
  return tryForecaster(forecaster.model, normalization, untried, options);
}

/** Tests a forecaster on the test part, and predicts the readings after the last. */
async function tryForecaster(
  model: Model,
  normalization: Normalization,
  untried: Omit<ElectricityResults, 'scores' | 'ahead'>,
  { horizon, forecastFile, format }: ElectricityOptions,
): Promise<Results> {
  const { series, scaled, split, chapter, epochs } = untried;
  const { values, toUnit } = scaled;
  const { filled, rhythm } = series;
  const features = forecastFeatures(values, series, normalization);
  const predictions = await predict(model, features, split, values.length + 1);
  const scores = [
    ...(chapter ? chapterScores(values, filled, split, chapter) : []),
    ...oneStepScores(values, split, predictions.slice(0, -1), rhythm, countedOf(filled, 1)),
  ];
  const known = { series, values, normalization };
  const ahead = horizon === undefined ? null : await lookAhead(model, known, filled, horizon);
  const results = { ...untried, scores, ahead };
  printResults(results, toUnit(predictions.at(-1)!));
  if (ahead && forecastFile) await writeOutput(forecastFile, aheadText({ series, scaled, ahead }, format));
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
