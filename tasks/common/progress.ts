/** The live line of a training run; plain lines every few seconds where the output is not a terminal. */
import { SingleBar } from 'cli-progress';
import type { StepReport } from '../../models/index.js';

export interface Progress {
  /** Draws the state after a step. */
  step(report: StepReport): void;
  /** Ends the line; the next step begins a new one. */
  end(): void;
}

/**
 * Progress on stderr, so that what is written to stdout stays clean.
 * @param epochs  epochs in total
 * @param unit    what is counted, in the plural: 'characters'
 * @param perStep how many of them a step covers
 */
export function createProgress(epochs: number, unit: string, perStep: number): Progress {
  let start: { time: number; done: number } | null = null;
  let bar: SingleBar | null = null;

  return {
    step({ epoch, step, stepsPerEpoch, loss }) {
      const done = (epoch - 1) * stepsPerEpoch + step;
      // The clock starts after the first step, which pays for the set-up; a continued run has it in the middle.
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
        // What is printed after an epoch says it all.
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
