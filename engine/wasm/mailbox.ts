/**
 * How two threads wait for each other: a word of shared memory, in which a number above 0 is a program to replay, and
 * any other number is the answer.
 */

/** Done. */
export const DONE = 0;
/** Stopped at a row or class that does not exist. */
export const NOT_FOUND = -1;
/** The module itself failed. */
export const FAILED = -2;

/**
 * How often to look before going to sleep. Parts of a step follow one another within microseconds, and waking a
 * sleeping thread takes longer than that; between steps, and when there is nothing to do, threads sleep.
 */
const LOOKS = 20_000;

/** Waits until the word is above 0 (`forWork`), or until it is not. @returns the word */
export function waitFor(mailbox: Int32Array, forWork: boolean): number {
  for (let look = 0; ; look++) {
    const word = Atomics.load(mailbox, 0);
    if (word > 0 === forWork) return word;
    if (look >= LOOKS) Atomics.wait(mailbox, 0, word);
  }
}

/** Writes the word and wakes who waits for it. */
export function send(mailbox: Int32Array, word: number): void {
  Atomics.store(mailbox, 0, word);
  Atomics.notify(mailbox, 0);
}
