/** Training in a real browser gives the bits of Node, on every kind of page. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ISOLATING, openBrowser, openPage, serveFiles } from './browser.js';
import type { Files, Headers, OpenPage } from './browser.js';
import { describeInBrowser } from './describe.js';
import type { Scope } from './page.js';
import { CSP, CSP_AND_THREADS, NO_WASM, writePages } from './pages.js';
import { trainOnThreads, type Trained } from './train.js';

describeInBrowser('In Chromium', () => {
  let browser: Browser;
  let files: Files;
  let single: string;
  let inNode: Trained;
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    ({ files, single } = await writePages());
    inNode = await trainOnThreads(1);
    browser = await openBrowser();
    ends.push(() => browser.close());
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  async function serve(headers: Headers = {}) {
    const server = await serveFiles(files, headers);
    ends.push(() => server.close());
    return server;
  }

  const trainOn = ({ page }: OpenPage, threads: number) =>
    page.evaluate((n) => (globalThis as unknown as Scope).train(n), threads);
  const trainInWorkerOf = ({ page }: OpenPage, threads: number) =>
    page.evaluate((n) => (globalThis as unknown as Scope).trainInWorker(n), threads);

  /** Trains in the page and in a worker, and expects Node's bits and a silent console. */
  async function expectTheSame(opened: OpenPage, threads: number) {
    const expected = { ...inNode, threads, kernels: inNode.kernels.replace('-256', '') };
    expect(await trainOn(opened, threads)).toEqual(expected);
    expect(await trainInWorkerOf(opened, threads)).toEqual(expected);
    expect(opened.said).toEqual([]);
  }

  it.each<[string, Headers, number]>([
    ['ordinary', {}, 1],
    ['isolated', ISOLATING, 2],
    ['strict', CSP, 1],
    ['strict and isolated', CSP_AND_THREADS, 2],
  ])('on %s pages, the page and its worker train to the bits of Node', async (_, headers, threads) => {
    const { url } = await serve(headers);
    await expectTheSame(await openPage(browser, url), threads);
  });

  it('so do a page that came over http from another machine, and its worker', async () => {
    const { lanUrl } = await serve();
    const opened = await openPage(browser, lanUrl);
    expect(await opened.page.evaluate('typeof crypto.subtle')).toBe('undefined');
    await expectTheSame(opened, 1);
  });

  it('so does a single file from the disk', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'unrolled-page-'));
    ends.push(() => rmSync(directory, { recursive: true, force: true }));
    const file = join(directory, 'page.html');
    writeFileSync(file, single);
    await expectTheSame(await openPage(browser, pathToFileURL(file).href), 1);
  });

  it('so does a page that isolate.js has isolated, on two threads', async () => {
    const { url } = await serve();
    const opened = await openPage(browser, `${url}assisted.html`);
    await opened.page.waitForFunction('crossOriginIsolated && globalThis.train');
    await expectTheSame(opened, 2);
  });

  it('a page that is not isolated has one thread, and says so', async () => {
    const { url } = await serve();
    const opened = await openPage(browser, url);
    const { digest, threads } = await trainOn(opened, 2);
    expect([digest, threads]).toEqual([inNode.digest, 1]);
    expect(opened.said).toEqual([expect.stringMatching(/^warning: createKernels: 1 thread, not 2: only/)]);
  });

  it('a page that forbids WebAssembly has the reference kernels, and says so', async () => {
    const { url } = await serve(NO_WASM);
    const opened = await openPage(browser, url);
    expect(await trainOn(opened, 1)).toMatchObject({ kernels: 'reference-float32' });
    expect(opened.said).toContainEqual(expect.stringMatching(/^warning: .* reference .*'wasm-unsafe-eval'/));
  });

  it('a page that forbids the script of the threads throws an error that says what it needs', async () => {
    const { url } = await serve({ ...CSP, ...ISOLATING });
    const training = trainOn(await openPage(browser, url), 2);
    await expect(training).rejects.toThrow("a Content-Security-Policy needs worker-src 'self' blob:");
  });
});
