/** Parts of pages that several programs share: curves over epochs, and the time that the epochs took. */
import type { EpochRecord } from '../../models/index.js';
import { duration } from '../common/progress.js';
import type { LineChart, Series } from '../report/index.js';

export const epochChart = (title: string, y: string, series: readonly Series[]): LineChart => ({
  kind: 'lineChart',
  title,
  x: 'epoch',
  y,
  series,
});

/** @param value gives undefined for an epoch without a value */
export const byEpoch = <P extends EpochRecord>(
  name: string,
  epochs: readonly P[],
  value: (point: P) => number | undefined,
  dashed = false,
): Series => ({ name, points: epochs.map((point) => [point.epoch, value(point) ?? NaN]), dashed });

/** `3 min 20 s` */
export const durationOf = (epochs: readonly EpochRecord[]): string =>
  duration(epochs.reduce((sum, { ms }) => sum + ms, 0) / 1000);
