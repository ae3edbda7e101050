/** The metrics. To add one, write its file and list it here; tests follow. */
import { accuracy } from './accuracy.js';
import type { Metric } from './metric.js';

export type { AccuracyOptions } from './accuracy.js';
export { argmax } from './argmax.js';
export { createMeter, type Meter, type Metric } from './metric.js';
export { accuracy };

/** Every metric, by name: functions of options that all have defaults. */
export const metrics = {
  /** {@link accuracy} */
  accuracy,
} satisfies Record<string, () => Metric>;
