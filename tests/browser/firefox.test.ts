/** Firefox trains to the bits of Node, too. No driver speaks to it: its page sends what it has trained. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKernels } from '../../engine/index.js';
import { wasmKernels } from '../../engine/wasm/index.js';
import { ISOLATING, serveFiles, type Files, type Headers } from './browser.js';
import { CSP, writePages } from './pages.js';
import { train } from './train.js';

/** Debian's. Others, such as Ubuntu's, may not read a profile in a temporary folder. */
const USUAL = '/usr/bin/firefox-esr';
const path = process.env.FIREFOX_PATH ?? (existsSync(USUAL) ? USUAL : null);

// Also after a test that waited in vain.
const running = new Set<ChildProcess>();
afterAll(() => running.forEach((firefox) => firefox.kill()));

/** Opens an address in a new Firefox, which ends with `done`. */
async function visit(url: string, done: Promise<unknown>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'unrolled-firefox-'));
  const args = ['--headless', '--no-remote', '--profile', profile, url];
  // Containers often run as root, in a home of somebody else, which Firefox refuses.
  const firefox = spawn(path!, args, { stdio: 'ignore', env: { ...process.env, HOME: profile } });
  running.add(firefox);
  const failed = new Promise((_, reject) => firefox.once('error', reject));
  const ended = new Promise((resolve) => firefox.once('close', resolve));
  await Promise.race([done, failed]);
  firefox.kill();
  await ended;
  running.delete(firefox);
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

(path ? describe : describe.skip)(
  path ? 'In Firefox' : 'In Firefox (skipped: not found; FIREFOX_PATH names it)',
  () => {
    let files: Files;
    beforeAll(async () => void ({ files } = await writePages()));

    it.each<[string, Headers, number]>([
      ['ordinary', {}, 1],
      ['isolated', ISOLATING, 2],
      ['strict', CSP, 1],
    ])('on %s pages, the page and its worker train to the bits of Node', async (_, headers, threads) => {
      let post: (text: string) => void;
      const posted = new Promise<string>((resolve) => (post = resolve));
      const server = await serveFiles(files, headers, (text) => post(text));
      await visit(`${server.url}#${threads}`, posted);
      await server.close();

      const trained = JSON.parse(await posted) as unknown;
      // An older Firefox (140) has no relaxed SIMD.
      const builds = [await createKernels({ wide: false }), (await wasmKernels(1, ['simd']))!];
      const expected = [];
      for (const kernels of builds) expected.push({ ...(await train(kernels)), threads });
      expect(expected.map((one) => [one, one])).toContainEqual(trained);
    });
  },
);
