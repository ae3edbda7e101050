/** The one-step-ahead forecaster: it reads the readings one by one and carries its state along. */
import * as nn from '../../models/index.js';
import { SETTINGS, type Architecture, type TaskSettings, type TaskState } from '../common/checkpoints.js';
import { isAbsentOr, isRecordOf, isText, isWhole, type Fields } from '../common/checks.js';
import { rhythmOf, type Rhythm } from './clock.js';
import { featureCount, firstPredicted, type ForecastFeatures, type Normalization } from './features.js';
import { QUARTER } from '../../datasets/index.js';
import type { SeriesRecord } from './series.js';
import { warmUp, WINDOW } from './streams.js';

export const FORECASTER_UNITS = 32;
export const FORECASTER_EPOCHS = 40;
/** Of the inputs. Without it, a year of hours is learned by heart. */
export const DROPOUT = 0.2;

/** The state in a saved forecaster. */
export interface ElectricityState extends TaskState {
  /** The training data. */
  data: SeriesRecord;
  normalization: Normalization;
}

const isSeries = isRecordOf({
  ...{ source: isText, least: Number.isFinite, most: Number.isFinite },
  step: isAbsentOr((step) => isWhole(1)(step) && rhythmOf(step as number) !== null),
});

export const FIELDS: Fields<Omit<ElectricityState, 'task'>> = {
  settings: isRecordOf(SETTINGS),
  data: (value) => isSeries(value) && (value as SeriesRecord).least < (value as SeriesRecord).most,
  normalization: isRecordOf({
    mean: Number.isFinite,
    change: (value) => Number.isFinite(value) && (value as number) > 0,
    spread: isAbsentOr((value) => Number.isFinite(value) && (value as number) > 0),
  } satisfies Fields<Normalization>),
};

/** The model and its optimizer, untrained. */
export function createForecaster(
  kernels: nn.Kernels,
  settings: TaskSettings,
  rhythm: Rhythm,
  dropout = DROPOUT,
): nn.Trainer {
  const { seed } = settings;
  const model = nn.createModel({ kernels, ...forecasterLayers(settings, rhythm, dropout), seed });
  return nn.createTrainer(model, nn.adam());
}

/** What it reads, and its layers. */
export const forecasterLayers = (
  { cell, units = FORECASTER_UNITS }: TaskSettings,
  rhythm: Rhythm,
  dropout = DROPOUT,
): Architecture => ({
  input: nn.features(featureCount(rhythm)),
  layers: [
    nn.recurrent(nn.cells[cell], { units, dropout, returnSequences: true, stateful: true }),
    nn.dense(1),
  ],
});

/** The rhythm of the readings that it was trained on, which older checkpoints do not say. */
export const rhythmOfData = ({ step = QUARTER }: Partial<SeriesRecord>): Rhythm => rhythmOf(step)!;

/**
 * Predicts the readings `from` to `to` (exclusive), each from the readings before it. It starts a week or more
 * before `from` to build up the state.
 * @param to exclusive; the last prediction may be for the reading after the last
 */
export async function predict(
  model: nn.Model,
  features: ForecastFeatures,
  from: number,
  to: number,
): Promise<Float64Array> {
  const { rhythm, count } = features;
  const graph = nn.unroll(model, { batch: 1, steps: WINDOW });
  const predictions = new Float64Array(to - from);
  const yieldNow = nn.createYield();
  for (let first = Math.max(firstPredicted(rhythm), from - warmUp(rhythm)); first < to; first += WINDOW) {
    const last = Math.min(first + WINDOW, to);
    for (let n = first; n < last; n++)
      features.write(graph.input.data as Float32Array, (n - first) * count, n);
    graph.forward();
    for (let n = Math.max(first, from); n < last; n++) {
      predictions[n - from] = features.prediction(n, graph.output.data[n - first]!);
    }
    graph.carryStates();
    await yieldNow();
  }
  return predictions;
}
