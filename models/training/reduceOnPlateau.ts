/** A learning rate that falls when a figure of the epochs' records no longer improves. */
import { readOptions, requireNumber, requireWhole } from '../../engine/checks.js';
import { rateAt, type Rate, type Schedule } from '../../engine/index.js';
import type { Callback, Training } from './callback.js';
import type { EpochRecord } from './epochRecord.js';
import { createMonitor, noProgress, requireFigure, type MonitorOptions, type Progress } from './monitor.js';

/** Options of `reduceOnPlateau`. */
export interface PlateauOptions extends MonitorOptions {
  /** The rate before the first reduction, a number or a schedule. Default 0.001. */
  rate?: Rate;
  /** By what a reduction multiplies the rate. Default 0.1. */
  factor?: number;
  /** The least change that is an improvement. Default 1e-4. */
  minDelta?: number;
  /** After how many epochs without improvement the rate is reduced. Default 10. */
  patience?: number;
  /** How many epochs after a reduction are not counted. Default 0. */
  cooldown?: number;
  /** The rate is never less. Default 0. */
  least?: number;
}

/** What has come of it: a part of the state of training. */
interface PlateauState extends Progress {
  /** The product of all reductions. */
  readonly scale: number;
  /** Epochs that are still not counted. */
  readonly cooldown: number;
}

const atStart: PlateauState = { ...noProgress, scale: 1, cooldown: 0 };

/**
 * A rate for an optimizer: `adam({ rate: reduceOnPlateau({ patience: 3 }) })`. It is also a callback, which `fit`
 * finds there; around another schedule: `reduceOnPlateau({ rate: warmup(..) })`. (Keras and PyTorch:
 * ReduceLROnPlateau; tfjs has none.)
 * @param given by default, the rate of `adam` and the rest as in Keras
 * @throws TypeError or RangeError that names an option that cannot be used
 */
export function reduceOnPlateau(given: PlateauOptions = {}): Schedule & Callback {
  const options = readOptions('reduceOnPlateau', given, {
    ...{ monitor: 'validation.loss', mode: undefined, minDelta: 1e-4, patience: 10 },
    ...{ rate: 1e-3, factor: 0.1, cooldown: 0, least: 0 },
  });
  const { monitor, rate, factor, patience, cooldown, least } = options;
  if (typeof rate !== 'function') requireNumber('reduceOnPlateau: rate', rate, { least: 0 });
  requireNumber('reduceOnPlateau: factor', factor, { above: 0, below: 1 });
  requireNumber('reduceOnPlateau: least', least, { least: 0 });
  requireWhole('reduceOnPlateau: cooldown', cooldown, 0);
  const next = createMonitor('reduceOnPlateau', options);
  let state: PlateauState | null = null;
  const started = () => {
    if (state) return state;
    throw new Error(
      'reduceOnPlateau: fit starts this rate; give it to the optimizer itself, with other rates in it',
    );
  };

  function afterEpoch(record: EpochRecord): void {
    const { scale, cooldown: rest, ...progress } = started();
    const { best, wait } = next(record, progress);
    // Epochs of the cooldown are not counted.
    const waited = rest > 0 ? 0 : wait;
    const isDue = waited > 0 && waited >= patience;
    state = isDue
      ? { best, wait: 0, scale: scale * factor, cooldown }
      : { best, wait: waited, scale, cooldown: Math.max(0, rest - 1) };
  }

  const rateNow = (step: number) => Math.max(least, started().scale * rateAt(rate, step));
  // A function has a name already, which assignments do not change.
  return Object.defineProperties(rateNow, {
    name: { value: 'reduceOnPlateau' },
    start: {
      value(training: Training, saved: PlateauState = atStart) {
        requireFigure('reduceOnPlateau', monitor, training);
        state = saved;
        return { afterEpoch, save: () => state };
      },
    },
  }) as Schedule & Callback;
}
