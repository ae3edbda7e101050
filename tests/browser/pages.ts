/** The pages that train, and the headers that they are served with. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ISOLATING, type Files, type Headers } from './browser.js';

export const CSP: Headers = {
  'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
};
export const CSP_AND_THREADS: Headers = {
  ...ISOLATING,
  'Content-Security-Policy': `${CSP['Content-Security-Policy']}; worker-src 'self' blob:`,
};
export const NO_WASM: Headers = { 'Content-Security-Policy': "default-src 'self'" };

const DIST = new URL('../../', import.meta.url);

/** A compiled file with all that it imports, as a bundler makes it for browsers. */
async function bundle(path: string): Promise<string> {
  const entryPoints = [fileURLToPath(new URL(path, DIST))];
  const { outputFiles, warnings } = await build({ entryPoints, bundle: true, write: false });
  if (warnings.length) throw new Error(warnings.map(({ text }) => text).join('\n'));
  return outputFiles[0]!.text;
}

const html = (...scripts: string[]) =>
  `<!doctype html><meta charset="utf-8"><title>Test</title>${scripts.join('')}`;
const inline = (code: string) => `<script>${code.replaceAll('</script', '<\\/script')}</script>`;

/** The page that trains: in files, and as one file. */
export async function writePages(): Promise<{ files: Files; single: string }> {
  const [page, worker] = await Promise.all(['tests/browser/page.js', 'tests/browser/worker.js'].map(bundle));
  const files = {
    'index.html': html('<script src="page.js"></script>'),
    'assisted.html': html('<script src="isolate.js"></script>', '<script src="page.js"></script>'),
    'page.js': page!,
    'worker.js': worker!,
    'isolate.js': readFileSync(new URL('browser/isolate.js', DIST)),
  };
  return { files, single: html(inline(`workerCode = ${JSON.stringify(worker)}`), inline(page!)) };
}
