/** Firefox as it is installed on this machine. No driver speaks to it: its pages send what they have done. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from '@jest/globals';

/** Debian's. Others, such as Ubuntu's, may not read a profile in a temporary folder. */
const USUAL = '/usr/bin/firefox-esr';
const path = process.env.FIREFOX_PATH ?? (existsSync(USUAL) ? USUAL : null);

/** `describe` where there is Firefox; elsewhere the tests are skipped, and their title says why. */
export function describeInFirefox(title: string, tests: () => void): void {
  if (!path) return describe.skip(`${title} (skipped: no Firefox found; FIREFOX_PATH names it)`, tests);
  // Also after a test that waited in vain.
  afterAll(() => running.forEach((firefox) => firefox.kill()));
  describe(title, tests);
}

const running = new Set<ChildProcess>();

/** Opens an address in a new Firefox, which ends with `done`. */
export async function visit(url: string, done: Promise<unknown>): Promise<void> {
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
