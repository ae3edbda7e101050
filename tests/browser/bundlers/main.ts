/**
 * Installs bundlers, builds a page with each, from the package as it is published, and runs it in Chromium:
 *
 *     npm run bundlers
 *
 * A bundler must warn of nothing, and its page must train to the weights of Node, on WebAssembly.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { chromePath, openBrowser, openPage, serveFiles, type Files } from '../browser.js';
import { bundlers, type Bundler } from './bundlers.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** A program of a user: the same for Node and for pages. */
const TRAIN = `
export async function train({ createKernels, createModel, createTrainer, dense, gru, oneHot, recurrent, adam, unroll }) {
  const kernels = await createKernels();
  const model = createModel({ kernels, input: oneHot(9), layers: [recurrent(gru, { units: 24 }), dense(9)], seed: 1 });
  const graph = unroll(model, { batch: 16, steps: 7, loss: 'softmaxCrossEntropy' });
  graph.input.data.forEach((_, n, input) => (input[n] = n % 9));
  const trainer = createTrainer(model, adam({ rate: 0.01 }));
  for (let step = 0; step < 20; step++) trainer.step(graph);
  const weights = [...model.parameters.values.data];
  await kernels.close();
  return JSON.stringify([kernels.name.replace('-256', ''), weights]);
}`;
const MAIN = `
import * as unrolled from 'unrolled';
import { tokenize } from 'unrolled/datasets';
import { train } from './train.js';
globalThis.words = tokenize('It runs.');
globalThis.trained = train(unrolled);
`;
const NODE = `
import * as unrolled from 'unrolled';
import { train } from './train.js';
process.stdout.write(await train(unrolled));
`;
const page = (script: string) =>
  `<!doctype html><html><head><meta charset="utf-8"><title>Page</title></head><body><script ${script}></script></body></html>`;

/** A user's project with the published package and all bundlers; null where npm cannot install them: offline. */
function createProject(): string | null {
  const directory = mkdtempSync(join(tmpdir(), 'unrolled-bundlers-'));
  const npm = (...args: string[]) =>
    execFileSync('npm', args, { cwd: directory, stdio: 'pipe', shell: process.platform === 'win32' });
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  npm('pack', root, '--ignore-scripts');
  const tarball = readdirSync(directory).find((name) => name.endsWith('.tgz'))!;
  const packages = bundlers.flatMap((bundler) => bundler.packages);
  try {
    npm('install', '--no-audit', '--no-fund', `./${tarball}`, ...packages);
  } catch (error) {
    console.log('skipped: the pages of bundlers, which could not be installed:', (error as Error).message);
    rmSync(directory, { recursive: true, force: true });
    return null;
  }
  const files = {
    'train.js': TRAIN,
    'main.js': MAIN,
    'node.js': NODE,
    'index.html': page('type="module" src="/main.js"'),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

/** Builds the page. @throws Error with what the bundler said, if it warned or failed */
function buildPage(directory: string, { command, script }: Bundler, out: string): Files {
  const { status, stdout, stderr } = spawnSync(process.execPath, command(out), {
    cwd: directory,
    encoding: 'utf8',
  });
  const printed = stdout + stderr;
  if (status !== 0 || /warn|\(!\)/i.test(printed)) throw new Error(printed);
  if (script) writeFileSync(join(directory, out, 'index.html'), page(script));
  return filesIn(join(directory, out));
}

function filesIn(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  return Object.fromEntries(
    entries.map(({ name, parentPath }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)];
    }),
  );
}

/** The package's own file, for pages without a bundler. */
function plainPage(directory: string): Files {
  const folder = join(directory, 'node_modules', 'unrolled', 'dist', 'browser');
  const main = MAIN.replace(`'unrolled'`, `'./unrolled.js'`).replace(
    `'unrolled/datasets'`,
    `'./datasets.js'`,
  );
  return {
    ...filesIn(folder),
    'index.html': page('type="module" src="main.js"'),
    'main.js': main,
    'train.js': TRAIN,
  };
}

/** What the page trained. @throws Error with what it said on its console, if it did */
async function trainOn(browser: Browser, files: Files): Promise<string> {
  const server = await serveFiles(files);
  const { page: opened, said } = await openPage(browser, server.url);
  await opened.waitForFunction('globalThis.words?.length === 3 && globalThis.trained').catch(() => null);
  const trained = await opened.evaluate<string>('globalThis.trained');
  await opened.context().close();
  await server.close();
  if (said.length) throw new Error(said.join('\n'));
  return trained;
}

async function checkAll(directory: string): Promise<void> {
  const expected = execFileSync(process.execPath, ['node.js'], { cwd: directory, encoding: 'utf8' });
  const browser = await openBrowser();
  const check = async (name: string, files: () => Files) => {
    try {
      const trained = await trainOn(browser, files());
      if (trained !== expected) throw new Error('the page has other weights or kernels than Node');
      console.log(`${name}: builds without a warning, and trains to the weights of Node`);
    } catch (error) {
      console.log(`${name}: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  };
  for (const [n, bundler] of bundlers.entries())
    await check(bundler.name, () => buildPage(directory, bundler, `out${n}`));
  await check('no bundler', () => plainPage(directory));
  await browser.close();
}

if (!chromePath) {
  console.log('skipped: the pages of bundlers, because there is no Chromium (CHROME_PATH names one)');
} else {
  const directory = createProject();
  if (directory) {
    await checkAll(directory);
    rmSync(directory, { recursive: true, force: true });
  }
}
