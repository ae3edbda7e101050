/** The live line of a training run; none if the output is piped. */
import { SingleBar } from 'cli-progress';
import { columns } from './say.js';
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
  const isLive = process.stderr.isTTY && process.stdout.isTTY;

  return {
    step({ epoch, step, stepsPerEpoch, loss }) {
      const done = (epoch - 1) * stepsPerEpoch + step;
      if (!isLive) return;
      // The clock starts after this run's first step, which includes the set-up.
      if (!start) return void (start = { time: performance.now(), done });
      const secondsPerStep = (performance.now() - start.time) / 1000 / (done - start.done);
      const values: Values = {
        ...{ epoch: `${epoch}/${epochs}`, step: `${step}/${stepsPerEpoch}`, unit },
        loss: loss.toFixed(4),
        speed: Math.round(perStep / secondsPerStep).toLocaleString('en'),
        left: duration((epochs * stepsPerEpoch - done) * secondsPerStep),
      };
      if (bar) return bar.update(step, values);
      bar = new SingleBar({
        stream: process.stderr,
        format: (_, { progress }, values) =>
          progressLine(progress, values as Values, columns(process.stderr)),
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

/** What the line shows. */
interface Values {
  readonly epoch: string;
  readonly step: string;
  readonly loss: string;
  readonly speed: string;
  readonly unit: string;
  readonly left: string;
}

/** Cells of the bar. */
const [LEAST, MOST] = [5, 20];

/**
 * As much as fits into the columns: the bar becomes shorter, then the speed, the steps and the bar are left
 * out.
 */
export function progressLine(share: number, values: Values, columns: number): string {
  const { epoch, step, loss, speed, unit, left } = values;
  const parts = (hasSteps: boolean, hasSpeed: boolean) =>
    `${hasSteps ? ` ${step}` : ''} · loss ${loss}${hasSpeed ? ` · ${speed} ${unit}/s` : ''} · ${left} left`;
  const head = `epoch ${epoch}`;
  for (const [hasSteps, hasSpeed] of [
    [true, true],
    [true, false],
    [false, false],
  ] as const) {
    const tail = parts(hasSteps, hasSpeed);
    // The last column stays free: writing into it would break the line.
    const room = Math.min(MOST, columns - 2 - head.length - tail.length);
    if (room < LEAST) continue;
    const full = Math.round(share * room);
    return `${head} ${'█'.repeat(full)}${'░'.repeat(room - full)}${tail}`;
  }
  return `${head} · loss ${loss}`;
}

/** `42 s`, `3 min 20 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
