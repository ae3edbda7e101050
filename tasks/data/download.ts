/** Fetches a file, continuing where an earlier attempt broke off. */
import { setTimeout } from 'node:timers/promises';
import { InputError } from '../../models/index.js';
import { megabytes } from './megabytes.js';
import {
  beginPartial,
  continuePartial,
  findPartial,
  finishPartial,
  partialPaths,
  removePartial,
} from './partial.js';
import { askForRest, isPart, isRest, lengthOf, versionOf } from './ranges.js';
import { BrokenConnection, request } from './request.js';

/** A file to fetch, and its check. */
export interface Remote {
  readonly url: string;
  /** The maximum size in bytes. */
  readonly limit: number;
  /** @throws InputError when the file at that path is wrong */
  check(path: string): Promise<unknown>;
}

/** Settings of a download. */
export interface DownloadOptions {
  /** Milliseconds without a byte after which the connection counts as broken. */
  readonly patience: number;
  /** Milliseconds between a broken connection and the next attempt. */
  readonly pause: number;
  /** Stops the download; the bytes so far are kept. */
  readonly signal: AbortSignal;
  /**
   * Called as bytes arrive, with their number so far and the total, or null if the server does not say it.
   */
  readonly onProgress: (done: number, total: number | null) => void;
}

/** Attempts per run. A server that does not answer at all is not asked again. */
const ATTEMPTS = 5;

/**
 * Fetches a file into a temporary one next to `target`, checks it and renames it; the directory must exist.
 * After a broken connection the bytes so far are kept, and the next attempt, in this run or another,
 * continues from there if the server supports it and its file has not changed.
 * @throws InputError in one line: no connection, not found, too large, not writable, wrong content
 * @throws the signal's reason, when it is aborted
 */
export async function download(remote: Remote, target: string, options: DownloadOptions): Promise<void> {
  const { url } = remote;
  try {
    await fetchInAttempts(remote, target, options);
  } catch (error) {
    const kept = await findPartial(target, url);
    if (!kept) await removePartial(target);
    if (!(error instanceof BrokenConnection)) throw error;
    const next = kept ? `; ${megabytes(kept.size)} are kept; run the same command again to continue` : '';
    throw new InputError(`cannot fetch ${url}: ${error.message}${next}`);
  }
  try {
    await remote.check(partialPaths(target).bytes);
  } catch (error) {
    await removePartial(target);
    const why = (error as Error).message;
    throw new InputError(`the file from ${url} is not the expected one and was removed: ${why}`);
  }
  await finishPartial(target);
}

async function fetchInAttempts(remote: Remote, target: string, options: DownloadOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchRest(remote, target, options);
    } catch (error) {
      if (!(error instanceof BrokenConnection && error.answered) || attempt === ATTEMPTS) throw error;
      await setTimeout(options.pause, undefined, { signal: options.signal });
    }
  }
}

/** One attempt: the whole file, or the rest of a partial one. */
async function fetchRest(remote: Remote, target: string, options: DownloadOptions): Promise<void> {
  const { url, limit } = remote;
  const { patience, signal, onProgress } = options;
  const known = await findPartial(target, url);
  const answer = await request(url, { headers: known ? askForRest(known) : {}, patience, signal });
  try {
    const rest = known !== null && isRest(answer, known);
    if (known && !rest && isPart(answer)) {
      await removePartial(target);
      throw new BrokenConnection('the server sends another part than requested', true);
    }
    if (!rest && answer.status !== 200) throw refusal(url, answer.status);

    let done = rest ? known.size : 0;
    const length = lengthOf(answer);
    const total = length === null ? null : done + length;
    const requireAllowed = async (size: number) => {
      if (size <= limit) return;
      await removePartial(target);
      throw new InputError(`${url} is larger than the limit of ${megabytes(limit)}`);
    };
    await requireAllowed(total ?? done);
    const file = await (rest ? continuePartial(target) : beginPartial(target, versionOf(answer, url)));
    try {
      onProgress(done, total);
      for await (const piece of answer.body()) {
        done += piece.length;
        await requireAllowed(done);
        await file.append(piece);
        onProgress(done, total);
      }
    } finally {
      await file.close();
    }
    if (total !== null && done < total) throw new BrokenConnection('the connection ended early', true);
  } finally {
    answer.close();
  }
}

function refusal(url: string, status: number): InputError {
  const words: Record<number, string> = {
    403: 'access is denied',
    404: 'it is no longer there',
    410: 'it is no longer there',
    429: 'too many requests; try again later',
  };
  const said = words[status] ?? (status >= 500 ? 'the server has trouble; try again later' : 'unexpected');
  return new InputError(`cannot fetch ${url}: ${said} (status ${status})`);
}
