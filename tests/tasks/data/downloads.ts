/** Shared by the tests of downloads: a server, a directory, a file to fetch. */
import { expect } from '@jest/globals';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../models/index.js';
import { sha256 } from '../../../tasks/common/files.js';
import { download, type DownloadOptions, type Remote } from '../../../tasks/data/download.js';
import { temporaryDirectory } from '../run.js';
import { startServer } from './server.js';

export const CONTENT = Buffer.from(Array.from({ length: 200_000 }, (_, n) => n * 7 + (n >> 8)));
export const NEWER = Buffer.from(CONTENT).fill(1, 100_000);
/** Version names of a server. */
export const [ONE, TWO] = ['"one"', '"two"'];
/** The files of a download that broke off. */
export const PARTIAL = ['target.part', 'target.part.json'];

export async function downloads() {
  const server = await startServer();
  const directory = temporaryDirectory();
  const at = (name: string) => join(directory.path, name);
  const target = at('target');
  const files = () => readdirSync(directory.path).sort();

  const fetchIt = (remote: Partial<Remote> = {}, options: Partial<DownloadOptions> = {}, to = target) =>
    download({ url: server.url, limit: 200_000, check: requireSame(CONTENT), ...remote }, to, {
      patience: 10_000,
      pause: 0,
      signal: new AbortController().signal,
      onProgress: server.received,
      ...options,
    });

  return {
    server,
    at,
    target,
    directory: directory.path,
    files,
    partial: () => readFileSync(at('target.part')),
    fetchIt,
    /** The one-line error of a download. */
    complaint: async (...args: Parameters<typeof fetchIt>): Promise<string> => {
      const error: unknown = await fetchIt(...args).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'InputError' });
      const { message } = error as Error;
      expect(message).not.toMatch(/\n/);
      return message;
    },
    /** The requested ranges. */
    ranges: () => server.requests.map(({ range }) => range),
    empty: () => files().forEach((name) => rmSync(at(name), { recursive: true })),
    close: async () => {
      await server.close();
      directory.remove();
    },
  };
}

export const requireSame = (expected: Buffer) => (path: string) => {
  if (sha256(readFileSync(path)) !== sha256(expected)) throw new InputError(`${path} has a wrong checksum`);
  return Promise.resolve();
};
