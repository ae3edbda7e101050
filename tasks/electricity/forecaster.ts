/** One step ahead, done right: a model that goes through the readings one by one, its state carried along. */
import {
  adam,
  cells,
  createYield,
  createModel,
  createTrainer,
  dense,
  features,
  recurrent,
  unroll,
  type Kernels,
  type Model,
  type Trainer,
} from '../../models/index.js';
import { SETTINGS, type TaskSettings, type TaskState } from '../common/checkpoints.js';
import { isRecordOf, isText, type Fields } from '../common/checks.js';
import { DAY } from './clock.js';
import { FIRST_PREDICTED, FEATURES, type ForecastFeatures, type Normalization } from './features.js';
import type { SeriesRecord } from './series.js';
import { WINDOW } from './streams.js';

export const FORECASTER_UNITS = 32;
export const FORECASTER_EPOCHS = 20;

/** Readings from which the state is built up before the first prediction. */
const WARM_UP = 7 * DAY;

/** What a saved forecaster holds. */
export interface ElectricityState extends TaskState {
  /** What it learnt from. */
  data: SeriesRecord;
  normalization: Normalization;
}

const isSeries = isRecordOf({ source: isText, least: Number.isFinite, most: Number.isFinite });

export const FIELDS: Fields<Omit<ElectricityState, 'task'>> = {
  settings: isRecordOf(SETTINGS),
  data: (value) => isSeries(value) && (value as SeriesRecord).least < (value as SeriesRecord).most,
  normalization: isRecordOf({
    mean: Number.isFinite,
    change: (value) => Number.isFinite(value) && (value as number) > 0,
  } satisfies Fields<Normalization>),
};

/** The model and its optimizer, not trained yet. */
export function createForecaster(kernels: Kernels, { cell, seed }: TaskSettings): Trainer {
  const model = createModel({
    kernels,
    input: features(FEATURES),
    layers: [
      recurrent(cells[cell], { units: FORECASTER_UNITS, returnSequences: true, stateful: true }),
      dense(1),
    ],
    seed,
  });
  return createTrainer(model, adam());
}

/**
 * Goes through the series from a week before and predicts the readings `from` to `to`, `to` not included, each from what is
 * known before it.
 * @param to up to the reading after the last, which nobody has seen, and `to` not included
 */
export async function predict(
  model: Model,
  features: ForecastFeatures,
  from: number,
  to: number,
): Promise<Float64Array> {
  const graph = unroll(model, { batch: 1, steps: WINDOW });
  const predictions = new Float64Array(to - from);
  const yieldNow = createYield();
  for (let first = Math.max(FIRST_PREDICTED, from - WARM_UP); first < to; first += WINDOW) {
    const last = Math.min(first + WINDOW, to);
    for (let n = first; n < last; n++)
      features.write(graph.input.data as Float32Array, (n - first) * FEATURES, n);
    graph.forward();
    for (let n = Math.max(first, from); n < last; n++) {
      predictions[n - from] = features.prediction(n, graph.output.data[n - first]!);
    }
    graph.carryStates();
    await yieldNow();
  }
  return predictions;
}
