import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { alice } from '../../tasks/alice/alice.js';
import { taskCommand } from '../../tasks/task/command.js';
import { inEncoding } from '../datasets/encodings.js';
import { runHere, temporaryDirectory } from './run.js';

interface Results {
  data: { characters: number; dropped: number; vocabulary: number; encoding: string };
  epochs: { loss: number; text: string }[];
}

const QUICK = ['--units', '8', '--batch', '32', '--epochs', '1'];
const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const here = (...args: string[]) => runHere(directory.path, taskCommand(alice), [...QUICK, ...args]);
const results = () => JSON.parse(readFileSync(at('out.json'), 'utf8')) as Results;

const BODY = 'The cat sat on the mat.\n\n  The dog ate it all, and said \u201cthank you\u201d.\n'.repeat(12);
const BOOK =
  `The licence\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE CAT\nAND THE DOG ***\n${BODY}` +
  '*** END OF THE PROJECT GUTENBERG EBOOK ***\nMore of the licence\n';
const crlf = BOOK.replaceAll('\n', '\r\n');
const GERMAN = 'Die Stra\u00dfe ist sch\u00f6n. \u{1f600} \u00dcber uns \u{1f601}.\n'.repeat(9);

beforeAll(() => writeFileSync(at('german.txt'), GERMAN));
afterAll(() => directory.remove());

describe('the same book', () => {
  const files: [string, Uint8Array][] = [
    ['CRLF', inEncoding(crlf, 'UTF-8')],
    ['CR', inEncoding(BOOK.replaceAll('\n', '\r'), 'UTF-8')],
    ['a byte order mark', inEncoding(BOOK, 'UTF-8', true)],
    ['CRLF and a byte order mark', inEncoding(crlf, 'UTF-8', true)],
    ['UTF-16', inEncoding(crlf, 'UTF-16 LE', true)],
    ['UTF-16, high byte first', inEncoding(BOOK, 'UTF-16 BE', true)],
    ['Latin-1', inEncoding(BOOK, 'Latin-1')],
    ['gzip', gzipSync(inEncoding(BOOK, 'UTF-8'))],
  ];

  it.each(files)('with %s has the same vocabulary and losses, bit for bit', async (_, bytes) => {
    const course = async (content: Uint8Array) => {
      writeFileSync(at('book.txt'), content);
      const { refusal } = await here('--data', 'book.txt', '--json', 'out.json');
      expect(refusal).toBe(null);
      const { data, epochs } = results();
      return [data.characters, data.vocabulary, epochs.map(({ loss, text }) => [loss, text])];
    };
    const expected = await course(inEncoding(BOOK, 'UTF-8'));
    expect(expected.slice(0, 2)).toEqual([767, 19]);
    expect(await course(bytes)).toEqual(expected);
  });

  it('is read from standard input', () => {
    const main = join(process.cwd(), 'dist', 'tasks', 'main.js');
    const args = [main, 'alice', ...QUICK, '--data', '-'];
    const { stdout, status } = spawnSync(process.execPath, args, { input: crlf, encoding: 'utf8' });
    expect(stdout).toMatch(/^data {5}standard input\n {9}767 characters, 19 distinct/);
    expect(status).toBe(0);
  });
});

describe('characters that are not ASCII', () => {
  it('are dropped by default, which is said', async () => {
    const { stdout } = await here('--data', 'german.txt', '--json', 'out.json');
    expect(stdout).toMatch(/dropped 45 of 323 characters that are not ASCII; --characters all keeps them\n/);
    expect(results().data).toMatchObject({ dropped: 45, characters: 278 });
  });

  it('are kept with --characters all, whole, also in a saved model', async () => {
    const saved = ['--save', 'all.model', '--json', 'out.json'];
    const { stdout } = await here('--data', 'german.txt', '--characters', 'all', ...saved);
    expect(stdout).not.toMatch(/dropped/);
    expect(results().data).toMatchObject({ dropped: 0, characters: 323 });
    const command = taskCommand(alice);
    const write = ['--load', 'all.model', '--generate', '300', '--temperature', '3'];
    const written = await runHere(directory.path, command, write);
    expect(written.stdout).toMatch(/[\u{1f600}\u{1f601}]/u);
    expect(written.stdout).not.toMatch(/[?\ufffd]/);
    const other = await here(
      '--data',
      'german.txt',
      '--load',
      'all.model',
      '--characters',
      'ascii',
      '--epochs',
      '2',
    );
    expect(other.refusal).toMatch(/was trained with --characters all, not ascii: leave the option out/);
  });

  it('are all that a text has: it is refused, and says what keeps them', async () => {
    writeFileSync(at('russian.txt'), '\u043c\u0438\u0440\n'.repeat(20));
    const { refusal } = await here('--data', 'russian.txt');
    expect(refusal).toBe(
      'russian.txt has no ASCII letters; pass another with --data, or keep all of it with --characters all',
    );
  });

  it('say how the file is encoded, if it is not UTF-8', async () => {
    writeFileSync(at('latin1.txt'), inEncoding(GERMAN.replace(/[^\0-\xff]/gu, ''), 'Latin-1'));
    const { stdout } = await here('--data', 'latin1.txt');
    expect(stdout).toMatch(/ {9}encoded as Latin-1\n {9}dropped 27 of/);
  });
});
