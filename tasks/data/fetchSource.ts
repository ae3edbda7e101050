/** Fetches a data set into a directory, once, and prints its content and how to use it. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InputError } from '../../models/index.js';
import { listenForInterrupt } from '../common/interrupt.js';
import { printable } from '../common/printable.js';
import { reason } from '../common/reason.js';
import { print } from '../common/say.js';
import { download } from './download.js';
import { createDownloadBar, type DownloadBar } from './downloadBar.js';
import { megabytes } from './megabytes.js';
import { findPartial } from './partial.js';
import { verify, type Download, type Found, type Source } from './source.js';

/** Settings of a download. */
export interface FetchOptions {
  /** Fetch it even if it is there. */
  readonly force?: boolean;
  /** Milliseconds without a byte after which the connection counts as broken. Default: 30 s. */
  readonly patience?: number;
  /** Milliseconds between a broken connection and the next attempt. Default: 2 s. */
  readonly pause?: number;
  /** Shows the progress. Default: on stderr. */
  readonly bar?: DownloadBar;
}

/**
 * Fetches a data set unless it is there, checks it and prints how to use it. For one that must be downloaded
 * by hand, it prints how.
 * @param directory created if needed
 * @returns the exit status: 0 if the data are there and correct
 * @throws InputError or DataError when they are not
 */
export async function fetchSource(
  source: Source,
  directory: string,
  options: FetchOptions = {},
): Promise<number> {
  const { title, file, home } = source;
  const path = resolve(directory, file);
  print(`data     ${title}`);
  if (existsSync(path) && !(options.force && 'url' in home)) {
    const found = await verify(source, path).catch((error: unknown) => {
      const next = 'url' in home ? 'fetch it again with --force' : `download it again from ${home.page}`;
      throw new InputError(`${(error as Error).message}; ${next}`);
    });
    report(source, path, found, 'was there already');
    return 0;
  }
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw new InputError(`cannot write ${directory}: ${reason(error)}`);
  });
  if (!('url' in home)) {
    print(`home     ${home.page}`);
    print(`by hand  ${home.steps}`);
    print(printable(`then     ${use(source, join('PATH', file))}`));
    print(printable(`or       put it at ${path} and run this command again, which checks it`));
    return 1;
  }
  print(`from     ${home.url}`);
  return fetchWithBar(source, home, path, options);
}

/** @returns 0, or the exit status of a stopped download */
async function fetchWithBar(
  source: Source,
  home: Download,
  path: string,
  { patience = 30_000, pause = 2000, bar = createDownloadBar() }: FetchOptions,
): Promise<number> {
  const { url } = home;
  const interrupt = listenForInterrupt();
  let found: Found | null = null;
  const check = async (partial: string) => {
    bar.end();
    found = await verify(source, partial);
  };
  try {
    await download({ ...home, check }, path, {
      patience,
      pause,
      signal: interrupt.signal,
      onProgress: (done, total) => bar.update(done, total),
    });
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    bar.end();
    const kept = await findPartial(path, url);
    const next = kept
      ? `${megabytes(kept.size)} are kept; run the same command again to continue`
      : 'nothing kept';
    print(`stopped; ${next}`);
    return interrupt.status;
  } finally {
    bar.end();
    interrupt.release();
  }
  report(source, path, found!, 'fetched');
  return 0;
}

function report(source: Source, path: string, { counts, sha256 }: Found, how: string): void {
  print(printable(`file     ${path}, ${how}`));
  print(`holds    ${counts}: as expected`);
  const judged = source.sha256 === null ? 'no known value to compare it with' : 'as expected';
  print(`sha256   ${sha256}, ${judged}`);
  print(printable(`use it   ${use(source, path)}`));
}

const use = ({ task }: Source, path: string) => `npm start -- ${task} --data "${path}"`;
