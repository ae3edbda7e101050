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
 * thread may take a hundred times that on a virtual machine. When training pauses, threads sleep.
 */
const POLLING_MS = 0.1;
/** Looks between two glances at the clock. */
const LOOKS = 100;

/** Waits until the word is positive (`forWork`), or until it is not. @returns the word */
export function waitFor(mailbox: Int32Array, forWork: boolean): number {
  let end = Infinity;
  for (let look = 1; ; look++) {
    const word = Atomics.load(mailbox, 0);
    if (word > 0 === forWork) return word;
    pause();
    if (look % LOOKS > 0) continue;
    const now = performance.now();
    if (end === Infinity) end = now + POLLING_MS;
    if (now > end) Atomics.wait(mailbox, 0, word);
  }
}

/** Lets the processor wait for some cycles, where V8 can tell it to (Node from 24 on). */
const pause: () => void = (Atomics as { pause?: () => void }).pause ?? (() => {});

/** Writes the word and wakes the waiting thread. */
export function send(mailbox: Int32Array, word: number): void {
  Atomics.store(mailbox, 0, word);
  Atomics.notify(mailbox, 0);
}
