/** Long computations block the event loop; they must yield regularly to timers and signals (Ctrl-C). */

/** The longest time between yields, milliseconds. */
const YIELD_MS = 50;

/** What we use of a port of browsers. */
interface Port {
  onmessage: () => void;
  postMessage(message: null): void;
}

/** Pages have a document, workers load scripts. */
const isBrowser = 'document' in globalThis || 'importScripts' in globalThis;

/**
 * Creates a function that lets the event loop turn once. Browsers let timers that follow each other wait for four
 * milliseconds, but not messages, which also keep their order with those of the page.
 */
function createTurn(): () => Promise<void> {
  if (!isBrowser) return () => new Promise((resolve) => setTimeout(resolve, 0));
  const { port1, port2 } = new MessageChannel() as unknown as { port1: Port; port2: Port };
  return () =>
    new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
}

/** Creates a function whose result is to be awaited in each iteration of a long loop: mostly, it is undefined. */
export function createYield(): () => Promise<void> | undefined {
  let last = performance.now();
  let turn: ReturnType<typeof createTurn> | undefined;
  async function pause() {
    turn ??= createTurn();
    await turn();
    last = performance.now();
  }
  return () => (performance.now() < last + YIELD_MS ? undefined : pause());
}
