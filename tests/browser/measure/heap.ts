/**
 * Run by hand: how the page's memory grows while it trains with the settings that it opens with.
 *
 *     node dist/tests/browser/measure/heap.js [minutes]
 *
 * Each minute page and worker are told to collect their garbage; what is left is printed, in MB: objects, and the
 * bytes of their arrays. That of WebAssembly is among the worker's.
 */
import type { CDPSession, Page } from 'playwright-core';
import { startPlayground } from '../playground/openPlayground.js';

const MINUTE = 60_000;
const MB = 1e6;

interface Usage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

type Send = (method: string) => Promise<unknown>;

/** Speaks to the page's only worker by way of the page. */
async function connectWorker(session: CDPSession): Promise<Send> {
  const attached = new Promise<string>((resolve) =>
    session.once('Target.attachedToTarget', ({ sessionId }) => resolve(sessionId)),
  );
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  const waiting = new Map<number, (result: unknown) => void>();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
    if (id !== undefined) waiting.get(id)?.(result);
  });
  let last = 0;
  return (method) => {
    const id = ++last;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    return session
      .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
      .then(() => answer);
  };
}

async function usage(send: Send): Promise<number> {
  // What the first collection has freed may have held something else.
  for (let n = 0; n < 2; n++) await send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = (await send('Runtime.getHeapUsage')) as Usage;
  return (usedSize + backingStorageSize) / MB;
}

async function follow(page: Page, minutes: number): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const ofPage: Send = (method) => session.send(method as 'HeapProfiler.collectGarbage');
  const ofWorker = await connectWorker(session);
  await page.click('#train');
  const sums: number[] = [];
  for (let minute = 0; minute <= minutes; minute++) {
    await new Promise((resolve) => setTimeout(resolve, minute === 0 ? MINUTE / 6 : MINUTE));
    const [a, b] = [await usage(ofPage), await usage(ofWorker)];
    sums.push(a + b);
    const batch = /batch [\d,]+/.exec((await page.textContent('#facts'))!)?.[0];
    console.log(
      `${minute} min: page ${a.toFixed(2)}, worker ${b.toFixed(2)}, both ${(a + b).toFixed(2)} MB; ${batch}`,
    );
  }
  return sums;
}

/** Of the line through the points, per minute: least squares. */
function slope(sums: readonly number[]): number {
  const mean = (sums.length - 1) / 2;
  const top = sums.reduce((sum, value, n) => sum + (n - mean) * value, 0);
  return top / sums.reduce((sum, _, n) => sum + (n - mean) ** 2, 0);
}

const minutes = Number(process.argv[2] ?? 30);
const playground = await startPlayground();
const { page, said } = await playground.open();
const sums = await follow(page, minutes);
console.log(
  `first ${sums[0]!.toFixed(2)} MB, last ${sums.at(-1)!.toFixed(2)} MB, ${(slope(sums) * minutes).toFixed(2)} MB in ${minutes} minutes by least squares`,
);
if (said.length) console.log(said.join('\n'));
await playground.close();
