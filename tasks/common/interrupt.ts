/**
 * Requests to stop: Ctrl-C, SIGTERM, a closed terminal, a closed reader of the output.
 * The first asks the run to stop after the current step; a second signal ends the program at once.
 */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupt {
  /** Aborted at the first request. */
  readonly signal: AbortSignal;
  /** The exit status of a stopped run, as a shell reports it: 128 plus the signal's number. */
  readonly status: number;
  /** Afterwards a request ends the program at once: there is nothing left to save. */
  release(): void;
}

/** The current run, and the one that it is a part of: signals concern the whole process. */
const running = new Set<(status: number) => void>();

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
  running.add(stop);
  return {
    signal: controller.signal,
    get status() {
      return status;
    },
    release() {
      unlisten();
      running.delete(stop);
    },
  };
}

/** Stops what runs as Ctrl-C does; ends the program if nothing does. */
export function requestStop(status: number): void {
  if (running.size === 0) process.exit(status);
  for (const stop of running) stop(status);
}
