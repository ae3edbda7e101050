/**
 * The forecaster on a held-out tail of the training part, with one dropout or another: what is chosen there has
 * not seen the test part.
 */
import { fit, type Kernels } from '../../models/index.js';
import { countedOf } from '../../tasks/electricity/counted.js';
import { meanSquaredError } from '../../tasks/electricity/scores.js';
import { forecastFeatures, normalizationOf } from '../../tasks/electricity/features.js';
import { createForecaster, predict } from '../../tasks/electricity/forecaster.js';
import { scale, splitOf, type Series } from '../../tasks/electricity/series.js';
import { cutStreams, streamWindows, WINDOW } from '../../tasks/electricity/streams.js';

const SETTINGS = { cell: 'lstm', batch: 96 } as const;
/** Of the training part: what is trained on. The rest is held out. */
const TRAINED = 0.8;

/**
 * Trains on the beginning of the training part.
 * @param stops after how many epochs it is tested, ascending
 * @returns for each of the stops, the RMSE on the tail relative to that of the last reading
 */
export async function heldOutErrors(
  kernels: Kernels,
  series: Series,
  dropout: number,
  seed: number,
  stops: readonly number[],
): Promise<number[]> {
  const { values } = scale(series.readings, series.record);
  const counted = countedOf(series.filled, 1);
  const end = splitOf(values);
  const tail = Math.trunc(TRAINED * end);
  // Nothing from the test part on can be read.
  const known = values.slice(0, end);
  const features = forecastFeatures(known, series, normalizationOf(known, tail, counted));
  const trainer = createForecaster(kernels, { ...SETTINGS, seed }, series.rhythm, dropout);
  const streams = cutStreams(series.rhythm, series.start, tail, SETTINGS.batch);
  const lastReading = meanSquaredError(known.slice(tail - 1, end - 1), known, tail, counted);
  const errors: number[] = [];
  await fit(trainer, streamWindows(streams, features, counted), {
    epochs: stops.at(-1)!,
    batch: SETTINGS.batch,
    unroll: { steps: WINDOW, loss: 'meanSquaredError' },
    shuffle: null,
    async onEpoch({ epoch }) {
      if (!stops.includes(epoch)) return;
      const predictions = await predict(trainer.model, features, tail, end);
      errors.push(Math.sqrt(meanSquaredError(predictions, known, tail, counted) / lastReading));
    },
  });
  trainer.model.dispose();
  return errors;
}
