/** The metrics. To add one: write its file, and name it here; tests follow this list. */
import { accuracy } from './accuracy.js';
import type { Metric } from './metric.js';

export { argmax } from './argmax.js';
export { createMeter, type Meter, type Metric } from './metric.js';
export { accuracy };

/** Every metric, by name; each makes one from its options, all of which have defaults. */
export const metrics = { accuracy } satisfies Record<string, () => Metric>;
