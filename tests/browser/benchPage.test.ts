/** The bench page in a real browser: ours and tfjs train to the same losses, and all that is known is shown. */
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { BrowserResults } from '../../bench/browser/results.js';
import { TOLERANCE } from '../../bench/steps/losses.js';
import { servePage } from '../../tasks/playground/serve.js';
import { filesIn, openBrowser, openPage, serveFiles } from './browser.js';
import { describeInBrowser } from './describe.js';
import { buildPages } from './playground/openPlayground.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const HASH = '#step=electricity&rounds=1&with=oursAll,tfjsWasm1,tfjsCpu';

describeInBrowser('The bench page in Chromium', () => {
  let browser: Browser;
  let folder: string;
  let address: string;
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    folder = buildPages();
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    const served = await servePage(folder, 0);
    address = `${served.address}bench.html`;
    ends.push(() => served.server.close().closeAllConnections());
    browser = await openBrowser();
    ends.push(() => browser.close());
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  const cellsOf = (page: Page, table: string) =>
    page.$$eval(`${table} tbody tr`, (rows) =>
      (rows as unknown as { children: Iterable<{ textContent: string }> }[]).map(({ children }) =>
        Array.from(children, ({ textContent }) => textContent),
      ),
    );
  /** Waits for the progress line. */
  const said = (page: Page, hasText: RegExp) => page.locator('#line', { hasText }).waitFor();

  async function compare(page: Page): Promise<BrowserResults> {
    await page.click('#start');
    await said(page, /^Done/);
    return JSON.parse((await page.textContent('#json'))!) as BrowserResults;
  }

  it('has equal losses first, then times, in tables and as JSON', async () => {
    const { page, said: complaints } = await openPage(browser, address + HASH);
    const { step, browser: machine, competitors } = await compare(page);
    expect(step).toBe('electricity');
    expect(machine).toMatchObject({ userAgent: expect.stringContaining('Chrome'), isIsolated: true });

    expect(competitors.map(({ id }) => id)).toEqual(['ours1', 'oursAll', 'tfjsWasm1', 'tfjsCpu']);
    for (const { id, losses, difference, median, lower, upper, samples, about, reason } of competitors) {
      // There is nothing to share on one core.
      if (id === 'oursAll' && machine.cores === 1) continue;
      expect([id, reason]).toEqual([id, undefined]);
      expect(losses).toHaveLength(3);
      expect(difference).toBeLessThanOrEqual(TOLERANCE);
      expect(losses[0]).toBeGreaterThan(losses[2]!);
      expect(samples).toBeGreaterThan(0);
      expect(lower!).toBeLessThanOrEqual(median!);
      expect(median!).toBeLessThanOrEqual(upper!);
      expect(about).toHaveProperty(id.startsWith('ours') ? 'kernels' : 'tfjs');
    }

    const [losses, times] = [await cellsOf(page, '#lossTable'), await cellsOf(page, '#timeTable')];
    expect(losses).toHaveLength(4);
    expect(losses[2]).toEqual([
      'tfjs wasm, 1 thread',
      ...losses[0]!.slice(1, 4),
      expect.stringContaining('10'),
    ]);
    // One sample has no middle half.
    expect(times[3]).toEqual([
      'tfjs cpu',
      expect.stringMatching(/\d/),
      expect.any(String),
      expect.stringMatching(/\d/),
      expect.stringMatching(/x$/),
    ]);
    expect(await page.$$eval('#chart rect', ({ length }) => length)).toBe(
      competitors.filter(({ median }) => median).length,
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says why a competitor cannot compete on a page that is not isolated', async () => {
    const server = await serveFiles(filesIn(folder));
    ends.push(() => server.close());
    const page = await browser.newPage();
    // Of a machine with one core, that would be the reason.
    await page.addInitScript("Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 })");
    await page.goto(`${server.url}bench.html#step=electricity&rounds=1&with=oursAll`);
    const { competitors } = await compare(page);
    expect(competitors[1]!.reason).toContain('isolated across origins');
    expect((await cellsOf(page, '#timeTable'))[1]).toEqual(['ours, all threads', competitors[1]!.reason]);
    // A service worker isolates it.
    await page.reload();
    await Promise.all([page.waitForFunction('crossOriginIsolated'), page.click('#remedy')]);
    await page.context().close();
  });

  it('stops at once, and keeps what it knows', async () => {
    // A step of tfjs cpu takes minutes here.
    const { page } = await openPage(browser, `${address}#step=pos&with=tfjsCpu`);
    await page.click('#start');
    await said(page, /^tfjs cpu/);
    await page.click('#start');
    await said(page, /^Stopped/);
    expect((await cellsOf(page, '#lossTable'))[0]).toHaveLength(5);
    // All end.
    await Promise.all(page.workers().map((worker) => worker.waitForEvent('close')));
    expect(await page.textContent('#start')).toBe('Start');
    await page.context().close();
  });

  it('has settings by keyboard, which its link holds, and nothing else', async () => {
    const { page } = await openPage(browser, address);
    await page.focus('#step');
    await page.keyboard.press('a');
    await page.focus('[name=tfjsCpu]');
    await page.keyboard.press('Space');
    const hash = '#step=alice&with=oursAll,tfjsWasm1,tfjsWasmAll,tfjsWebgl,tfjsWebgpu';
    await page.waitForURL((url) => url.hash === hash);
    await page.focus('#start');
    await page.keyboard.press('Enter');
    await said(page, /first losses/);
    await page.keyboard.press('Enter');
    await said(page, /^Stopped/);
    await page.context().close();
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    'has no violation that axe-core knows, and no sideways scrolling, %s, %i px wide',
    async (colorScheme, width) => {
      const viewport = { width, height: 800 };
      const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${address}#step=electricity&rounds=1&with=tfjsWasm1,tfjsWebgpu`);
      await compare(page);
      await page.addScriptTag({ path: AXE });
      const { violations } = await page.evaluate<{ violations: object[] }>('axe.run()');
      expect(violations).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await context.close();
    },
  );
});
