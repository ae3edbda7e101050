/** The live line of a training run; plain lines every few seconds if the output is not a terminal. */
import { SingleBar } from 'cli-progress';
import type { StepReport } from '../../models/index.js';

export interface Progress {
  /** Shows the progress after a step. */
  step(report: StepReport): void;
  /** Ends the line; the next step starts a new one. */
  end(): void;
}

/**
 * Progress on stderr, which keeps stdout clean.
 * @param epochs  epochs in total
 * @param unit    the counted unit, plural: 'characters'
 * @param perStep units per step
 */
export function createProgress(epochs: number, unit: string, perStep: number): Progress {
  let start: { time: number; done: number } | null = null;
  let bar: SingleBar | null = null;

  return {
    step({ epoch, step, stepsPerEpoch, loss }) {
      const done = (epoch - 1) * stepsPerEpoch + step;
      // The clock starts after this run's first step, which includes the set-up.
      if (!start) return void (start = { time: performance.now(), done });
      const secondsPerStep = (performance.now() - start.time) / 1000 / (done - start.done);
      const values = {
        epoch,
        loss: loss.toFixed(4),
        speed: Math.round(perStep / secondsPerStep).toLocaleString('en'),
        left: duration((epochs * stepsPerEpoch - done) * secondsPerStep),
      };
      if (bar) return bar.update(step, values);
      bar = new SingleBar({
        stream: process.stderr,
        format: `epoch {epoch}/${epochs} {bar} {value}/{total} · loss {loss} · {speed} ${unit}/s · {left} left`,
        barsize: 20,
        noTTYOutput: true,
        notTTYSchedule: 5000,
        hideCursor: true,
        // The line printed after an epoch replaces it.
        clearOnComplete: true,
        linewrap: null,
        gracefulExit: false,
      });
      bar.start(stepsPerEpoch, step, values);
    },
    end() {
      bar?.stop();
      bar = null;
    },
  };
}

/** `42 s`, `3 min 20 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
