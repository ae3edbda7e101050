/** A competitor in its worker, as the page sees it. */
import { LOSSES, type About, type FromWorker, type ToWorker } from './protocol.js';

/** What we use of a worker. */
export interface WorkerLike {
  onmessage: ((event: { data: FromWorker }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
  postMessage(message: ToWorker): void;
  terminate(): void;
}

/** Seconds that are waited: to load, for the first steps, and for a turn beyond its length. */
export interface Limits {
  readonly load: number;
  readonly steps: number;
}

export interface Entered {
  readonly threads: number;
  readonly about: About;
  /** The first losses; fewer than all if the steps take too long. */
  readonly losses: readonly number[];
  /** Seconds of the first step, if the steps take too long: all that is timed. */
  readonly once?: number;
}

export interface Contender {
  /**
   * Loads it, and trains for the first losses.
   * @throws Error when it cannot compete, with the reason
   */
  enter(message: Extract<ToWorker, { type: 'enter' }>): Promise<Entered>;
  /** Samples, in seconds per step. */
  takeTurn(seconds: number): Promise<number[]>;
  /** Ends its worker. What it has not answered is rejected, for this reason. */
  close(reason: string): void;
}

export function openContender(worker: WorkerLike, limits: Limits): Contender {
  let receive: (message: FromWorker) => void = () => {};
  let fail: (reason: string) => void = () => {};
  const close = (reason: string) => {
    worker.terminate();
    fail(reason);
  };
  worker.onmessage = ({ data }) => (data.type === 'failed' ? close(data.reason) : receive(data));
  worker.onerror = ({ message }) => close(message || 'its worker was not loaded');

  /** The next answer that is no failure. @param late what to do without one, after `seconds` */
  const answer = (seconds: number, late: () => void) =>
    new Promise<FromWorker>((resolve, reject) => {
      const timer = setTimeout(late, 1000 * seconds);
      const settle =
        <T>(end: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          end(value);
        };
      receive = settle(resolve);
      fail = settle((reason: string) => reject(new Error(reason)));
    });

  async function enter(message: Extract<ToWorker, { type: 'enter' }>): Promise<Entered> {
    const loaded = answer(limits.load, () => close(`it was not loaded within ${limits.load} seconds`));
    worker.postMessage(message);
    const ready = await loaded;
    if (ready.type !== 'ready') throw new Error('its worker spoke out of turn');
    const { threads, about } = ready;
    const losses: number[] = [];
    let once = 0;
    let isLate = false;
    const late = () => {
      isLate = true;
      close(`a step takes more than ${limits.steps} seconds`);
    };
    const end = performance.now() + 1000 * limits.steps;
    try {
      while (losses.length < LOSSES) {
        const said = await answer((end - performance.now()) / 1000, late);
        if (said.type !== 'loss') throw new Error('its worker spoke out of turn');
        once ||= said.seconds;
        losses.push(said.loss);
      }
    } catch (error) {
      // Some losses are better than none.
      if (isLate && losses.length) return { threads, about, losses, once };
      throw error;
    }
    return { threads, about, losses };
  }

  async function takeTurn(seconds: number): Promise<number[]> {
    const late = () => close(`a turn took ${limits.steps} seconds too long`);
    const sampled = answer(seconds + limits.steps, late);
    worker.postMessage({ type: 'turn', seconds });
    const said = await sampled;
    if (said.type !== 'samples') throw new Error('its worker spoke out of turn');
    return [...said.samples];
  }

  return { enter, takeTurn, close };
}
