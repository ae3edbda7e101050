/** A local web server for tests. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** @param whenReceived calls `act` once the client has this many bytes of the file */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  whenReceived: (bytes: number, act: () => void) => void,
) => void;

export interface TestServer {
  readonly url: string;
  /** The requests so far: path and range. */
  readonly requests: { path: string; range: string | undefined; ifRange: string | undefined }[];
  /** Answers the next request, and all later ones until there is another handler. */
  answer(...handlers: Handler[]): void;
  /**
   * To report how many bytes of the file the client has: bytes still in transit when a connection breaks are
   * lost.
   */
  readonly received: (bytes: number) => void;
  close(): Promise<void>;
}

export async function startServer(): Promise<TestServer> {
  let handlers: Handler[] = [];
  let awaited: { bytes: number; act: () => void } | null = null;
  const requests: TestServer['requests'] = [];
  const server = createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    requests.push({ path: request.url!, range, ifRange: ifRange as string | undefined });
    const handler = handlers.length > 1 ? handlers.shift()! : handlers[0]!;
    handler(request, response, (bytes, act) => (awaited = { bytes, act }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`,
    requests,
    answer(...next) {
      handlers = next;
      requests.length = 0;
      awaited = null;
    },
    received(bytes) {
      if (awaited && bytes >= awaited.bytes) awaited.act();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface FileOptions {
  etag?: string;
  /** Bytes to send before the connection breaks. */
  breakAfter?: number;
  /** Omit the length, as servers do that generate the file on the fly. */
  unsaid?: boolean;
  /** Answer every request with the whole file. */
  ignoreRange?: boolean;
}

/** Serves a file like a good server, including ranges, except for the given options. */
export function file(content: Buffer, options: FileOptions = {}): Handler {
  const { etag, breakAfter, unsaid, ignoreRange } = options;
  return (request, response, whenReceived) => {
    const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const isRest = !ignoreRange && from !== undefined && request.headers['if-range'] === etag;
    const start = isRest ? Number(from) : 0;
    const rest = content.subarray(start);
    if (etag) response.setHeader('etag', etag);
    if (!unsaid) response.setHeader('content-length', rest.length);
    if (isRest) response.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`);
    response.statusCode = isRest ? 206 : 200;
    if (breakAfter === undefined) return void response.end(rest);
    whenReceived(start + breakAfter, () => response.destroy());
    response.write(rest.subarray(0, breakAfter));
  };
}

/** Breaks the connection without an answer. */
export const breakOff: Handler = (request) => request.socket.destroy();

/** Never answers. */
export const silence: Handler = () => {};

export const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    void response.writeHead(code, headers).end('no');
