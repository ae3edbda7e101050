/**
 * Run by hand: what the pages cost a screen.
 *
 *     node dist/tests/browser/measure/frames.js [seconds]
 *
 * - drawing: a window of 24 steps and 32 units of each cell, all of its numbers, at each place of the slider;
 * - frames per second while the playground trains, and while each exhibit of the lab does; and the longest task.
 */
import type { Page } from 'playwright-core';
import { CELL_NAMES } from '../../../cells/names.js';
import { openPage } from '../browser.js';
import { startPlayground } from '../playground/openPlayground.js';

const SECONDS = Number(process.argv[2] ?? 10);

const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const share = (numbers: readonly number[], part: number) =>
  sorted(numbers)[Math.min(numbers.length - 1, Math.floor(part * numbers.length))]!;

/** Milliseconds of each frame in which the page drew, while the slider goes forward through time and back. */
const DRAW = `new Promise((done) => {
  const times = [], slider = document.getElementById('time'), box = document.getElementById('graphBox');
  const ask = requestAnimationFrame;
  // The page asks for a frame in which it draws: what it does there is timed.
  globalThis.requestAnimationFrame = (draw) => ask((now) => {
    const start = performance.now();
    draw(now);
    // What a canvas is told is drawn when it is read.
    document.getElementById('graphCanvas').getContext('2d').getImageData(0, 0, 1, 1);
    times.push(performance.now() - start);
  });
  let at = 0;
  const next = () => {
    if (at > slider.max) { globalThis.requestAnimationFrame = ask; return done(times); }
    slider.value = at++;
    slider.dispatchEvent(new Event('input'));
    setTimeout(next, 30);
  };
  next();
})`;

async function measureDrawing(open: (hash: string) => Promise<Page>): Promise<void> {
  for (const cell of CELL_NAMES) {
    const page = await open(`cell=${cell}`);
    await page.evaluate<number[]>(DRAW);
    const times = await page.evaluate<number[]>(DRAW);
    const [median, most] = [share(times, 0.5), share(times, 1)];
    console.log(`drawing ${cell}: ${median.toFixed(1)} ms, at most ${most.toFixed(1)} of ${times.length}`);
    await page.context().close();
  }
}

/** The length of each frame, and of each task of more than 50 ms. */
const FRAMES = (seconds: number) => `new Promise((done) => {
  const frames = [], tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const end = performance.now() + ${1000 * seconds};
  let last = performance.now();
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    if (now < end) requestAnimationFrame(frame);
    else done({ frames, tasks });
  };
  requestAnimationFrame(frame);
})`;

async function measureFrames(name: string, page: Page): Promise<void> {
  const measured = await page.evaluate<{ frames: number[]; tasks: number[] }>(FRAMES(SECONDS));
  const { frames, tasks } = measured;
  const median = 1000 / share(frames, 0.5);
  const mean = frames.length / SECONDS;
  console.log(
    `${name}: ${median.toFixed(0)} frames/s in the median, ${mean.toFixed(0)} in the mean, ${tasks.length} tasks over 50 ms${tasks.length ? `, the longest ${Math.max(...tasks).toFixed(0)} ms` : ''}`,
  );
}

const playground = await startPlayground();
await measureDrawing(async (hash) => (await playground.open(hash)).page);
const { page } = await playground.open();
await page.click('#train');
await measureFrames('the playground', page);
await page.context().close();
for (const box of ['#adding', '#flow', '#card-adding', '#card-copy', '#card-label', '#card-reverse']) {
  const { page } = await openPage(playground.browser, `${playground.address}lab.html`);
  await page.locator(box).scrollIntoViewIfNeeded();
  await page.click(`${box} [data-do=train]:enabled`);
  await measureFrames(`the lab, ${box}`, page);
  await page.context().close();
}
await playground.close();
