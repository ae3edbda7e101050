/** The playground for everybody: axe, keyboard, narrow screens, both themes. */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser } from '../describe.js';
import { violations } from './axe.js';
import { batches, closePages, startPlayground, textOf, type Playground } from './openPlayground.js';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
];

describeInBrowser('The playground', () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterEach(() => closePages(playground.browser));
  afterAll(() => playground.close());

  it('has no violations of accessibility on wide and narrow screens, in light and dark', async () => {
    const { page } = await playground.open('tour=1');
    await batches(page, 1);
    for (const size of SIZES)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(size);
        await page.waitForSelector(`html[data-theme=${colorScheme}]`);
        expect([size, colorScheme, await violations(page)]).toEqual([size, colorScheme, []]);
        await page.selectOption('#text', 'own');
        expect([size, colorScheme, await violations(page)]).toEqual([size, colorScheme, []]);
        await page.keyboard.press('Escape');
      }
  });

  it('says once a second how the training goes', async () => {
    const { page } = await playground.open();
    // A clock that the test moves on.
    await page.evaluate('globalThis.now = 10_000, performance.now = () => globalThis.now');
    const said: string[] = [];
    for (let n = 1; n <= 5; n++) {
      await page.click('#one');
      await page.locator('#facts', { hasText: new RegExp(`batch ${n}$`) }).waitFor();
      said.push(/^Batch \d+/.exec(await textOf(page, '#status'))![0]);
      await page.evaluate('globalThis.now += 400');
    }
    expect(said).toEqual(['Batch 1', 'Batch 1', 'Batch 1', 'Batch 4', 'Batch 4']);
    expect(await page.getAttribute('#status', 'role')).toBe('status');
  });

  it('fits on a narrow screen, with buttons for fingers', async () => {
    const { page } = await playground.open();
    await page.setViewportSize(SIZES[1]!);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const heights = `[...document.querySelectorAll('button, select, input:not([type=file], [hidden]), #tour a')]
      .filter((one) => one.offsetParent).map((one) => [one.id || one.textContent, one.offsetHeight])`;
    const small = (await page.evaluate<[string, number][]>(heights)).filter(([, height]) => height < 44);
    expect(small).toEqual([]);
    // The graph moves inside its box.
    expect(await page.evaluate('graphBox.scrollWidth > graphBox.clientWidth')).toBe(true);
  });

  it('is used by keyboard alone: each panel is one stop, and arrows move inside', async () => {
    const { page } = await playground.open();
    const stops: string[] = [];
    await page.focus('#theme');
    for (let n = 0; n < 40; n++) {
      await page.keyboard.press('Tab');
      const id = await page.evaluate<string>('document.activeElement.id');
      if (id === '' || stops.includes(id)) break;
      stops.push(id);
      const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
      expect(`${id} ${outline}`).not.toBe(`${id} none`);
    }
    const wanted = [
      'train',
      'one',
      'cell',
      'samples',
      'play',
      'time',
      'graphCanvas',
      'check',
      'unit',
      'gatesCanvas',
      'radius',
    ];
    expect(stops.filter((id) => wanted.includes(id))).toEqual(wanted);

    await page.focus('#time');
    await page.keyboard.press('ArrowRight');
    expect(await page.textContent('#direction')).toContain('backward');
    await page.focus('#gatesCanvas');
    await page.keyboard.press('ArrowLeft');
    await page.locator('#gatesNow', { hasText: 'step 23' }).waitFor();
    await page.focus('#samples');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#samples .here');
  });

  it('does not move by itself: the graph plays when asked to', async () => {
    const { page } = await playground.open();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const before = await page.inputValue('#time');
    await batches(page, 2);
    expect(await page.inputValue('#time')).toBe(before);
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  });
});
