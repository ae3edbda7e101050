/** Long loops of numbers keep everything else waiting; now and then they must let timers and signals (Ctrl-C) in. */

/** How long they may be kept waiting, milliseconds. */
const YIELD_MS = 50;

/** A function to await in each round of a long loop: mostly it returns at once. */
export function createYield(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() < last + YIELD_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
