/** What is reported of an epoch. */

/** The record of a completed epoch. */
export interface EpochRecord {
  /** 1 for the first. */
  epoch: number;
  /**
   * Weighted mean training loss of the epoch, each batch under its weights at the time, as Keras reports it.
   */
  loss: number;
  steps: number;
  /** Time in training steps, milliseconds. */
  ms: number;
  /** Metrics over the epoch, by name, each batch under its weights at the time. Default: see `measure`. */
  metrics?: Readonly<Record<string, number>>;
  /** Loss and metrics on held-out examples, after the epoch. Default: see `measure`. */
  validation?: ValidationFigures;
}

/** The loss on held-out examples, and the metrics by name. */
export interface ValidationFigures extends Readonly<Record<string, number>> {
  readonly loss: number;
}
