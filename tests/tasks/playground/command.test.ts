/** `npm start -- playground` and `npm run build:page`, before anything is built. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isFresh } from '../../../tasks/playground/build/fresh.js';
import { runTask, temporaryDirectory } from '../run.js';

const directory = temporaryDirectory();
afterAll(() => directory.remove());

describe('the playground', () => {
  it('needs its port before it is built', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const outcome = await runTask(directory.path, ['playground', '--port', String(port)]);
    server.close();
    expect(outcome).toMatchObject({ status: 1, stdout: '' });
    expect(outcome.stderr).toMatch(/^error: port \d+ cannot be used: .*; give another with --port\n$/);
  });

  it('is built again when a source is newer, and when it was not built to the end', () => {
    const stamp = join(directory.path, 'playground.html');
    expect(isFresh(process.cwd(), stamp)).toBe(false);
    writeFileSync(stamp, '');
    expect(isFresh(process.cwd(), stamp)).toBe(true);
    utimesSync(stamp, 1, 1);
    expect(isFresh(process.cwd(), stamp)).toBe(false);
  });

  it('is never built into a folder that holds something else', async () => {
    const build = join(process.cwd(), 'dist', 'tasks', 'playground', 'build', 'main.js');
    const told = await new Promise<string>((resolve) =>
      execFile(process.execPath, [build, directory.path], (_, __, stderr) => resolve(stderr)),
    );
    expect(told).toBe(`error: ${directory.path} is not empty, and holds no page; name another folder\n`);
  });
});
