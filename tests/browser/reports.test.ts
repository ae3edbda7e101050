/** Report pages for everybody: axe, narrow screens, both themes. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { cells, type CellName } from '../../cells/index.js';
import { renderPage } from '../../tasks/report/render.js';
import { fullPage } from '../tasks/pages.js';
import { openBrowser } from './browser.js';
import { describeInBrowser } from './describe.js';
import { violations } from './playground/axe.js';

/** Every kind of content, with long names, and a chart of all cells. */
function wholePage() {
  const page = fullPage((place) => `${place} of sentences and words`);
  const series = (Object.keys(cells) as CellName[]).map((cell, n) => ({
    name: cell,
    cell,
    points: Array.from({ length: 100 }, (_, x) => [x, 10 ** (-x / (n + 5))] as const),
  }));
  const norms = {
    kind: 'lineChart',
    title: 'Norms',
    x: 'step',
    y: 'norm',
    logarithmic: true,
    series,
  } as const;
  const day = Array.from({ length: 96 }, (_, n) => [new Date(Date.UTC(2014, 11, 30, 0, 15 * n)), n] as const);
  const band = day.map(([, n]) => [n - 5, n + 5] as const);
  const forecast = { name: 'forecast', points: day, band };
  const ahead = { kind: 'lineChart', title: 'Ahead', x: 'time', y: 'kW', series: [forecast] } as const;
  const checksum = ['sha256', '0123456789abcdef'.repeat(4)] as const;
  const labels = Array.from({ length: 46 }, (_, n) => `LABEL${n}`);
  const counts = labels.map((_, t) => labels.map((_, p) => (p === t ? 1000 : (t * p) % 7)));
  const many = { kind: 'confusion', title: 'Labels', unit: 'words', labels, counts } as const;
  const content = [norms, ahead, many, { kind: 'facts', facts: [checksum] } as const];
  return renderPage({ ...page, sections: [...page.sections, { heading: 'More', content }] });
}

describeInBrowser('A report', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each([
    [360, 'light'],
    [360, 'dark'],
    [768, 'light'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('fits %i pixels, %s, and has no violations of accessibility', async (width, colorScheme) => {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    await page.setContent(wholePage());
    expect(await violations(page)).toEqual([]);
    const wide = `[...document.querySelectorAll('*')]
      .filter((one) => one.getBoundingClientRect().right > ${width} && !one.closest('table'))
      .map((one) => one.outerHTML)`;
    expect(await page.evaluate(wide)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    // Of the two forms of each picture, one is shown, and its letters can be read.
    const pictures = `[...document.querySelectorAll('.chart svg')].filter((svg) => svg.clientWidth > 0)
      .map((svg) => (12 * svg.clientWidth) / Number(svg.getAttribute('width')))`;
    const letters = await page.evaluate<number[]>(pictures);
    expect(letters).toHaveLength(5);
    expect(Math.min(...letters)).toBeGreaterThan(11);
    await page.close();
  });
});
