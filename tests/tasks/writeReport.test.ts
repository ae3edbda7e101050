import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { requireWritableReport, writeReport } from '../../tasks/report/index.js';
import { fullPage } from './pages.js';
import { temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const page = fullPage((place) => place);

beforeEach(() => {
  for (const name of readdirSync(directory.path)) rmSync(at(name), { recursive: true });
  writeFileSync(at('file'), '');
});
afterAll(() => directory.remove());

describe('writeReport(directory, page)', () => {
  it("creates the directory, writes the page under its task's name, and returns the path", async () => {
    const path = await writeReport(at('new/deep'), page);
    expect(path).toBe(at('new/deep/test.html'));
    expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/s);
    expect(readdirSync(at('new/deep'))).toEqual(['test.html']);
  });

  it('replaces an older page', async () => {
    await writeReport(directory.path, page);
    await writeReport(directory.path, { ...page, title: 'a newer one' });
    expect(readFileSync(at('test.html'), 'utf8')).toContain('<h1>a newer one</h1>');
  });

  it('says in one line that it cannot write', async () => {
    await expect(writeReport(at('file'), page)).rejects.toThrow(/cannot make the directory .*file: /);
    await expect(writeReport(at('file/below'), page)).rejects.toThrow(/part of its path is not a directory/);
    mkdirSync(at('test.html'));
    await expect(writeReport(directory.path, page)).rejects.toThrow(
      /cannot write .*test.html: it is a direct/,
    );
  });
});

describe('requireWritableReport(directory, task, files)', () => {
  const check = (name: string, files = {}) => requireWritableReport(at(name), 'test', files);

  it('accepts a directory that exists or can be created, and creates nothing', () => {
    mkdirSync(at('there'));
    check('there');
    check('new/deep', { '--json': at('new/other.json'), '--save': null });
    expect(existsSync(at('new'))).toBe(false);
    expect(readdirSync(at('there'))).toEqual([]);
  });

  it('refuses a path that cannot be a directory', () => {
    symlinkSync('nowhere', at('dangling'));
    symlinkSync('loop', at('loop'));
    expect(() => check('file')).toThrow(/cannot write into .*file: it is not a directory/);
    expect(() => check('file/below')).toThrow(/part of its path is not a directory/);
    expect(() => check('dangling')).toThrow(/there is no such file/);
    expect(() => check('loop')).toThrow(/its links form a loop/);
    expect(() => check('x'.repeat(300))).toThrow(/its name is too long/);
  });

  it('refuses a directory where the page cannot be written', () => {
    mkdirSync(at('test.html'));
    expect(() => check('.')).toThrow(/cannot write .*test.html: it is a directory/);
  });

  it('refuses when the page or its directory would replace another file of the run', () => {
    for (const taken of ['pages', 'pages/test.html']) {
      mkdirSync(at('pages'), { recursive: true });
      expect(() => check('pages', { '--json': at(taken) })).toThrow(/--json and --report name the same file/);
    }
  });
});
