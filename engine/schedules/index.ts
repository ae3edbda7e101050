/** The learning-rate schedules. To add one, write its file and list it here; the tests run over this list. */
import { linear } from './linear.js';
import type { Schedule } from './schedule.js';

export type { LinearOptions } from './linear.js';
export { rateAt, type Rate, type Schedule } from './schedule.js';
export { linear };

/** Every schedule, by name. */
export const schedules = {
  /** {@link linear} */
  linear,
} satisfies Record<string, (options: { from: number; steps: number }) => Schedule>;
