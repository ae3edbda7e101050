import { describe } from '@jest/globals';
import { chromePath } from './browser.js';

/** `describe` where there is a browser; elsewhere the tests are skipped, and their title says why. */
export function describeInBrowser(title: string, tests: () => void): void {
  if (chromePath) describe(title, tests);
  else describe.skip(`${title} (skipped: no Chromium found; CHROME_PATH names one)`, tests);
}
