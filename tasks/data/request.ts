/** A GET request that follows redirects, times out, and describes network errors in words. */
import { InputError } from '../../models/index.js';
import { networkReason } from './networkReason.js';

/** Settings of a request. */
export interface RequestOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds without a byte, at the start or later, after which the connection counts as broken. */
  readonly patience: number;
  /** Aborts the request, which then fails with the signal's reason. */
  readonly signal: AbortSignal;
}

/** The network or the server failed; the bytes so far are good. */
export class BrokenConnection extends Error {
  override readonly name = 'BrokenConnection';
  /** @param answered whether the server answered at all, so that another attempt is worthwhile */
  constructor(
    message: string,
    readonly answered: boolean,
  ) {
    super(message);
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /**
   * The body in pieces. Read it or call `close`.
   * @throws BrokenConnection
   */
  body(): AsyncGenerator<Uint8Array>;
  close(): void;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * @returns the first answer that is not a redirect
 * @throws BrokenConnection when no answer comes
 * @throws InputError when redirects lead nowhere, or from https to another scheme
 */
export async function request(url: string, options: RequestOptions): Promise<Answer> {
  let place = new URL(url);
  for (let n = 0; n <= MOST_REDIRECTS; n++) {
    const answer = await requestOnce(place, options);
    if (!REDIRECTS.includes(answer.status)) return answer;
    answer.close();
    place = follow(place, answer.headers.get('location'));
  }
  throw new InputError(`${url} redirects more than ${MOST_REDIRECTS} times`);
}

/**
 * The target of a redirect.
 * @throws InputError when it leads nowhere, or from https to an insecure connection
 */
export function follow(from: URL, location: string | null): URL {
  const next = location !== null && URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (!next) throw new InputError(`${from.href} redirects, but does not say where to`);
  if (next.protocol !== from.protocol && next.protocol !== 'https:') {
    throw new InputError(`${from.href} redirects to ${next.href}, which is not https: refused`);
  }
  return next;
}

async function requestOnce(url: URL, { headers, patience, signal }: RequestOptions): Promise<Answer> {
  let answered = false;
  const controller = new AbortController();
  const silence = setTimeout(() => {
    controller.abort(new BrokenConnection(`${url.host} has sent nothing for ${patience / 1000} s`, answered));
  }, patience);
  const stop = () => controller.abort(signal.reason);
  signal.addEventListener('abort', stop);
  const close = () => {
    clearTimeout(silence);
    signal.removeEventListener('abort', stop);
    controller.abort();
  };
  const failure = (error: unknown) => {
    if (signal.aborted) return signal.reason as unknown;
    if (controller.signal.aborted) return controller.signal.reason as unknown;
    return new BrokenConnection(networkReason(error, url.host), answered);
  };
  try {
    signal.throwIfAborted();
    // Uncompressed, so that lengths are those of the file.
    const response = await fetch(url, {
      headers: { 'accept-encoding': 'identity', 'user-agent': 'unrolled', ...headers },
      redirect: 'manual',
      signal: controller.signal,
    });
    silence.refresh();
    answered = true;
    return {
      status: response.status,
      headers: response.headers,
      close,
      async *body() {
        try {
          for await (const piece of response.body ?? []) {
            silence.refresh();
            yield piece as Uint8Array;
          }
        } catch (error) {
          throw failure(error);
        } finally {
          close();
        }
      },
    };
  } catch (error) {
    const told = failure(error);
    close();
    throw told;
  }
}
