/** The built pages in Firefox: they train, pause, and show the number under the pointer, without an error. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { filesIn, ISOLATING, serveFiles, type Files } from './browser.js';
import { describeInFirefox, visit } from './firefox.js';
import { buildPages } from './playground/openPlayground.js';

/** Does on each page what a visitor does, goes to the next one, and sends at the end what was seen and said. */
const DRIVER = `
const seen = JSON.parse(sessionStorage.getItem('seen') ?? '{"said":[]}');
const tell = (text) => seen.said.push(text);
for (const level of ['error', 'warn']) console[level] = (...words) => tell(words.join(' '));
addEventListener('error', ({ message }) => tell(message));
addEventListener('unhandledrejection', ({ reason }) => tell(String(reason)));

const $ = (selector) => document.querySelector(selector);
const textOf = (selector) => $(selector).textContent;
async function until(what, isThere) {
  for (const end = Date.now() + 90_000; !isThere(); ) {
    if (Date.now() > end) throw new Error('waited in vain for ' + what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
async function trainAndPause(button, hasTrained, isPaused) {
  $(button).click();
  await until('training', hasTrained);
  const word = textOf(button);
  $(button).click();
  await until('pause', isPaused);
  return word;
}

const pages = {
  async 'index.html'() {
    await until('the graph', () => textOf('#where') && !$('#train').disabled);
    seen.train = await trainAndPause('#train', () => /batch \\d+,/.test(textOf('#facts')), () => !$('#one').disabled);
    const { left, top } = $('#graphCanvas').getBoundingClientRect();
    const at = { bubbles: true, clientX: left + 50, clientY: top + 20 };
    $('#graphCanvas').dispatchEvent(new PointerEvent('pointermove', at));
    seen.hover = textOf('#inspectorName');
    $('#check').click();
    await until('the check', () => /They/.test(textOf('#checked')));
    seen.checked = textOf('#checked');
    return 'lab.html';
  },
  async 'lab.html'() {
    await until('the lab', () => !$('#adding [data-do=train]').disabled);
    seen.lab = await trainAndPause(
      '#adding [data-do=train]',
      () => /has learned nothing yet/.test(textOf('#addingNow')),
      () => !$('#adding [data-do=step]').disabled,
    );
    return 'bench.html#step=electricity&rounds=1&with=tfjsWasm1';
  },
  async 'bench.html'() {
    $('#start').click();
    await until('the comparison', () => /^Done/.test(textOf('#line')));
    seen.bench = JSON.parse(textOf('#json')).competitors.map(({ id, difference }) => [id, difference < 1e-4]);
    return null;
  },
};

addEventListener('load', async () => {
  try {
    const next = await pages[location.pathname.slice(1)]();
    sessionStorage.setItem('seen', JSON.stringify(seen));
    if (next) return location.assign(next);
  } catch (error) {
    tell(location.pathname + ': ' + error.message + '; ' + textOf('#noticeText'));
  }
  await fetch('seen', { method: 'POST', body: JSON.stringify(seen) });
});
`;

describeInFirefox('The pages in Firefox', () => {
  let folder: string;
  let files: Files;
  beforeAll(() => {
    folder = buildPages();
    const decode = (bytes: string | Uint8Array) => new TextDecoder().decode(bytes as Uint8Array);
    const driven = Object.entries(filesIn(folder)).map(([name, bytes]) => [
      name,
      name.endsWith('.html')
        ? decode(bytes).replace('<head>', '<head><script src="driver.js"></script>')
        : bytes,
    ]);
    files = { ...(Object.fromEntries(driven) as Files), 'driver.js': DRIVER };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('train, pause, and show what is under the pointer', async () => {
    let post: (text: string) => void;
    const posted = new Promise<string>((resolve) => (post = resolve));
    const server = await serveFiles(files, ISOLATING, (text) => post(text));
    await visit(`${server.url}index.html`, posted);
    await server.close();
    expect(JSON.parse(await posted)).toEqual({
      said: [],
      train: 'Pause',
      hover: expect.stringMatching(/^h, step 1 “.”, unit \d+$/),
      checked: expect.stringMatching(/They agree to/),
      lab: 'Pause',
      bench: [
        ['ours1', true],
        ['tfjsWasm1', true],
      ],
    });
  });
});
