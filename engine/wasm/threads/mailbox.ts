/**
 * A mailbox synchronizes two threads. It is a word of shared memory: a positive number is the program to
 * replay, any other number is the answer.
 */

/** Done. */
export const DONE = 0;
/** The program stopped at a row or class that does not exist. */
export const NOT_FOUND = -1;
/** The module trapped. */
export const FAILED = -2;

/**
 * How long to poll before sleeping, milliseconds. The parts of a step are microseconds apart, and waking a sleeping
 * thread may take a hundred times that on a virtual machine: two threads that wake each other in turns hardly ever work
 * at the same time. But on a busy machine, who polls keeps another thread from its work. So each sleep halves the time,
 * and each wait without adds to it.
 */
const [LEAST_MS, MOST_MS] = [0.05, 1];
let polling = MOST_MS;
/** Looks between two glances at the clock. */
const LOOKS = 100;

/** The thread of a page may not sleep, `Atomics.wait` throws there: it polls until the answer comes. */
const maySleep = !('document' in globalThis);

/** Waits until the word is positive (`forWork`), or until it is not. @returns the word */
export function waitFor(mailbox: Int32Array, forWork: boolean): number {
  let end = Infinity;
  for (let look = 1; ; look++) {
    const word = Atomics.load(mailbox, 0);
    if (word > 0 === forWork) {
      if (end !== 0) polling = Math.min(MOST_MS, 1.1 * polling);
      return word;
    }
    pause();
    if (look % LOOKS > 0 || !maySleep) continue;
    const now = performance.now();
    if (end === Infinity) end = now + polling;
    if (now <= end) continue;
    if (end !== 0) polling = Math.max(LEAST_MS, polling / 2);
    end = 0;
    Atomics.wait(mailbox, 0, word);
  }
}

/** Lets the processor wait for some cycles, where V8 can tell it to (Node from 24 on). */
const pause: () => void = (Atomics as { pause?: () => void }).pause ?? (() => {});

/** Writes the word and wakes the waiting thread. */
export function send(mailbox: Int32Array, word: number): void {
  Atomics.store(mailbox, 0, word);
  Atomics.notify(mailbox, 0);
}
