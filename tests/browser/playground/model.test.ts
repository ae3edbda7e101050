/** Model files on the page: chosen or dropped, their layers, their numbers, and what cannot be read. */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createKernels, trace, unroll } from '../../../models/index.js';
import { exportModel, importModel } from '../../../models/interchange/index.js';
import { digits } from '../../../tasks/playground/words.js';
import { fileOf, pathOf } from '../../interchange/files.js';
import { describeInBrowser } from '../describe.js';
import { violations } from './axe.js';
import { batches, closePages, startPlayground, textOf, type Playground } from './openPlayground.js';

const NAME = 'ours-both.safetensors';

const choose = (page: Page, name: string) => page.setInputFiles('#importFile', pathOf(name));
const isShown = (page: Page) => page.locator('#fileLayers td').first().waitFor();
const cellsOf = (page: Page, table: string) =>
  page.$$eval(`${table} tbody tr`, (rows) =>
    (rows as unknown as { children: Iterable<{ textContent: string }> }[]).map(({ children }) =>
      Array.from(children, ({ textContent }) => textContent),
    ),
  );

describeInBrowser('A model file on the page', () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterEach(() => closePages(playground.browser));
  afterAll(() => playground.close());

  it('is shown as tables and as a graph whose numbers are those of Node; only then is what reads it loaded', async () => {
    const { page, said } = await playground.open();
    const loaded = () =>
      page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name).join()");
    expect(await loaded()).not.toContain('modelFile');
    const request = page.context().waitForEvent('request', (one) => one.url().includes('modelFile'));
    await choose(page, NAME);
    await isShown(page);
    await request;
    expect(await textOf(page, '#fileTitle')).toBe(NAME);
    expect((await cellsOf(page, '#fileLayers')).map(([name]) => name)).toEqual([
      'embedding',
      'bidirectional',
      'gruResetAfter',
    ]);
    expect(await cellsOf(page, '#fileTensors')).toContainEqual(['embedding.weight', 'F32', '5 × 3']);

    const kernels = await createKernels({ threads: 1 });
    const { model } = await importModel(fileOf(NAME), { kernels });
    const graph = unroll(model, { batch: 1, steps: 24, loss: 'meanSquaredError' });
    const text = 'a text of just 25 letters';
    for (let t = 0; t < 24; t++) graph.input.data[t] = text.charCodeAt(t) % 5;
    graph.forward();
    graph.backward();
    await page.selectOption('#fileLayer', 'gruResetAfter');
    await page.fill('#fileText', text);
    const { states, gradients } = trace(graph).gruResetAfter!;
    await page.locator('#inspectorValue', { hasText: digits(states.h!.data[23 * 2]!) }).waitFor();
    await page.focus('#time');
    await page.keyboard.press('End');
    expect(await textOf(page, '#inspectorName')).toBe('dLoss/dh, step 1 “a”, unit 0');
    expect(await textOf(page, '#inspectorValue')).toBe(digits(gradients!.h!.data[0]!));
    expect(await textOf(page, '#inspectorFile')).toMatch(/^cells\/gruResetAfter\.ts:\d+$/);
    await page.locator('#gatesNow', { hasText: /step 1, “a”: .*r 0\.\d\d · .*\|h\| 0\.\d\d/ }).waitFor();
    expect(said).toEqual([]);
    await kernels.close();
  });

  it('is left for the training, as it was, or when that goes on', async () => {
    const { page } = await playground.open();
    await batches(page, 1);
    const before = await textOf(page, '#inspectorValue');
    await choose(page, NAME);
    await isShown(page);
    expect(await page.isVisible('#loss')).toBe(false);
    await page.click('#fileClose');
    await page.locator('#inspectorValue', { hasText: before }).waitFor();
    expect(await page.isVisible('#loss')).toBe(true);
    await choose(page, NAME);
    await isShown(page);
    await page.click('#one');
    await page.locator('#facts', { hasText: /batch 2$/ }).waitFor();
    expect(await page.isVisible('#file')).toBe(false);
  });

  it('may be dropped, also one that reads numbers: then they are random, as often as one likes', async () => {
    const { page } = await playground.open();
    const bytes = [...fileOf('ours-lstm.safetensors')];
    await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(${JSON.stringify(bytes)})], 'ours-lstm.safetensors'));
      dispatchEvent(new DragEvent('drop', { dataTransfer }));
    })()`);
    await isShown(page);
    expect(await textOf(page, '#fileAbout')).toContain('3 numbers per step; here they are random');
    expect(await page.isVisible('#fileText')).toBe(false);
    await page.waitForSelector('#where:text("step 24 of 24, “24”")');
    const before = await textOf(page, '#inspectorValue');
    await page.click('#fileRandom');
    await page.locator('#inspectorValue', { hasNotText: before }).waitFor();
    // Several files of one model, in any order.
    await page.setInputFiles('#importFile', [
      pathOf('outside.onnx.data', 'onnx'),
      pathOf('outside.onnx', 'onnx'),
    ]);
    await page.locator('#fileTitle', { hasText: /^outside\.onnx$/ }).waitFor();
  });

  it('that cannot be read is refused in one line, and the page lives on', async () => {
    const { page, said } = await playground.open();
    for (const [name, what] of [
      ['lstm.safetensors', 'lstm.safetensors: a state_dict, which does not say what the model is'],
      ['old.pt', 'old.pt: '],
      ['make.py', null],
    ] as const) {
      await choose(page, name);
      if (what === null) await page.locator('#facts', { hasText: 'make.py' }).waitFor();
      else await page.locator('#noticeText', { hasText: what }).waitFor();
      expect(await page.isVisible('#file')).toBe(false);
    }
    await batches(page, 1);
    expect(said).toEqual([]);
  });

  it('is chosen and looked at by keyboard, in any width and theme, without a violation of accessibility', async () => {
    const { page } = await playground.open();
    const chooser = page.waitForEvent('filechooser');
    await page.focus('#import');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(pathOf(NAME));
    await isShown(page);
    for (const width of [1280, 360])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await page.waitForSelector(`html[data-theme=${colorScheme}]`);
        expect([width, colorScheme, await violations(page)]).toEqual([width, colorScheme, []]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
    await page.focus('#fileLayer');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('fileText');
  });

  it('is also opened by the one file from the disk', async () => {
    const { page, said } = await playground.open('', playground.single);
    const kernels = await createKernels({ threads: 1 });
    const { model } = await importModel(fileOf('ours-rnn.safetensors'), { kernels });
    const [buffer] = (await exportModel(model, 'pytorch')).values();
    await page.setInputFiles('#importFile', {
      name: 'a.safetensors',
      mimeType: '',
      buffer: Buffer.from(buffer!),
    });
    await isShown(page);
    expect(said).toEqual([]);
    await kernels.close();
  });
});
