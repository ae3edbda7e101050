/** The command line of the data, run as a user would. Nothing here reaches the network. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runData, temporaryDirectory } from '../run.js';
import { BOOK } from './sourceFiles.js';

const directory = temporaryDirectory();
const run = (...args: string[]) => runData(directory.path, ...args);
afterAll(() => directory.remove());

describe('npm run data', () => {
  it('knows four sets', async () => {
    const { status, stdout } = await run('--help');
    expect(status).toBe(0);
    for (const name of ['alice', 'sentiment', 'treebank', 'electricity']) expect(stdout).toContain(name);
  });

  it.each([
    [['atlantis'], /^error: .*'atlantis' is invalid.* alice, sentiment, treebank, electricity\.\n$/],
    [[], /^error: missing required argument 'name'\n$/],
    [['alice', '--dir', ''], /^error: .*Give the name of a directory\.\n$/],
    [['alice', '--dir', 'file/cache'], /^error: cannot write file.cache: part of its path is not .*\n$/],
  ])('refuses %j in one line', async (args, message) => {
    writeFileSync(join(directory.path, 'file'), '');
    const { status, stderr } = await run(...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('says how to get the sentences by hand, and fails until they are there', async () => {
    const { status, stdout, stderr } = await run('sentiment', '--dir', 'cache');
    expect(status).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/https:\/\/www\.kaggle\.com/);
    expect(stdout).toContain(join('cache', 'training.txt'));
  });

  it('accepts a file that is already there', async () => {
    writeFileSync(join(directory.path, 'alice.txt'), BOOK);
    const { status, stdout } = await run('alice', '--dir', '.');
    expect(status).toBe(0);
    expect(stdout).toMatch(/was there already\n(.*\n)*use it {3}npm start -- alice --data ".*alice\.txt"\n$/);
  });
});
