/** Long computations block the event loop; they must yield regularly to timers and signals (Ctrl-C). */

/** The longest time between yields, milliseconds. */
const YIELD_MS = 50;

/** Creates a function whose result is to be awaited in each iteration of a long loop: mostly, it is undefined. */
export function createYield(): () => Promise<void> | undefined {
  let last = performance.now();
  async function pause() {
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  }
  return () => (performance.now() < last + YIELD_MS ? undefined : pause());
}
