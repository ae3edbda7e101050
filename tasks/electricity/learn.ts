/** The training of the forecaster on the training part of a series. */
import type { Kernels, Trainer } from '../../models/index.js';
import { saveCheckpoint, type TaskSettings } from '../common/checkpoints.js';
import type { GraphPicture } from '../common/graphPicture.js';
import { trainEpochs, type Trained } from '../common/training.js';
import { countedOf } from './counted.js';
import { forecastFeatures, normalizationOf, type Normalization } from './features.js';
import { createForecaster, type ElectricityState } from './forecaster.js';
import { printForecaster } from './report.js';
import { scale, splitOf, type Series } from './series.js';
import { cutStreams, streamWindows, WINDOW } from './streams.js';

export interface Learned extends Trained {
  readonly forecaster: Trainer;
  readonly normalization: Normalization;
  readonly picture: GraphPicture;
}

/**
 * @param epochs passes over the training part
 * @param save   the file to write after each epoch; null: none
 */
export async function learnForecaster(
  kernels: Kernels,
  settings: TaskSettings,
  series: Series,
  epochs: number,
  save: string | null,
): Promise<Learned> {
  const { batch } = settings;
  const { values, range } = scale(series.readings, series.record);
  const split = splitOf(values);
  const counted = countedOf(series.filled, 1);
  const normalization = normalizationOf(values, split, counted);
  const features = forecastFeatures(values, series, normalization);
  const streams = cutStreams(series.rhythm, series.start, split, batch);
  const forecaster = createForecaster(kernels, settings, series.rhythm);
  const { model } = forecaster;
  const state: ElectricityState = { task: 'electricity', settings, data: series.record, normalization };
  printForecaster(model, settings, streams, series, normalization.change * range);
  const examples = streamWindows(streams, features, counted);
  const unroll = { steps: WINDOW, loss: 'meanSquaredError' } as const;
  const trained = await trainEpochs(forecaster, {
    ...{ training: examples, validation: null, epochs, batch, unroll, shuffle: null },
    ...{ unit: 'windows', accuracy: null },
    afterEpoch: () => saveCheckpoint(save, forecaster, state),
  });
  return { ...trained, forecaster, normalization, picture: { model, examples, batch, unroll } };
}
