/** The lab in a real browser: it shows the losses and gradients of Node, moves when asked to, and is for everybody. */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createKernels, type Kernels } from '../../../models/index.js';
import { ADDING, FLOWS } from '../../../tasks/playground/lab/exhibit.js';
import { createNetworks } from '../../../tasks/playground/lab/networks.js';
import { flowSentence, followLearning, learningSentence } from '../../../tasks/playground/lab/words.js';
import { describeInBrowser } from '../describe.js';
import { violations } from './axe.js';
import { closePages, startPlayground, textOf, type Playground } from './openPlayground.js';

const train = (box: string) => `${box} [data-do=train]`;
const isReady = (page: Page) =>
  Promise.all(
    ['#adding', '#flow', '#card-adding', '#card-copy', '#card-label', '#card-reverse'].map((box) =>
      page.waitForSelector(`${train(box)}:enabled`),
    ),
  );

/** Whatever was to be drawn has been, and whoever watches what is in view has been told. */
const twoFrames = (page: Page) =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
const lookAtFlow = async (page: Page) => {
  await page.evaluate("document.querySelector('#flowChart').scrollIntoView({ block: 'center' })");
  await twoFrames(page);
  await page.clock.fastForward(5000);
};

describeInBrowser('The lab', () => {
  let playground: Playground;
  let kernels: Kernels;
  beforeAll(async () => {
    [playground, kernels] = await Promise.all([startPlayground(), createKernels({ threads: 1 })]);
  });
  afterEach(() => closePages(playground.browser));
  afterAll(() => Promise.all([playground.close(), kernels.close()]));

  async function open(
    settings: Parameters<Page['emulateMedia']>[0] = { reducedMotion: 'reduce' },
    hash = '',
  ) {
    const context = await playground.browser.newContext();
    const page = await context.newPage();
    await page.emulateMedia(settings);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', ({ message }) => said.push(message));
    // Its clock can be moved on.
    await page.clock.install();
    await page.goto(`${playground.address}lab.html#${hash}`);
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
    await twoFrames(page);
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
    await lookAtFlow(page);
    await page.locator(train('#flow'), { hasText: 'Pause' }).waitFor();
  });

  it('never plays by itself where it is not', async () => {
    const { page } = await open();
    const asked = await page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches");
    await lookAtFlow(page);
    await twoFrames(page);
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

  it('refuses a number in a sentence, and has the others in its address', async () => {
    const { page } = await open();
    await page.fill('#steps', '1');
    await page.press('#steps', 'Enter');
    expect(await textOf(page, '#noticeText')).toBe('The steps must be a whole number from 2 to 200, not 1.');
    expect(await page.getAttribute('#steps', 'aria-invalid')).toBe('true');
    await page.fill('#steps', '7');
    await page.press('#steps', 'Enter');
    await page.selectOption('#topologyCell', 'gru');
    await page.locator('#radius').fill('1.5');
    await page.locator('#radius').dispatchEvent('change');
    expect(new URL(page.url()).hash).toBe('#steps=7&radius=1.5&cell=gru');
    await page.click('#share');
    await page.locator('#noticeText', { hasText: 'address' }).waitFor();
  });

  it('shows what its address asks for, also when that changes', async () => {
    const { page } = await open({ reducedMotion: 'reduce' }, 'other=gru&steps=7&gradient=h&layers=2');
    const shown = () =>
      Promise.all(
        ['#other', '#steps', '#gradient', '#cell'].map((id) =>
          page.inputValue(id.replace('#cell', '#topologyCell')),
        ),
      );
    expect(await shown()).toEqual(['gru', '7', 'h', 'lstm']);
    expect(await textOf(page, '#noticeText')).toContain('there is no setting "layers"');
    await page.evaluate("location.hash = 'steps=9&cell=rnn'");
    await page.waitForSelector('#notice', { state: 'hidden' });
    expect(await shown()).toEqual(['lstm', '9', 'memory', 'rnn']);
  });

  it('loses no click: batches that are asked for while one is computed come after it', async () => {
    const { page } = await open({ reducedMotion: 'reduce' }, 'units=64');
    await page.evaluate(
      "for (const name of ['step', 'step', 'train']) document.querySelector(`#adding [data-do=${name}]`).click()",
    );
    expect(await textOf(page, train('#adding'))).toBe('Pause');
    await page.waitForSelector('#addingChart .line[points*=" "]');
    await page.click(train('#adding'));
    await page.locator(train('#adding'), { hasText: 'Train' }).waitFor();
  });

  it('has no violations of accessibility in any width and theme, and fits', async () => {
    const { page } = await open({ reducedMotion: 'reduce' });
    for (const box of ['#adding', '#flow', '#card-reverse']) await page.click(`${box} [data-do=step]`);
    for (const width of [1280, 360])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 700 });
        await page.waitForSelector(`html[data-theme=${colorScheme}]`);
        expect([width, colorScheme, await violations(page)]).toEqual([width, colorScheme, []]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
    const heights = `[...document.querySelectorAll('button, select, input')]
      .filter((one) => one.offsetParent).map((one) => one.offsetHeight)`;
    expect(Math.min(...(await page.evaluate<number[]>(heights)))).toBeGreaterThanOrEqual(44);
    // What is chosen can be read, and the last answer is inside.
    expect(await page.evaluate('gradient.offsetWidth')).toBeGreaterThan(200);
    const ends = `[...document.querySelectorAll('.unrolled')].map((one) =>
      one.getBoundingClientRect().right - Math.max(...[...one.querySelectorAll('text')].map((text) => text.getBoundingClientRect().right)))`;
    expect(Math.min(...(await page.evaluate<number[]>(ends)))).toBeGreaterThanOrEqual(0);
  });

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
      'gradient',
      'radius',
      'bias',
      'topologyCell',
    ])
      expect(stops).toContain(name);
  });
});
