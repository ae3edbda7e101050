/** Watches a figure of the epochs' records, for early stopping and for the learning rate. */
import { requireChoice, requireNumber, requireText, requireWhole } from '../../engine/checks.js';
import type { Training } from './callback.js';
import type { EpochRecord } from './epochRecord.js';

/** What to watch. */
export interface MonitorOptions {
  /**
   * The figure: `loss`, `metrics.NAME`, `validation.loss` or `validation.NAME`, with the name of a metric.
   * Default 'validation.loss'.
   */
  monitor?: string;
  /** Whether it should fall or rise. Default: 'min' for a loss; for a metric, it must be said. */
  mode?: 'min' | 'max' | undefined;
  /** The least change that is an improvement. Default 0. */
  minDelta?: number;
  /** After how many epochs without improvement something is done. Default 0. */
  patience?: number;
}

/** How the figure has developed. */
export interface Progress {
  /** The best figure; null before the first. */
  readonly best: number | null;
  /** Epochs since then. */
  readonly wait: number;
}

/** Before the first epoch. */
export const noProgress: Progress = { best: null, wait: 0 };

/** The figure of this name; NaN if the record has none. */
function figureNamed(name: string, { loss, metrics, validation }: EpochRecord): number {
  if (name === 'loss') return loss;
  const dot = name.indexOf('.');
  return (name.startsWith('metrics') ? metrics : validation)?.[name.slice(dot + 1)] ?? NaN;
}

/** @throws RangeError unless the records of the training have the figure */
export function requireFigure(of: string, monitor: string, { figures }: Training): void {
  if (figures.includes(monitor)) return;
  const are = figures.join(', ');
  throw new RangeError(
    `${of}: there is no "${monitor}", only ${are}; callbacks before this one can measure more`,
  );
}

/** @returns the progress after another epoch: its `wait` is 0 if that was the best */
export function createMonitor(of: string, { monitor, mode, minDelta, patience }: Required<MonitorOptions>) {
  requireText(`${of}: monitor`, monitor);
  const isLoss = /(^|\.)loss$/.test(monitor);
  if (!isLoss && !mode) throw new TypeError(`${of}: say mode: 'min' or 'max' for the monitor ${monitor}`);
  if (mode !== undefined) requireChoice(`${of}: mode`, mode, ['min', 'max']);
  requireNumber(`${of}: minDelta`, minDelta, { least: 0 });
  requireWhole(`${of}: patience`, patience, 0);
  const sign = mode === 'max' ? 1 : -1;
  return (record: EpochRecord, { best, wait }: Progress): Progress => {
    const figure = figureNamed(monitor, record);
    // NaN is no improvement.
    const isBest = best === null ? !Number.isNaN(figure) : sign * (figure - best) > minDelta;
    return isBest ? { best: figure, wait: 0 } : { best, wait: wait + 1 };
  };
}
