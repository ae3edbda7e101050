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
 * How often to poll before sleeping. The parts of a step are only microseconds apart, and waking a sleeping
 * thread takes longer than that. Between steps and when idle, threads sleep.
 */
const LOOKS = 20_000;

/** Waits until the word is positive (`forWork`), or until it is not. @returns the word */
export function waitFor(mailbox: Int32Array, forWork: boolean): number {
  for (let look = 0; ; look++) {
    const word = Atomics.load(mailbox, 0);
    if (word > 0 === forWork) return word;
    if (look >= LOOKS) Atomics.wait(mailbox, 0, word);
  }
}

/** Writes the word and wakes the waiting thread. */
export function send(mailbox: Int32Array, word: number): void {
  Atomics.store(mailbox, 0, word);
  Atomics.notify(mailbox, 0);
}
