/** A web server of one's own for tests, on this machine only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** @param whenReceived acts as soon as the client has so many bytes of the file */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  whenReceived: (bytes: number, act: () => void) => void,
) => void;

export interface TestServer {
  readonly url: string;
  /** The requests so far: path and range. */
  readonly requests: { path: string; range: string | undefined; ifRange: string | undefined }[];
  /** Answers the next request, and all later ones as long as no further handler is there. */
  answer(...handlers: Handler[]): void;
  /** To be told how many bytes of the file the client has: what is still under way when a connection breaks is lost. */
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
  /** Leave the length out, as servers do that make up the file as they go. */
  unsaid?: boolean;
  /** Answer each request with the whole file. */
  ignoreRange?: boolean;
}

/** Serves a file as a good server does, ranges included, but for what the options say. */
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

/** Breaks the connection without a word. */
export const breakOff: Handler = (request) => request.socket.destroy();

/** Says nothing, for ever. */
export const silence: Handler = () => {};

export const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    void response.writeHead(code, headers).end('no');
