/** The lab in a real browser: it shows the losses and gradients of Node, moves when asked to, and is for everybody. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createKernels, type Kernels } from '../../../models/index.js';
import { ADDING, FLOWS } from '../../../tasks/playground/lab/exhibit.js';
import { createNetworks } from '../../../tasks/playground/lab/networks.js';
import { flowSentence, followLearning, learningSentence } from '../../../tasks/playground/lab/words.js';
import { describeInBrowser } from '../describe.js';
import { violations } from './axe.js';
import { startPlayground, textOf, type Playground } from './openPlayground.js';

const train = (box: string) => `${box} [data-do=train]`;
const isReady = (page: Page) =>
  Promise.all(
    ['#adding', '#flow', '#card-adding', '#card-copy', '#card-label', '#card-reverse'].map((box) =>
      page.waitForSelector(`${train(box)}:enabled`),
    ),
  );

describeInBrowser('The lab', () => {
  let playground: Playground;
  let kernels: Kernels;
  beforeAll(async () => {
    [playground, kernels] = await Promise.all([startPlayground(), createKernels({ threads: 1 })]);
  });
  afterAll(() => Promise.all([playground.close(), kernels.close()]));

  async function open(settings: Parameters<Page['emulateMedia']>[0] = { reducedMotion: 'reduce' }) {
    const context = await playground.browser.newContext();
    const page = await context.newPage();
    await page.emulateMedia(settings);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', ({ message }) => said.push(message));
    await page.goto(`${playground.address}lab.html`);
    await isReady(page);
    return { page, said };
  }

  it('is one link away from the playground, and back', async () => {
    const { page, said } = await playground.open();
    await page.click('text=Lab');
    await isReady(page);
    await page.click('text=Playground');
    await page.waitForSelector('#graphCanvas');
    expect(said).toEqual([]);
  });

  it('has the losses of Node', async () => {
    const { page, said } = await open();
    const { all, baseline } = createNetworks(kernels, ADDING);
    const follow = all.map(() => followLearning(baseline));
    for (let step = 1; step <= 3; step++) {
      const sentences = all.map((network, n) =>
        learningSentence(['tanh-RNN', 'LSTM'][n]!, follow[n]!(step, network.step()), baseline),
      );
      await page.click('#adding [data-do=step]');
      await page.locator('#addingNow', { hasText: sentences.join(' ') }).waitFor();
    }
    expect(said).toEqual([]);
  });

  it('shows one network that learns, until it is paused', async () => {
    const { page } = await open();
    for (const [name, value] of Object.entries({ steps: '6', units: '16', rate: '0.02' })) {
      await page.fill(`#${name}`, value);
      await page.press(`#${name}`, 'Enter');
    }
    await page.selectOption('#other', 'gru');
    await page.click(`${train('#adding')}:enabled`);
    await page.locator('#addingNow', { hasText: 'The GRU is below the baseline since batch' }).waitFor();
    await page.click(train('#adding'));
    await page.waitForSelector('#adding [data-do=step]:enabled');
    const now = await textOf(page, '#addingNow');
    await page.waitForTimeout(200);
    expect(await textOf(page, '#addingNow')).toBe(now);
    expect(await page.locator('#addingChart polyline.cell-gru').count()).toBe(2);
  });

  it('draws the gradients of the lab, and draws them anew at another radius', async () => {
    const { page } = await open();
    const sentence = (radius: number) => {
      const { all } = createNetworks(kernels, { ...FLOWS, radius });
      const parts = all.map(({ flow }, n) => {
        const { h, c } = flow!();
        const norms = (c ?? h)!;
        return flowSentence(
          ['tanh-RNN', 'LSTM', 'GRU'][n]!,
          norms.map((norm) => norm / norms[1]!),
          50,
        );
      });
      return parts.join('; ');
    };
    await page.locator('#flowNow', { hasText: sentence(1) }).waitFor();
    await page.locator('#radius').fill('1.5');
    await page.locator('#flowNow', { hasText: sentence(1.5) }).waitFor();
  });

  it('goes back to an earlier frame', async () => {
    const { page } = await open();
    // A drawing may wait for one of the next frames.
    await page.locator('#flowNow', { hasText: 'steps back' }).waitFor();
    const before = await textOf(page, '#flowNow');
    await page.click('#flow [data-do=step]');
    await page.locator('#frameNow', { hasText: '1' }).waitFor();
    expect(await textOf(page, '#flowNow')).not.toBe(before);
    await page.focus('#frame');
    await page.keyboard.press('ArrowLeft');
    expect(await textOf(page, '#frameNow')).toBe('0');
    await page.locator('#flowNow', { hasText: before }).waitFor();
  });

  it('plays in view by itself where motion is welcome', async () => {
    const { page } = await open({ reducedMotion: 'no-preference' });
    await page.evaluate("document.querySelector('#flowChart').scrollIntoView({ block: 'center' })");
    await page.locator(train('#flow'), { hasText: 'Pause' }).waitFor();
  });

  it('never plays by itself where it is not', async () => {
    const { page } = await open();
    const asked = await page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches");
    await page.evaluate("document.querySelector('#flowChart').scrollIntoView({ block: 'center' })");
    await page.waitForTimeout(2500);
    expect([asked, await textOf(page, train('#flow'))]).toEqual([true, 'Play']);
  });

  it('trains one exhibit at a time', async () => {
    const { page } = await open();
    await page.click(train('#card-copy'));
    await page.locator('#card-copy .caption', { hasText: 'After' }).waitFor();
    await page.click(train('#card-label'));
    await page.waitForSelector('#card-copy [data-do=step]:enabled');
    expect(await textOf(page, train('#card-label'))).toBe('Pause');
    await page.locator('#status', { hasText: 'Reads 73; should say seventy-three; says' }).waitFor();
  });

  it('shows a network that learns to spell', async () => {
    const { page } = await open();
    await page.click(train('#card-label'));
    await page.locator('#card-label .caption', { hasText: 'every letter is right' }).waitFor();
    expect(await page.getAttribute('#card-label .unrolled', 'aria-label')).toBe(
      'Reads 73; should say seventy-three; says seventy-three',
    );
    expect(await page.locator('#card-label .wrong').count()).toBe(0);
  });

  it('refuses a number in a sentence', async () => {
    const { page } = await open();
    await page.fill('#steps', '1');
    await page.press('#steps', 'Enter');
    expect(await textOf(page, '#noticeText')).toBe('The steps must be a whole number from 2 to 200, not 1.');
    expect(await page.getAttribute('#steps', 'aria-invalid')).toBe('true');
  });

  it.each(
    [1280, 360].flatMap((width) => [
      { width, colorScheme: 'light' as const },
      { width, colorScheme: 'dark' as const },
    ]),
  )(
    'has no violations of accessibility $width wide in $colorScheme, and fits',
    async ({ width, colorScheme }) => {
      const { page } = await open({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 700 });
      await page.click('#adding [data-do=step]');
      await page.click('#flow [data-do=step]');
      await page.click('#card-reverse [data-do=step]');
      expect(await page.getAttribute('html', 'data-theme')).toBe(colorScheme);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const heights = `[...document.querySelectorAll('button, select, input')]
      .filter((one) => one.offsetParent).map((one) => one.offsetHeight)`;
      if (width < 640)
        expect(Math.min(...(await page.evaluate<number[]>(heights)))).toBeGreaterThanOrEqual(44);
    },
  );

  it('is used by keyboard alone, with visible focus', async () => {
    const { page } = await open();
    const stops = new Set<string>();
    await page.focus('#theme');
    for (let n = 0; n < 30; n++) {
      await page.keyboard.press('Tab');
      const [name, outline] = await page.evaluate<[string, string]>(
        `[document.activeElement.id || document.activeElement.dataset.do, getComputedStyle(document.activeElement).outlineStyle]`,
      );
      expect(`${name} ${outline}`).not.toBe(`${name} none`);
      stops.add(name);
    }
    for (const name of [
      'train',
      'step',
      'restart',
      'one',
      'steps',
      'seed',
      'state',
      'radius',
      'bias',
      'topologyCell',
    ])
      expect(stops).toContain(name);
  });
});
