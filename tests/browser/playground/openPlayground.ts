/** The built playground in a browser. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { servePage } from '../../../tasks/playground/serve.js';
import { openBrowser, openPage } from '../browser.js';

export interface PlaygroundPage {
  readonly page: Page;
  readonly said: readonly string[];
}

export interface Playground {
  readonly browser: Browser;
  readonly folder: string;
  readonly address: string;
  /** The address of the page that is one file. */
  readonly single: string;
  /** Opens the page and waits until it can train. */
  readonly open: (hash?: string, url?: string) => Promise<PlaygroundPage>;
  readonly close: () => Promise<void>;
}

/** Builds the page. @returns its folder, which is temporary */
export function buildPages(): string {
  const folder = mkdtempSync(join(tmpdir(), 'unrolled-page-'));
  // In a process of its own: the bundler's native code does not know the values of Jest's realm.
  execFileSync(process.execPath, [join('dist', 'tasks', 'playground', 'build', 'main.js'), folder]);
  return folder;
}

/** Builds the page, serves it as `npm start -- playground` does, and starts a browser. */
export async function startPlayground(): Promise<Playground> {
  const folder = buildPages();
  const { server, address } = await servePage(folder, 0);
  const browser = await openBrowser();
  return {
    ...{ browser, folder, address },
    single: pathToFileURL(join(folder, 'playground.html')).href,
    async open(hash = '', url = address) {
      const opened = await openPage(browser, `${url}#${hash}`);
      await isReady(opened.page);
      return opened;
    },
    async close() {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Until the page has all that a new training sends: its graph, its gradients, its text. */
export const isReady = (page: Page): Promise<unknown> =>
  Promise.all(
    ['#train:enabled', '#where:not(:empty)', '#reachNow:not(:empty)', '#samples p'].map((selector) =>
      page.waitForSelector(selector),
    ),
  );

/** Closes what a test has opened: pages that train would slow down those of the next one. */
export async function closePages(browser: Browser): Promise<void> {
  for (const context of browser.contexts()) await context.close();
}

/** The text of an element. */
export const textOf = async (page: Page, selector: string) => (await page.textContent(selector)) ?? '';

/** Presses `1 batch` so many times, and waits for each. */
export async function batches(page: Page, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    await page.click('#one');
    await page.locator('#facts', { hasText: new RegExp(`batch ${n}$`) }).waitFor();
  }
}

/** The bytes of a checkpoint that the page exports. */
export async function exported(page: Page): Promise<Uint8Array> {
  const download = page.waitForEvent('download');
  await page.click('#export');
  return new Uint8Array(readFileSync(await (await download).path()));
}
