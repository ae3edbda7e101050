/** The learning-rate schedules. To add one, write its file and list it here; the tests run over this list. */
import { linear } from './linear.js';

export type { LinearOptions } from './linear.js';
export type { Rate, Schedule } from './schedule.js';
export { linear };

/** Every schedule, by name. */
export const schedules = {
  /** {@link linear} */
  linear,
};
