/** The learning-rate schedules. To add one, write its file and list it here; the tests run over this list. */
import { cosine } from './cosine.js';
import { exponential } from './exponential.js';
import { linear } from './linear.js';
import { piecewise } from './piecewise.js';
import type { Schedule } from './schedule.js';
import { warmup } from './warmup.js';

export type { CosineOptions } from './cosine.js';
export type { ExponentialOptions } from './exponential.js';
export type { LinearOptions } from './linear.js';
export type { PiecewiseOptions } from './piecewise.js';
export { rateAt, type Rate, type Schedule } from './schedule.js';
export type { WarmupOptions } from './warmup.js';
export { cosine, exponential, linear, piecewise, warmup };

/** Every schedule, by name. */
export const schedules = {
  /** {@link linear} */
  linear,
  /** {@link exponential} */
  exponential,
  /** {@link cosine} */
  cosine,
  /** {@link piecewise} */
  piecewise,
  /** {@link warmup} */
  warmup,
} satisfies Record<string, (options: never) => Schedule>;
