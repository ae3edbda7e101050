import { afterAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readInput, writeOutput } from '../../tasks/common/files.js';
import { requireWritable } from '../../tasks/common/paths.js';
import { temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
afterAll(() => directory.remove());

describe('writeOutput(path, content)', () => {
  it('replaces the target of a link and keeps its permissions', async () => {
    writeFileSync(at('real'), 'old');
    chmodSync(at('real'), 0o640);
    symlinkSync('real', at('link'));
    await writeOutput(at('link'), 'new');
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('real'), 'utf8')).toBe('new');
    expect(statSync(at('real')).mode & 0o777).toBe(0o640);
  });

  it('writes through a link, also where it leads to nothing yet, and through several', async () => {
    symlinkSync('later', at('dangling'));
    symlinkSync('dangling', at('second'));
    await writeOutput(at('second'), 'new');
    for (const name of ['dangling', 'second']) expect(lstatSync(at(name)).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('later'), 'utf8')).toBe('new');
  });

  it('says which directory is missing, also behind a link', () => {
    symlinkSync(join('nowhere', 'real'), at('lost'));
    const missing = (directory: string) => `its directory ${directory} does not exist or is not writable`;
    expect(() => requireWritable(at('lost'))).toThrow(missing(at('nowhere')));
    expect(() => requireWritable(at('nowhere/real'))).toThrow(missing(at('nowhere')));
  });

  it('fails where links form a loop', () => {
    symlinkSync('loop2', at('loop1'));
    symlinkSync('loop1', at('loop2'));
    expect(() => requireWritable(at('loop1'))).toThrow(/its links form a loop/);
  });

  it('removes what killed processes have left, and nothing else', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
    const id = '01234567-89ab-cdef-0123-456789abcdef';
    const strays = [`.unrolled-${id}`, `.unrolled-${gone}-${id}`];
    const others = [`.unrolled-${process.pid}-${id}`, '.unrolled-notes', `unrolled-${gone}-${id}`];
    for (const name of [...strays, ...others]) writeFileSync(at(name), '');
    await writeOutput(at('saved'), 'new');
    const left = readdirSync(directory.path);
    expect(strays.filter((name) => left.includes(name))).toEqual([]);
    expect(others.filter((name) => !left.includes(name))).toEqual([]);
    for (const name of others) rmSync(at(name));
  });

  it('keeps the old file, and leaves no temporary one, when the new one is written short', () => {
    // A limit on the size of files causes a short write, as a full disk does.
    writeFileSync(at('kept'), 'old');
    const files = pathToFileURL(join(process.cwd(), 'dist', 'tasks', 'common', 'files.js')).href;
    const script = `import { writeOutput } from '${files}'; await writeOutput('kept', new Uint8Array(1e6));`;
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', 'ulimit -f 100; exec "$0" --input-type=module -e "$1"', process.execPath, script],
      { cwd: directory.path, encoding: 'utf8' },
    );
    expect(stderr).toMatch(/InputError: cannot write kept: it exceeds the size limit for files/);
    expect(status).toBe(1);
    expect(readFileSync(at('kept'), 'utf8')).toBe('old');
    expect(readdirSync(directory.path).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('readInput(path, limit)', () => {
  it('reads a file up to its limit', () => {
    writeFileSync(at('file'), 'x'.repeat(100_000));
    expect(readInput(at('file'), 100_000)).toHaveLength(100_000);
    expect(() => readInput(at('file'), 99_999)).toThrow(/it is larger than/);
  });
});
