/**
 * How two threads wait for each other: a word of shared memory, in which a number above 0 is a program to play, and
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
export function waitFor(words: Int32Array, index: number, forWork: boolean): number {
  for (let look = 0; look < LOOKS; look++) {
    const word = Atomics.load(words, index);
    if (word > 0 === forWork) return word;
  }
  for (;;) {
    const word = Atomics.load(words, index);
    if (word > 0 === forWork) return word;
    Atomics.wait(words, index, word);
  }
}

/** Writes the word and wakes who waits for it. */
export function send(words: Int32Array, index: number, word: number): void {
  Atomics.store(words, index, word);
  Atomics.notify(words, index);
}
