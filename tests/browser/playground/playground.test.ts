/** The page in a real browser: what it computes, shows, saves and says. */
import { readdirSync, readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { createKernels, decodeCheckpoint, type Kernels } from '../../../models/index.js';
import { embeddedPath } from '../../../tasks/common/embedded.js';
import { DEFAULTS, toHash, type Settings } from '../../../tasks/playground/state.js';
import { TOUR, tourHash } from '../../../tasks/playground/tour.js';
import { Session } from '../../../tasks/playground/worker/session.js';
import { digits } from '../../../tasks/playground/words.js';
import { readText } from '../../../tasks/playground/worker/text.js';
import { describeInBrowser } from '../describe.js';
import {
  batches,
  closePages,
  exported,
  isReady,
  startPlayground,
  textOf,
  type Playground,
} from './openPlayground.js';

const BATCHES = 20;
const settings: Settings = { ...DEFAULTS, units: 16, steps: 10, clip: 1 };

const weights = async (bytes: Uint8Array) => {
  const { tensors, steps } = await decodeCheckpoint(bytes, 'a checkpoint');
  return { steps, tensors: [...tensors].map(([name, { data }]) => [name, [...data]]) };
};

/** The same training in Node. */
async function inNode(kernels: Kernels): Promise<Session> {
  const bytes = readFileSync(
    embeddedPath('webtorrent-fixtures', 'fixtures/alice.txt', 'book is', 'install it'),
  );
  const text = readText(
    { source: "Alice's Adventures in Wonderland", bytes: new Uint8Array(bytes) },
    settings.steps,
  );
  const session = new Session(kernels, settings, text, null);
  const stop = new AbortController();
  await session.train(stop.signal, ({ step }) => {
    if (step === BATCHES) stop.abort();
  });
  return session;
}

describeInBrowser('The playground', () => {
  let playground: Playground;
  let kernels: Kernels;
  beforeAll(async () => {
    playground = await startPlayground();
    kernels = await createKernels();
  });
  afterEach(() => closePages(playground.browser));
  afterAll(async () => {
    await playground.close();
    await kernels.close();
  });

  it('trains to the bits of Node under a strict policy, and continues what it has saved', async () => {
    const { page, said } = await playground.open(toHash(settings));
    expect(await textOf(page, '#facts')).toMatch(/wasm-(relaxed-)?simd, 1 thread$/);
    await batches(page, BATCHES);
    const bytes = await exported(page);
    const session = await inNode(kernels);
    expect(await weights(bytes)).toEqual(await weights(await session.save()));

    await page.setInputFiles('#importFile', {
      name: 'saved.safetensors',
      mimeType: '',
      buffer: Buffer.from(bytes),
    });
    await page.locator('#samples .after', { hasText: `after ${BATCHES}` }).waitFor();
    expect(await weights(await exported(page))).toEqual(await weights(bytes));
    expect(said).toEqual([]);
  });

  it('shows each number with the digits that Node computes, and checks it', async () => {
    const { page } = await playground.open(toHash(settings));
    const bytes = readFileSync(
      embeddedPath('webtorrent-fixtures', 'fixtures/alice.txt', 'book is', 'install it'),
    );
    const text = readText({ source: 'alice', bytes: new Uint8Array(bytes) }, settings.steps);
    const session = new Session(kernels, settings, text, null);
    const { numbers, backward } = session.look(session.windowOf(''));
    await page.focus('#time');
    await page.keyboard.press('End');
    await page.focus('#graphCanvas');
    // At the end of the way back the first step is current: from h, unit 0, down through all rows.
    const rows = ['dh', 'dc', ...backward.filter((name) => name.startsWith('da_')).reverse()];
    for (const [n, name] of rows.entries()) {
      if (n > 0) await page.keyboard.press('ArrowDown');
      const [value] = numbers[name]!;
      expect(await textOf(page, '#inspectorName')).toBe(`dLoss/${name}, step 1 “a”, unit 0`);
      expect(await textOf(page, '#inspectorValue')).toBe(digits(value!));
      expect(await textOf(page, '#inspectorFile')).toMatch(/^(cells\/lstm|models\/layers\/dense)\.ts:\d+$/);
      await page.click('#check');
      await page.locator('#checked', { hasText: 'They agree to' }).waitFor();
      await page.focus('#graphCanvas');
    }
  });

  it('has an address that gives the same losses again, without a text of one’s own', async () => {
    const { page } = await playground.open(toHash(settings));
    const losses = async () => {
      const found = [await textOf(page, '#lossNow')];
      for (let n = 1; n <= 3; n++) {
        await page.click('#one');
        // It is drawn in one of the next frames.
        await page.locator('#lossNow', { hasNotText: found.at(-1)! }).waitFor();
        found.push(await textOf(page, '#lossNow'));
      }
      return found;
    };
    const first = await losses();
    await page.reload();
    await isReady(page);
    expect(await losses()).toEqual(first);

    await page.selectOption('#text', 'own');
    await page.fill('#ownText', 'a secret that is repeated, '.repeat(20));
    await page.click('#ownUse');
    await page.locator('#facts', { hasText: 'your text: ' }).waitFor();
    await page.click('#share');
    expect(await textOf(page, '#noticeText')).toContain('Your own text is not part of it');
    expect(page.url()).not.toContain('secret');
  });

  it('says what is wrong with a text or a number, and lives on', async () => {
    const { page, said } = await playground.open();
    for (const [text, what] of [
      ['', 'has no ASCII letters'],
      ['\u{1F600}', 'has no ASCII letters'],
      ['a', 'is too short'],
    ] as const) {
      await page.selectOption('#text', 'own');
      await page.fill('#ownText', text);
      await page.click('#ownUse');
      await page.locator('#noticeText', { hasText: what }).waitFor();
    }
    await page.setInputFiles('#ownFile', {
      name: 'long.txt',
      mimeType: 'text/plain',
      buffer: Buffer.alloc(5e6, 'a '),
    });
    await page.locator('#noticeText', { hasText: 'long.txt has 5.0 MB' }).waitFor();
    await page.fill('#rate', '');
    await page.keyboard.press('Enter');
    await page.locator('#noticeText', { hasText: 'rate must be a number' }).waitFor();
    expect(await page.getAttribute('#rate', 'aria-invalid')).toBe('true');
    await page.click('#one');
    await page.locator('#facts', { hasText: /batch 1$/ }).waitFor();
    expect(said).toEqual([]);
  });

  it('keeps the text that it has when the next one is refused', async () => {
    const { page } = await playground.open();
    const give = async (text: string) => {
      await page.selectOption('#text', 'own');
      await page.fill('#ownText', text);
      await page.click('#ownUse');
    };
    await give('The cat sat on the mat. '.repeat(20));
    await page.locator('#facts', { hasText: 'your text' }).waitFor();
    await give('');
    await page.locator('#noticeText', { hasText: 'has no ASCII letters' }).waitFor();
    await page.selectOption('#cell', 'rnn');
    await page.waitForURL(/cell=rnn/);
    expect(await textOf(page, '#facts')).toContain('your text: 479 characters');
    expect(await page.isVisible('#notice')).toBe(false);
  });

  it('answers an address that is none', async () => {
    const { host } = new URL(playground.address);
    const [name, port] = host.split(':');
    const { statusCode } = await new Promise<IncomingMessage>((resolve) =>
      get({ host: name, port, path: '//' }, resolve),
    );
    expect(statusCode).toBe(404);
  });

  it('says that training has diverged, and offers a remedy that learns', async () => {
    const { page } = await playground.open(tourHash(4));
    await page.click('#train');
    await page.waitForSelector('#remedy:visible');
    expect(await textOf(page, '#noticeText')).toContain('diverged');
    await page.click('#remedy');
    await page.locator('#lossNow', { hasText: '–' }).waitFor();
    expect(await page.inputValue('#clip')).toBe('1');
    await batches(page, BATCHES);
    await page.locator('#lossNow', { hasText: /^([0-4]\.|5\.[0-4])/ }).waitFor();
  });

  it('explains five states on its tour, where a link is followed as often as it is chosen', async () => {
    const { page } = await playground.open();
    for (const [n, { title, says }] of TOUR.entries()) {
      await page.click(`#tour >> text=${title}`);
      await page.locator('#tour [aria-current]', { hasText: title }).waitFor();
      expect(await textOf(page, '#noticeText')).toBe(says);
      expect(new URL(page.url()).hash).toBe(`#${tourHash(n + 1)}`);
    }
    await batches(page, 2);
    await page.click('#dismiss');
    await page.click(`#tour >> text=${TOUR[4]!.title}`);
    await page.locator('#noticeText', { hasText: TOUR[4]!.says }).waitFor();
    await page.locator('#facts', { hasNotText: 'batch' }).waitFor();
  });

  it('says that a stop is not on the tour', async () => {
    const { page } = await playground.open('tour=9');
    expect(await textOf(page, '#noticeText')).toContain('the tour has the stops 1 to 5');
  });

  it('says how far a gradient reaches: it vanishes, arrives or explodes by its first values', async () => {
    const { page } = await playground.open();
    for (const [stop, said] of [
      [2, 'It has vanished.'],
      [3, 'It arrives.'],
      [4, 'It explodes'],
    ] as const) {
      await page.click(`#tour >> text=${TOUR[stop - 1]!.title}`);
      await page.locator('#reachNow', { hasText: said }).waitFor();
    }
  });

  it('loses no click: batches that are asked for while one is computed come after it', async () => {
    const { page } = await playground.open(toHash({ ...DEFAULTS, units: 64, batch: 1024 }));
    await page.evaluate('for (let n = 0; n < 4; n++) one.click()');
    await page.evaluate('train.click()');
    expect(await textOf(page, '#train')).toBe('Pause');
    await page.locator('#facts', { hasText: /batch ([5-9]|\d\d+),/ }).waitFor();
    await page.click('#train');
    await page.waitForSelector('#one:enabled');
    expect(await textOf(page, '#train')).toBe('Train');
  });

  it('trains without a network once it is loaded', async () => {
    const { page } = await playground.open();
    await page.context().setOffline(true);
    await batches(page, 2);
  });

  it('is also one file that opens from the disk', async () => {
    const { page, said } = await playground.open('', playground.single);
    await batches(page, 2);
    expect(await textOf(page, '#facts')).toMatch(/wasm-/);
    expect(said).toEqual([]);
  });

  it('takes at most 120 kB to load, without the book, and what reads model files, which is loaded on demand', () => {
    const all = readdirSync(join(playground.folder, 'assets'));
    const assets = all.filter((name) => !name.endsWith('.txt') && !name.startsWith('modelFile-'));
    expect(assets.length).toBe(all.length - 2);
    const read = (name: string) => readFileSync(join(playground.folder, name));
    // The page, and what it names, and what that names.
    const needed = new Set(['index.html']);
    for (const file of needed)
      for (const name of assets) if (read(file).includes(name)) needed.add(join('assets', name));
    const bytes = [...needed].reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
    expect(needed.size).toBeGreaterThan(3);
    expect(bytes).toBeLessThan(120_000);
  });
});
