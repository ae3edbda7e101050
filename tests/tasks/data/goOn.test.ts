/** A broken download continues from there, or starts again if that would mix two versions. */
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { CONTENT, downloads, NEWER, ONE, PARTIAL, requireSame, TWO } from './downloads.js';
import { breakOff, file, status } from './server.js';

const { server, at, files, partial, fetchIt, complaint, ranges, empty, close } = await downloads();
afterEach(empty);
afterAll(close);

describe('when the connection breaks, download', () => {
  it('continues where it broke, at once', async () => {
    server.answer(file(CONTENT, { etag: ONE, breakAfter: 50_000 }), file(CONTENT, { etag: ONE }));
    await fetchIt();
    expect(ranges()).toEqual([undefined, 'bytes=50000-']);
    expect(server.requests[1]!.ifRange).toBe(ONE);
    expect(files()).toEqual(['target']);
  });

  it('gives up after 5 attempts, keeps the bytes so far, and continues in the next run', async () => {
    server.answer(file(CONTENT, { etag: ONE, breakAfter: 10_000 }));
    expect(await complaint()).toMatch(
      /^cannot fetch http.*: 127.*: it broke .*; 0\.1 MB are kept; run the same command again to continue$/,
    );
    expect(server.requests).toHaveLength(5);
    expect(files()).toEqual(PARTIAL);
    expect(partial().equals(CONTENT.subarray(0, 50_000))).toBe(true);

    server.answer(file(CONTENT, { etag: ONE }));
    await fetchIt();
    expect(ranges()).toEqual(['bytes=50000-']);
    expect(files()).toEqual(['target']);
  });

  it('continues by the date of the file if the server gives no strong ETag', async () => {
    const lastModified = 'Wed, 21 Oct 2015 07:28:00 GMT';
    server.answer(
      (_, response, whenReceived) => {
        const headers = { 'last-modified': lastModified, etag: 'W/"weak"', 'content-length': 200_000 };
        whenReceived(1000, () => response.destroy());
        response.writeHead(200, headers).write(CONTENT.subarray(0, 1000));
      },
      (_, response) => {
        response.writeHead(206, { 'content-range': 'bytes 1000-199999/200000', etag: 'W/"weak"' });
        response.end(CONTENT.subarray(1000));
      },
    );
    await fetchIt();
    expect(server.requests[1]).toMatchObject({ range: 'bytes=1000-', ifRange: lastModified });
  });

  it('starts again if the server ignores the range', async () => {
    server.answer(
      file(CONTENT, { etag: ONE, breakAfter: 50_000 }),
      file(CONTENT, { etag: ONE, ignoreRange: true }),
    );
    await fetchIt();
    expect(ranges()).toEqual([undefined, 'bytes=50000-']);
  });

  it('starts again if the server names no version', async () => {
    server.answer(file(CONTENT, { breakAfter: 50_000 }), file(CONTENT));
    await fetchIt();
    expect(ranges()).toEqual([undefined, undefined]);
  });

  it('starts again if the file has changed in between', async () => {
    server.answer(file(CONTENT, { etag: ONE, breakAfter: 50_000 }), file(NEWER, { etag: TWO }));
    await fetchIt({ check: requireSame(NEWER) });
    expect(files()).toEqual(['target']);
  });

  it.each([
    ['a part that it did not request', 206, { 'content-range': 'bytes 0-9/200000' }],
    ['a part of another version', 206, { 'content-range': 'bytes 50000-199999/200000', etag: TWO }],
    ['the answer that there is no such part', 416, { 'content-range': 'bytes */10' }],
  ])('starts again when it receives %s', async (_, code, headers) => {
    server.answer(
      file(CONTENT, { etag: ONE, breakAfter: 50_000 }),
      status(code, headers),
      file(CONTENT, { etag: ONE }),
    );
    await fetchIt();
    expect(ranges()).toEqual([undefined, 'bytes=50000-', undefined]);
  });

  it('starts again if the partial file is from another address, or its note cannot be read', async () => {
    const [bytes, note] = PARTIAL.map(at) as [string, string];
    for (const text of [JSON.stringify({ url: 'http://other/', validator: ONE }), '{"url":', 'null']) {
      writeFileSync(bytes, 'something else');
      writeFileSync(note, text);
      server.answer(file(CONTENT, { etag: ONE }));
      await fetchIt();
      expect(ranges()).toEqual([undefined]);
    }
  });

  it('keeps nothing from which it could not continue', async () => {
    server.answer(file(CONTENT, { breakAfter: 50_000, unsaid: true }));
    expect(await complaint()).not.toMatch(/kept/);
    expect(files()).toEqual([]);
  });

  it('keeps the bytes so far when the server is gone', async () => {
    server.answer(file(CONTENT, { etag: ONE, breakAfter: 50_000 }), breakOff);
    expect(await complaint()).toMatch(/it broke the connection; 0\.1 MB are kept/);
    expect(server.requests).toHaveLength(2);
    server.answer(status(503));
    expect(await complaint()).toMatch(/the server has trouble; try again later \(status 503\)$/);
    expect(files()).toEqual(PARTIAL);
  });
});
