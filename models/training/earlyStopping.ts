/** Early stopping: training ends when it no longer helps, with the best weights it had. */
import { readOptions, requireFlag } from '../../engine/checks.js';
import type { Callback } from './callback.js';
import { createMonitor, noProgress, requireFigure, type MonitorOptions, type Progress } from './monitor.js';

/** Options of early stopping. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Whether training ends with the weights of the best epoch. Default true. */
  restoreBest?: boolean;
}

/**
 * A callback of `fit`: training ends when a figure has not improved for `patience` epochs. (Prechelt 1998; Keras and
 * tfjs: EarlyStopping, whose restore_best_weights is off by default.)
 * @throws TypeError or RangeError that names an option that cannot be used
 */
export function earlyStopping(given: EarlyStoppingOptions = {}): Callback {
  const defaults = {
    monitor: 'validation.loss',
    mode: undefined,
    minDelta: 0,
    patience: 0,
    restoreBest: true,
  };
  const options = readOptions('earlyStopping', given, defaults);
  const { monitor, patience, restoreBest } = options;
  requireFlag('earlyStopping: restoreBest', restoreBest);
  const next = createMonitor('earlyStopping', options);
  return {
    name: 'earlyStopping',
    start(training, state) {
      const { trainer } = training;
      const { values } = trainer.model.parameters;
      requireFigure('earlyStopping', monitor, training);
      let progress = (state as Progress | undefined) ?? noProgress;
      // Weights kept by another training are dropped, those of this one are needed.
      if (progress.best === null) trainer.best = null;
      else if (restoreBest && !trainer.best)
        throw new RangeError(
          'earlyStopping: the best weights are missing; restore the trainer from its checkpoint',
        );
      return {
        afterEpoch(record) {
          progress = next(record, progress);
          if (restoreBest && progress.wait === 0)
            trainer.best = values.data.slice(values.offset, values.offset + values.size);
        },
        isOver: () => progress.wait > 0 && progress.wait >= patience,
        end() {
          if (restoreBest && trainer.best) values.data.set(trainer.best, values.offset);
        },
        save: () => progress,
      };
    },
  };
}
