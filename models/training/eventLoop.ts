/** Long computations block the event loop; they must yield regularly to timers and signals (Ctrl-C). */

/** The longest time between yields, milliseconds. */
const YIELD_MS = 50;

/** Creates a function to await in each iteration of a long loop; most calls return immediately. */
export function createYield(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() < last + YIELD_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
