/**
 * Serves the built page on this machine, isolated across origins and under a strict Content-Security-Policy.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { InputError } from '../../models/index.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=us-ascii',
};

const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; " +
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** The one file that opens from the disk has its script inside, and may start the worker that it holds. */
const OF_SINGLE_FILE = {
  'Content-Security-Policy': "default-src 'self' data: blob: 'unsafe-inline' 'wasm-unsafe-eval'",
};

/**
 * The bench page's workers start others, from texts that they hold: the threads of our kernels, and those of
 * tfjs, which then import such a text.
 */
const OF_BENCH_PAGE = {
  'Content-Security-Policy': HEADERS['Content-Security-Policy']
    .replace("script-src 'self'", "script-src 'self' blob:")
    .replace("worker-src 'self'", "worker-src 'self' blob:"),
};

/** @param name the path of a file */
function headersOf(name: string) {
  if (name === '/playground.html') return { ...HEADERS, ...OF_SINGLE_FILE };
  return name.startsWith('/bench') ? { ...HEADERS, ...OF_BENCH_PAGE } : HEADERS;
}

/**
 * @param port 0: any that is free
 * @throws InputError when the port cannot be used
 */
export async function servePage(folder: string, port: number): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => {
    // Not by URL, which throws at addresses such as //.
    const [pathname] = request.url!.split('?');
    const name = pathname === '/' ? '/index.html' : pathname!;
    // Names of the build only: no dots that lead elsewhere.
    const file = /^(\/[\w-]+)+\.\w+$/.test(name) ? join(folder, name) : null;
    void (file ? readFile(file) : Promise.reject(new Error('no such name'))).then(
      (body) => {
        const type = { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' };
        response.writeHead(200, { ...headersOf(name), ...type }).end(body);
      },
      () => response.writeHead(404, HEADERS).end('not found'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ message }) =>
      reject(new InputError(`port ${port} cannot be used: ${message}; give another with --port`)),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: used } = server.address() as { port: number };
  return { server, address: `http://127.0.0.1:${used}/` };
}
