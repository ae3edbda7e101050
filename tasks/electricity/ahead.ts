/**
 * Forecasts several steps ahead. The forecaster predicts one reading; what it predicted takes the place of the
 * reading it then does not have, and it predicts the next. (Recursive multi-step forecasting.)
 */
import * as nn from '../../models/index.js';
import { firstPredicted, forecastFeatures, type Normalization } from './features.js';
import { timeOf, type Series } from './series.js';
import { warmUp } from './streams.js';

/** Starting points side by side. */
const ROWS = 64;

/** The readings to start from. */
export interface Known {
  readonly series: Pick<Series, 'start' | 'rhythm'>;
  /** Scaled. */
  readonly values: Float64Array;
  readonly normalization: Normalization;
}

/**
 * Forecasts from several starting points, each from nothing but the readings before it. The state is built up
 * along those, as for one step.
 * @param starts  the first reading to forecast, of each; with more than a week of readings before it, and up to
 *                one after the last
 * @param horizon how many readings to forecast from each
 * @returns the scaled forecasts of each start
 */
export async function forecastAhead(
  model: nn.Model,
  known: Known,
  starts: readonly number[],
  horizon: number,
): Promise<Float64Array[]> {
  const forecasts: Float64Array[] = [];
  for (let n = 0; n < starts.length; n += ROWS)
    forecasts.push(...(await forecastRows(model, known, starts.slice(n, n + ROWS), horizon)));
  return forecasts;
}

async function forecastRows(
  model: nn.Model,
  { series, values, normalization }: Known,
  starts: readonly number[],
  horizon: number,
): Promise<Float64Array[]> {
  const { rhythm } = series;
  const first = firstPredicted(rhythm);
  const before = Math.min(first + warmUp(rhythm), ...starts);
  const rows = starts.map((start) => {
    // What is not known yet is NaN: if any input read it, so would be the forecast.
    const own = new Float64Array(before + horizon).fill(NaN);
    own.set(values.subarray(start - before, start));
    const place = { start: timeOf(series, start - before), rhythm };
    return { own, features: forecastFeatures(own, place, normalization) };
  });
  const graph = nn.unroll(model, { batch: rows.length, steps: 1 });
  const yieldNow = nn.createYield();
  for (let n = first; n < before + horizon; n++) {
    rows.forEach(({ features }, row) =>
      features.write(graph.input.data as Float32Array, row * features.count, n),
    );
    graph.forward();
    if (n >= before)
      rows.forEach(({ own, features }, row) => {
        own[n] = features.prediction(n, graph.output.data[row]!);
      });
    graph.carryStates();
    await yieldNow();
  }
  graph.dispose();
  return rows.map(({ own }) => own.subarray(before));
}
