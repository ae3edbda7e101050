/** Builds the page: a folder for any static host, and one file that opens from the disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Plugin } from 'vite';
import { cells } from '../../../cells/index.js';
import { InputError } from '../../../models/index.js';
import { embeddedPath } from '../../common/embedded.js';
import { originOfLast, originsOf } from '../equations/index.js';
import { buildBenchPage } from './benchPage.js';
import { frame } from './frame.js';
import { isFresh } from './fresh.js';
import { virtual } from './virtual.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const PAGE = join(ROOT, 'tasks', 'playground', 'page');
const COMPILED = join(ROOT, 'dist', 'tasks', 'playground');
const WORKER = join(COMPILED, 'worker', 'worker.js');
const LAB_WORKER = join(COMPILED, 'lab', 'worker.js');

/**
 * Where the sources can be read: known to the workflow that publishes the page. Null: only their names are
 * shown.
 */
function addressOfSources(): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = process.env;
  return server && repository && commit ? `${server}/${repository}/blob/${commit}` : null;
}

/** Where the page is built. */
export const FOLDER = join(ROOT, 'dist', 'page');

/** `virtual:origins`: the equation and line of each number of each cell, from the sources as they are now. */
function origins(): Plugin {
  const read = (file: string) => readFileSync(join(ROOT, 'cells', file), 'utf8');
  return virtual('virtual:origins', () => {
    const byCell = Object.fromEntries(
      Object.entries(cells).map(([name, cell]) => [name, originsOf(cell, read)]),
    );
    const last = originOfLast(readFileSync(join(ROOT, 'models', 'layers', 'dense.ts'), 'utf8'));
    const values = { origins: byCell, last, sources: addressOfSources() };
    return Object.entries(values)
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
      .join('\n');
  });
}

/** Puts script and style into the HTML: browsers load no module from the disk. */
const inline: Plugin = {
  name: 'inline',
  enforce: 'post',
  generateBundle(_, bundle) {
    const files = Object.values(bundle);
    const html = files.find((file) => file.fileName.endsWith('.html'));
    if (html?.type !== 'asset') throw new Error('the page has no HTML');
    let text = String(html.source);
    for (const file of files) {
      if (file.type === 'chunk') {
        const code = file.code.replaceAll('</script', '<\\/script');
        text = text.replace(/<script type="module"[^>]*><\/script>/, '');
        text = text.replace('</body>', () => `<script>${code}</script></body>`);
      } else if (file.fileName.endsWith('.css')) {
        text = text.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${String(file.source)}</style>`);
      } else continue;
      delete bundle[file.fileName];
    }
    html.source = text;
  },
};

function configuration(folder: string, isSingle: boolean): InlineConfig {
  const book = embeddedPath('webtorrent-fixtures', 'fixtures/alice.txt', 'book is', 'install it');
  return {
    root: PAGE,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [
      // There is no other page beside the single file.
      frame(isSingle),
      origins(),
      virtual('virtual:book', () => `export { default } from ${JSON.stringify(`${book}?url`)};`),
      virtual(
        'virtual:worker',
        () => `export { default } from ${JSON.stringify(`${WORKER}?worker${isSingle ? '&inline' : ''}`)};`,
      ),
      virtual(
        'virtual:lab-worker',
        () => `export { default } from ${JSON.stringify(`${LAB_WORKER}?worker`)};`,
      ),
      ...(isSingle ? [inline] : []),
    ],
    worker: { format: isSingle ? 'iife' : 'es' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: isSingle ? 1e9 : 0,
      rolldownOptions: {
        // That its plugins take most of the time is no news here.
        checks: { pluginTimings: false },
        ...(isSingle
          ? { output: { format: 'iife' } }
          : { input: ['index.html', 'lab.html'].map((name) => join(PAGE, name)) }),
      },
    },
  };
}

/** Written last. */
const STAMP = 'playground.html';

/** Whether the page in FOLDER was built, to the end, from the sources as they are now. */
export const isBuilt = () => isFresh(ROOT, join(FOLDER, STAMP));

/**
 * Builds all: pages with their files, and `playground.html`, in a folder of their own.
 * @throws InputError when the folder holds something else
 */
export async function buildPage(folder = FOLDER): Promise<void> {
  const start = new Date();
  if (existsSync(folder) && !existsSync(join(folder, 'index.html')) && readdirSync(folder).length > 0)
    throw new InputError(`${folder} is not empty, and holds no page; name another folder`);
  await rm(folder, { recursive: true, force: true });
  await build(configuration(folder, true));
  const single = await readFile(join(folder, 'index.html'));
  await build(configuration(folder, false));
  await buildBenchPage(ROOT, folder);
  await writeFile(join(folder, STAMP), single);
  // What has changed since the start may not be in it.
  await utimes(join(folder, STAMP), start, start);
}
