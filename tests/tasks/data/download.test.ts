import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { follow } from '../../../tasks/data/request.js';
import { CONTENT, downloads, NEWER, ONE, PARTIAL } from './downloads.js';
import { openFiles } from './openFiles.js';
import { file, silence, startServer, status } from './server.js';

const { server, at, target, directory, files, partial, fetchIt, complaint, empty, close } = await downloads();
afterEach(empty);
afterAll(close);

describe('download(remote, target)', () => {
  it('fetches a whole file, and leaves no other files', async () => {
    server.answer(file(CONTENT, { etag: ONE }));
    await fetchIt();
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
    expect(files()).toEqual(['target']);
    expect(openFiles(directory)).toEqual([]);
  });

  it('fetches a file whose length the server does not say', async () => {
    server.answer(file(CONTENT, { unsaid: true }));
    await fetchIt();
    expect(files()).toEqual(['target']);
  });

  it('reports its progress', async () => {
    server.answer(file(CONTENT));
    const told: [number, number | null][] = [];
    await fetchIt({}, { onProgress: (...now) => told.push(now) });
    expect(told[0]).toEqual([0, 200_000]);
    expect(told.at(-1)).toEqual([200_000, 200_000]);
  });

  it('replaces an older file only when the new one is complete and correct', async () => {
    writeFileSync(target, 'old');
    server.answer(file(NEWER));
    await complaint();
    expect(readFileSync(target, 'utf8')).toBe('old');
    server.answer(file(CONTENT));
    await fetchIt();
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
  });

  it('follows a redirect', async () => {
    server.answer(status(302, { location: '/elsewhere' }), file(CONTENT));
    await fetchIt();
    expect(server.requests.map(({ path }) => path)).toEqual(['/file', '/elsewhere']);
    expect(files()).toEqual(['target']);
  });
});

describe('follow(from, location)', () => {
  it('goes from http to https, and never back', () => {
    const [plain, safe] = [new URL('http://a.org/x'), new URL('https://a.org/x')];
    expect(follow(plain, 'https://b.org/').href).toBe('https://b.org/');
    expect(follow(safe, '/y').href).toBe('https://a.org/y');
    expect(() => follow(safe, 'http://b.org/')).toThrow(/b.org\/, which is not https: refused/);
  });
});

describe('one line, and nothing left, when', () => {
  // Runs before the directory is emptied.
  afterEach(() => expect(files()).toEqual([]));

  it('the checksum is wrong', async () => {
    server.answer(file(NEWER, { etag: ONE }));
    expect(await complaint()).toMatch(
      /^the file from http:.* is not the expected one and was removed: .*target\.part has a wrong checksum$/,
    );
  });

  it.each([
    [404, /cannot fetch http.*: it is no longer there \(status 404\)$/],
    [403, /access is denied \(status 403\)$/],
    [429, /too many requests; try again later \(status 429\)$/],
    [500, /the server has trouble; try again later \(status 500\)$/],
    [204, /unexpected \(status 204\)$/],
    [206, /unexpected \(status 206\)$/],
  ])('the server answers %i', async (code, message) => {
    server.answer(status(code));
    expect(await complaint()).toMatch(message);
    expect(server.requests).toHaveLength(1);
  });

  it.each([false, true])('the file is too large (its length left out: %s)', async (unsaid) => {
    server.answer(file(CONTENT, { etag: ONE, unsaid }));
    expect(await complaint({ limit: 150_000 })).toMatch(/file is larger than the limit of 0\.1 MB/);
  });

  it('the server never answers', async () => {
    server.answer(silence);
    expect(await complaint({}, { patience: 30 })).toMatch(/: 127\.0\.0\.1:\d+ has sent nothing for 0\.03 s$/);
    expect(server.requests).toHaveLength(1);
  });

  it('the server stops sending in the middle, in every attempt', async () => {
    server.answer((_, response) => void response.writeHead(200).write('a'));
    expect(await complaint({}, { patience: 30 })).toMatch(/has sent nothing for 0\.03 s$/);
    expect(server.requests).toHaveLength(5);
  });

  it('the redirects form a loop', async () => {
    server.answer(status(301, { location: server.url }));
    expect(await complaint()).toMatch(/redirects more than 5 times/);
    expect(server.requests).toHaveLength(6);
  });

  it.each([
    ['nowhere', {}, /redirects, but does not say where to/],
    ['to no address', { location: 'http://[' }, /redirects, but does not say where to/],
    ['to a file', { location: 'file:///etc/passwd' }, /redirects to file:.* which is not https: refused/],
  ])('a redirect leads %s', async (_, headers: Record<string, string>, message) => {
    server.answer(status(302, headers));
    expect(await complaint()).toMatch(message);
  });

  it('no server is there', async () => {
    const gone = await startServer();
    await gone.close();
    expect(await complaint({ url: gone.url })).toMatch(/: it refuses the connection$/);
  });

  it('the host does not exist', async () => {
    expect(await complaint({ url: 'http://no-such-name.invalid/file' })).toMatch(
      /no-such-name\.invalid: its name cannot be looked up: is this machine connected to the internet\?$/,
    );
  });

  it('the directory is gone', async () => {
    server.answer(file(CONTENT));
    await expect(fetchIt({}, {}, at('missing/target'))).rejects.toThrow(
      /^cannot write .*missing.target\.part: there is no such file$/,
    );
  });
});

it('a file that cannot be renamed is reported', async () => {
  mkdirSync(join(target, 'full'), { recursive: true });
  server.answer(file(CONTENT, { etag: ONE }));
  expect(await complaint()).toMatch(/^cannot write .*target: /);
});

it('a stopped download leaves only the partial file', async () => {
  server.answer((_, response) => {
    response.writeHead(200, { etag: ONE, 'content-length': 200_000 });
    response.write(CONTENT.subarray(0, 1000));
  });
  const controller = new AbortController();
  const onProgress = (done: number) => done > 0 && controller.abort(new Error('stopped'));
  await expect(fetchIt({}, { signal: controller.signal, onProgress })).rejects.toThrow('stopped');
  expect(files()).toEqual(PARTIAL);
  expect(partial()).toHaveLength(1000);
  await expect(fetchIt({}, { signal: controller.signal })).rejects.toThrow('stopped');
});
