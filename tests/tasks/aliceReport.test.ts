import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { all, parse, texts } from './pages.js';
import { runTask, temporaryDirectory } from './run.js';

const SMALL = ['--data', 'text.txt', '--units', '16', '--batch', '32'];
const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const run = (...args: string[]) => runTask(directory.path, args);
const page = (name: string) => parse(readFileSync(at(`${name}/alice.html`), 'utf8'));

beforeAll(() => {
  writeFileSync(at('text.txt'), 'The cat <sat> on the mat & ate.\n'.repeat(30));
  writeFileSync(at('a file'), '');
});
afterAll(() => directory.remove());

describe('alice --report', () => {
  it('writes a page with the loss, the text after each epoch, and the origin of the data', async () => {
    const args = ['--epochs', '2', '--validation', '0.2', '--save', 'model', '--report', 'pages/first'];
    const { status, stdout } = await run(...SMALL, ...args);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^report {3}pages\/first\/alice.html$/m);

    const shown = page('pages/first');
    expect(texts(shown, 'figcaption')).toEqual(['Loss after each epoch', 'Held-out text after each epoch']);
    expect(all(shown, 'figure .if-wide > svg')).toHaveLength(2);
    expect(texts(shown, '.legend span')).toEqual(['training', 'held out']);
    expect(texts(shown, '.texts dt')).toEqual(['epoch 1', 'epoch 2']);
    for (const text of texts(shown, '.texts dd')) expect(text).toHaveLength(10 + 100);
    expect(texts(shown, '.facts dd')[0]).toBe('text.txt');
    expect(texts(shown, '.facts dd').join()).toMatch(/[0-9a-f]{64}.*bits per character/s);
  });

  it('adds the text written at the end, also for a saved model', async () => {
    const write = ['--load', 'model', '--generate', '50', '--temperature', '0.5', '--report', 'pages/second'];
    expect((await run(...write)).status).toBe(0);
    const shown = page('pages/second');
    expect(texts(shown, '.texts dt')).toEqual(['epoch 1', 'epoch 2', 'temperature 0.5']);
    expect(texts(shown, '.texts dd').at(-1)).toHaveLength(10 + 50);
  });

  it.each([
    [['--report', ''], /Give the name of a directory/],
    [['--report', 'a file'], /cannot write into a file: it is not a directory/],
    [['--report', 'new', '--json', 'new'], /--json and --report name the same file/],
    [['--report', 'new', '--save', 'new'], /--save and --report name the same file/],
    [['--report', 'new', '--data', 'nowhere.txt'], /cannot read nowhere.txt: there is no such file/],
  ])('writes nothing when given bad input: %j', async (args, message) => {
    const before = readdirSync(directory.path);
    const { status, stderr } = await run(...SMALL, ...args);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
    expect(readdirSync(directory.path)).toEqual(before);
    expect(existsSync(at('new'))).toBe(false);
  });
});
