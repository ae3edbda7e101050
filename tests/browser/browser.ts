/** Chromium as it is installed on this machine, and a server for its pages. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { chromium, type Browser, type Page } from 'playwright-core';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The program: what the environment variable CHROME_PATH names, or what is in one of the usual places; or null. */
export const chromePath = process.env.CHROME_PATH ?? USUAL.find((path) => existsSync(path)) ?? null;

/** Starts the browser. `LAN` is a name of this machine that is not localhost, so that its pages lack what https gives. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromePath!,
    // Containers often run as root, which Chromium's sandbox refuses.
    chromiumSandbox: false,
    args: [`--host-resolver-rules=MAP ${LAN} 127.0.0.1`],
  });
}

export const LAN = 'lan.example';

/** A page that is open, and what it said on its console, and the errors that it did not catch. */
export interface OpenPage {
  readonly page: Page;
  readonly said: readonly string[];
}

export async function openPage(browser: Browser, url: string): Promise<OpenPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    said.push(`${message.type()}: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`));
  await page.goto(url);
  return { page, said };
}

/** Files by their paths: `index.html`. */
export type Files = Readonly<Record<string, string | Uint8Array>>;
export type Headers = Readonly<Record<string, string>>;

/** The files of a folder. */
export function filesIn(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names
    .filter((name) => name.includes('.'))
    .map((name) => [name, readFileSync(join(folder, name))]);
  return Object.fromEntries(files) as Files;
}

/** What isolates a page across origins. */
export const ISOLATING: Headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const TYPES: Headers = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves files, with headers, to this machine only. @param posted is told what pages send */
export async function serveFiles(
  files: Files,
  headers: Headers = {},
  posted: (text: string) => void = () => {},
) {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname.slice(1) || 'index.html';
    if (request.method === 'POST') {
      void text(request).then(posted);
      return void response.writeHead(204).end();
    }
    // Browsers ask for it by themselves.
    if (!(path in files)) return void response.writeHead(path === 'favicon.ico' ? 204 : 404, headers).end();
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'Content-Type': type }).end(files[path]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    lanUrl: `http://${LAN}:${port}/`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
