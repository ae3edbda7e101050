/** The one-step-ahead forecaster: it reads the readings one by one and carries its state along. */
import * as nn from '../../models/index.js';
import { SETTINGS, type Architecture, type TaskSettings, type TaskState } from '../common/checkpoints.js';
import { isRecordOf, isText, type Fields } from '../common/checks.js';
import { DAY } from './clock.js';
import { FIRST_PREDICTED, FEATURES, type ForecastFeatures, type Normalization } from './features.js';
import type { SeriesRecord } from './series.js';
import { WINDOW } from './streams.js';

export const FORECASTER_UNITS = 32;
export const FORECASTER_EPOCHS = 20;

/** Readings that build up the state before the first prediction. */
const WARM_UP = 7 * DAY;

/** The state in a saved forecaster. */
export interface ElectricityState extends TaskState {
  /** The training data. */
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

/** The model and its optimizer, untrained. */
export function createForecaster(kernels: nn.Kernels, settings: TaskSettings): nn.Trainer {
  const model = nn.createModel({ kernels, ...forecasterLayers(settings), seed: settings.seed });
  return nn.createTrainer(model, nn.adam());
}

/** What it reads, and its layers. */
export const forecasterLayers = ({ cell, units = FORECASTER_UNITS }: TaskSettings): Architecture => ({
  input: nn.features(FEATURES),
  layers: [nn.recurrent(nn.cells[cell], { units, returnSequences: true, stateful: true }), nn.dense(1)],
});

/**
 * Predicts the readings `from` to `to` (exclusive), each from the readings before it. It starts a week before
 * `from` to build up the state.
 * @param to exclusive; the last prediction may be for the reading after the last
 */
export async function predict(
  model: nn.Model,
  features: ForecastFeatures,
  from: number,
  to: number,
): Promise<Float64Array> {
  const graph = nn.unroll(model, { batch: 1, steps: WINDOW });
  const predictions = new Float64Array(to - from);
  const yieldNow = nn.createYield();
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
