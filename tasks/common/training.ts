/** Training for the programs: live progress, Ctrl-C, and for each epoch a line and a point of the curves. */
import {
  createEvaluator,
  fit,
  type Meter,
  type EpochRecord,
  type Examples,
  type GraphOptions,
  type Random,
  type Trainer,
} from '../../models/index.js';
import { listenForInterrupt } from './interrupt.js';
import { createLossChart } from './lossChart.js';
import { plural } from './printable.js';
import { createProgress } from './progress.js';
import { print } from './say.js';

/** The results of an epoch. */
export interface EpochPoint extends EpochRecord {
  /** On the training examples, each with the weights at its step, as in Keras. */
  accuracy?: number;
  validationLoss?: number;
  validationAccuracy?: number;
}

export interface TrainingOptions {
  training: Examples;
  /** Examples for the test after each epoch; null: none. */
  validation: Examples | null;
  epochs: number;
  batch: number;
  /** Options of `unroll`, except `batch`. */
  unroll: GraphOptions;
  /** Shuffles the examples before every epoch; null keeps their order. */
  shuffle: Random | null;
  /** The name of the examples, plural, for the progress line: `sentences`. */
  unit: string;
  /** The accuracy; null if answers are not right or wrong. */
  accuracy: Meter | null;
  /** Called after each epoch with all points so far, for example to save. */
  afterEpoch?(points: readonly EpochPoint[]): Promise<void>;
}

export interface Trained {
  readonly epochs: readonly EpochPoint[];
  /** Whether a request to stop ended the training early; the exit status is then set. */
  readonly stopped: boolean;
}

/** Trains a model from its initial weights. */
export async function trainEpochs(trainer: Trainer, options: TrainingOptions): Promise<Trained> {
  const { training, validation, epochs, batch, unroll, accuracy, unit } = options;
  const watching = accuracy ? { onBatch: accuracy.update } : {};
  const evaluate = createEvaluator(trainer.model, { batch, unroll, ...watching });
  const progress = createProgress(epochs, unit, batch);
  const chart = createLossChart();
  const interrupt = listenForInterrupt();
  const points: EpochPoint[] = [];

  try {
    const { epoch, step } = await fit(trainer, training, {
      epochs,
      batch,
      unroll,
      shuffle: options.shuffle,
      signal: interrupt.signal,
      ...watching,
      onStep: (report) => progress.step(report),
      async onEpoch(record) {
        const trained = accuracy && { accuracy: accuracy.take() };
        const validationLoss = validation && (await evaluate(validation, interrupt.signal));
        const held = validationLoss !== null && { validationLoss };
        const heldAccuracy = held && accuracy && { validationAccuracy: accuracy.take() };
        const point: EpochPoint = { ...record, ...trained, ...held, ...heldAccuracy };
        points.push(point);
        progress.end();
        const of = (field: 'loss' | 'validationLoss') => points.flatMap((one) => one[field] ?? []);
        chart.epoch(() => print(describeEpoch(point, epochs)), of('loss'), of('validationLoss'));
        await options.afterEpoch?.(points);
      },
    });
    const stopped = epoch < epochs;
    if (stopped) {
      progress.end();
      print(`stopped in epoch ${epoch + 1} after ${plural(step, 'step')}`);
      process.exitCode = interrupt.status;
    }
    return { epochs: points, stopped };
  } finally {
    progress.end();
    interrupt.release();
  }
}

/** Four decimals, or three significant digits for small values, such as squared errors. */
export const lossText = (loss: number): string => (loss < 0.01 ? loss.toPrecision(3) : loss.toFixed(4));

/** `epoch 3/10: loss 0.0412, accuracy 0.986; held out: loss 0.0380, accuracy 0.989; 1.2 s` */
function describeEpoch(point: EpochPoint, epochs: number): string {
  const { epoch, loss, accuracy, validationLoss, validationAccuracy, ms } = point;
  const scores = (loss: number, accuracy?: number) =>
    `loss ${lossText(loss)}${accuracy === undefined ? '' : `, accuracy ${accuracy.toFixed(3)}`}`;
  const heldOut =
    validationLoss === undefined ? '' : `held out: ${scores(validationLoss, validationAccuracy)}; `;
  return `epoch ${epoch}/${epochs}: ${scores(loss, accuracy)}; ${heldOut}${(ms / 1000).toFixed(1)} s`;
}

/** Mean milliseconds per step over all epochs; null if there were none. */
export function msPerStep(points: readonly EpochRecord[]): number | null {
  const sum = (field: 'ms' | 'steps') => points.reduce((total, point) => total + point[field], 0);
  return points.length ? sum('ms') / sum('steps') : null;
}
