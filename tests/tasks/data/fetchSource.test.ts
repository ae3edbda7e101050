/** `npm run data`, with its sources on a local server. */
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../tasks/common/files.js';
import { fetchSource, type FetchOptions } from '../../../tasks/data/fetchSource.js';
import type { Source } from '../../../tasks/data/source.js';
import { sources } from '../../../tasks/data/sources.js';
import { temporaryDirectory } from '../run.js';
import { file, silence, startServer, status } from './server.js';
import { BOOK, labelledSentences, loads, treebank } from './sourceFiles.js';

const server = await startServer();
const directory = temporaryDirectory();
const cache = join(directory.path, 'a', 'cache');
const at = (name: string) => join(cache, name);
const files = () => readdirSync(cache).sort();
const elsewhere = (source: Source, url = server.url): Source => {
  return { ...source, home: { limit: 1e6, ...source.home, url } };
};
const alice = elsewhere(sources.alice);
const book = file(BOOK, { etag: '"book"' });

let printed = '';
beforeEach(() => {
  printed = '';
  jest.spyOn(console, 'log').mockImplementation((line: string) => void (printed += `${line}\n`));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(join(directory.path, 'a'), { recursive: true, force: true });
});
afterAll(async () => {
  await server.close();
  directory.remove();
});

const fetchIt = (source: Source, options: FetchOptions = {}, to = cache) =>
  fetchSource(source, to, { pause: 0, bar: { update: server.received, end: () => {} }, ...options });

/** Its one-line error. */
async function complaint(...args: Parameters<typeof fetchIt>): Promise<string> {
  const error: unknown = await fetchIt(...args).catch((thrown: unknown) => thrown);
  expect((error as Error).name).toMatch(/^(Input|Data)Error$/);
  expect((error as Error).message).not.toMatch(/\n/);
  return (error as Error).message;
}

describe('fetchSource(source, directory)', () => {
  it('fetches a whole file into a directory that it creates, and prints its content and how to use it', async () => {
    server.answer(book);
    expect(await fetchIt(alice)).toBe(0);
    expect(files()).toEqual(['alice.txt']);
    expect(readFileSync(at('alice.txt')).equals(BOOK)).toBe(true);
    expect(printed.split('\n').slice(1)).toEqual([
      `from     ${server.url}`,
      `file     ${at('alice.txt')}, fetched`,
      'holds    142,644 characters, 44 distinct: as expected',
      `sha256   ${sha256(BOOK)}, no known value to compare it with`,
      `use it   npm start -- alice --data "${at('alice.txt')}"`,
      '',
    ]);
  });

  it.each([
    ['treebank', treebank(), '3,914 sentences, 94,084 words, 1 tags', 'pos'],
    ['electricity', loads(), 'LD2011_2014.txt, 0.0 MB unpacked', 'electricity'],
  ] as const)('fetches the data named %s', async (name, content, counts, task) => {
    server.answer(file(content));
    const checksum = sources[name].sha256 === null ? null : sha256(content);
    expect(await fetchIt({ ...elsewhere(sources[name]), sha256: checksum })).toBe(0);
    expect(files()).toEqual([sources[name].file]);
    expect(printed).toContain(`holds    ${counts}: as expected\n`);
    expect(printed).toContain(`use it   npm start -- ${task} --data "${at(sources[name].file)}"\n`);
  });

  it('fetches nothing if a correct file is there', async () => {
    server.answer(book);
    await fetchIt(alice);
    expect(await fetchIt(alice)).toBe(0);
    expect(server.requests).toHaveLength(1);
    expect(printed).toMatch(/alice\.txt, was there already\nholds {4}142,644 characters/);
    await fetchIt(alice, { force: true });
    expect(server.requests).toHaveLength(2);
  });

  it('reports a wrong file that is there, and leaves it', async () => {
    server.answer(book);
    await fetchIt(alice);
    writeFileSync(at('alice.txt'), 'mine');
    expect(await complaint(alice)).toMatch(
      /alice\.txt is not a complete book .* missing; fetch it again with --force$/,
    );
    expect(readFileSync(at('alice.txt'), 'utf8')).toBe('mine');
  });

  it('continues where the connection broke', async () => {
    server.answer(file(BOOK, { etag: '"book"', breakAfter: 50_000 }), book);
    expect(await fetchIt(alice)).toBe(0);
    expect(server.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=50000-']);
    expect(files()).toEqual(['alice.txt']);
    expect(printed).toMatch(/142,644 characters/);
  });

  it('continues where an earlier run broke off', async () => {
    server.answer(file(BOOK, { etag: '"book"', breakAfter: 10_000 }));
    expect(await complaint(alice)).toMatch(/0\.1 MB are kept; run the same command again to continue$/);
    expect(files()).toEqual(['alice.txt.part', 'alice.txt.part.json']);
    server.answer(book);
    expect(await fetchIt(alice)).toBe(0);
    expect(server.requests.map(({ range }) => range)).toEqual(['bytes=50000-']);
    expect(files()).toEqual(['alice.txt']);
  });

  it('follows a redirect', async () => {
    server.answer(status(302, { location: '/elsewhere' }), book);
    expect(await fetchIt(alice)).toBe(0);
    expect(server.requests.map(({ path }) => path)).toEqual(['/file', '/elsewhere']);
  });
});

describe('one line, and nothing left, when', () => {
  afterEach(() => expect(files()).toEqual([]));

  it('the checksum is wrong', async () => {
    server.answer(file(loads()));
    expect(await complaint(elsewhere(sources.electricity))).toMatch(
      /^the file from http.* is not the expected one and was removed: .* has the checksum [0-9a-f]{64} instead of f6c4d0e0/,
    );
  });

  const half = Buffer.from(BOOK.toString('latin1').replaceAll('the ', ''), 'latin1').subarray(60_000);
  const start = BOOK.subarray(0, 5000);
  it.each([
    ['alice', BOOK.subarray(0, 100_000), /not a complete book of Project Gutenberg: its header or its end/],
    ['alice', Buffer.concat([start, half]), /has [0-9,]+ characters of text instead of about 140,000/],
    ['alice', Buffer.from('<html>Sign in to the hotel network</html>'), /is not a complete book/],
    ['treebank', treebank(3913), /has 3,913 sentences instead of 3,914/],
    ['treebank', treebank(3914, 94_085), /has 94,085 words instead of 94,084/],
    ['treebank', treebank().subarray(0, -100), /not a zip file, or a truncated one/],
    ['treebank', Buffer.from('<html>'), /line 1: "<html>" is in none of the forms/],
  ] as const)('what comes for %s is not right', async (name, content, message) => {
    server.answer(file(content));
    const told = await complaint(elsewhere(sources[name]));
    expect(told).toMatch(/ is not the expected one and was removed: /);
    expect(told).toMatch(message);
  });

  it('the zip of the loads contains something else', async () => {
    const content = loads('other.txt');
    server.answer(file(content));
    expect(await complaint({ ...elsewhere(sources.electricity), sha256: sha256(content) })).toMatch(
      /has 0 entries LD2011_2014\.txt instead of 1$/,
    );
  });

  it('the file is too large', async () => {
    server.answer(file(Buffer.alloc(1_000_001), { unsaid: true }));
    expect(await complaint(alice)).toMatch(/is larger than the limit of 1\.0 MB$/);
  });

  it('the redirects form a loop', async () => {
    server.answer(status(302, { location: '/file' }));
    expect(await complaint(alice)).toMatch(/redirects more than 5 times$/);
  });

  it('the server never answers', async () => {
    server.answer(silence);
    expect(await complaint(alice, { patience: 30 })).toMatch(/has sent nothing for 0\.03 s$/);
  });

  it('the file is no longer there', async () => {
    server.answer(status(404));
    expect(await complaint(alice)).toMatch(/it is no longer there \(status 404\)$/);
  });
});

it('a cache directory that cannot be created is reported before anything is fetched', async () => {
  server.answer(book);
  const inTheWay = join(directory.path, 'file');
  writeFileSync(inTheWay, '');
  expect(await complaint(alice, {}, join(inTheWay, 'cache'))).toMatch(
    /^cannot write .*cache: part of its path is not a directory$/,
  );
  expect(server.requests).toEqual([]);
});

describe('a file that must be downloaded by hand', () => {
  it('is described with its address and the steps to get it', async () => {
    expect(await fetchIt(sources.sentiment)).toBe(1);
    expect(printed).toMatch(/^home {5}https:\/\/www\.kaggle\.com\/.*$/m);
    expect(printed).toMatch(/^by hand {2}sign in \(Kaggle asks for an account\)/m);
    expect(printed).toMatch(/^then {5}npm start -- sentiment --data ".*training\.txt"$/m);
  });

  it('is checked once it is there', async () => {
    await fetchIt(sources.sentiment);
    writeFileSync(at('training.txt'), labelledSentences());
    expect(await fetchIt(sources.sentiment)).toBe(0);
    expect(printed).toMatch(/holds {4}7,086 sentences, 3,995 positive, 7,086 distinct: as expected/);
    expect(printed).toContain(`use it   npm start -- sentiment --data "${at('training.txt')}"\n`);
  });

  it.each([
    [labelledSentences(7085), /training\.txt has 7,085 sentences instead of 7,086; download it again from/],
    [labelledSentences(7086, 3994), /has 3,994 positive sentences instead of 3,995; download it again from/],
    [
      Buffer.from('Good.\n'),
      /training\.txt, line 1: no tab or comma.*; download it again from https:\/\/www\.kaggle/,
    ],
  ])('is refused when it is wrong', async (content, message) => {
    await fetchIt(sources.sentiment);
    writeFileSync(at('training.txt'), content);
    expect(await complaint(sources.sentiment)).toMatch(message);
  });
});
