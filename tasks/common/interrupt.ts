/**
 * Requests to stop: Ctrl-C, a request to terminate, a terminal that closed, a reader of the output that left.
 * The first asks the run to stop after the step under way; a second signal ends the program at once.
 */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupt {
  /** Aborted by the first request. */
  readonly signal: AbortSignal;
  /** The exit status of a run that was stopped, as a shell reports it: 128 and the signal's number. */
  readonly status: number;
  /** From here on a request ends the program at once: there is nothing left to save. */
  release(): void;
}

/** The run under way; signals are the whole process's, so there is one at most. */
let stopRun: ((status: number) => void) | null = null;

export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  let status = 0;
  const onSignal = (name: NodeJS.Signals) => stop(128 + constants.signals[name]);
  const unlisten = () => SIGNALS.forEach((name) => process.off(name, onSignal));
  const stop = (as: number) => {
    unlisten();
    status ||= as;
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  stopRun = stop;
  return {
    signal: controller.signal,
    get status() {
      return status;
    },
    release() {
      unlisten();
      stopRun = null;
    },
  };
}

/** Stops the run under way as Ctrl-C does; the program, if there is none. */
export function requestStop(status: number): void {
  if (stopRun) stopRun(status);
  else process.exit(status);
}
