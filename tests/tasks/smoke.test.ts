/** Every program runs out of the box: on the data that come along, without a network. */
import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { smokeRuns } from '../../tasks/smoke/runs.js';
import { smoke } from '../../tasks/smoke/smoke.js';
import { taskCommands } from '../../tasks/tasks.js';
import { startServer, status } from './data/server.js';

const execute = promisify(execFile);

describe('npm run tasks:smoke', () => {
  it.each(smokeRuns)('runs %s', async (run) => {
    const { wrong, printed } = await smoke(run);
    expect(wrong === null ? '' : `${printed}\n${wrong}`).toBe('');
  });

  it('leaves no program out', () => {
    const run = new Set(smokeRuns.map((line) => line.split(' ')[0]));
    expect([...run].sort()).toEqual(
      taskCommands()
        .map((command) => command.name())
        .sort(),
    );
  });

  it('finds a program that fails', async () => {
    expect((await smoke('alice --epochs none')).wrong).toBe('exit status 1');
  });
});

describe('offline', () => {
  /** What a fetch in a process of its own ends with. */
  const fetchOffline = async (url: string) => {
    const offline = new URL('../../tasks/smoke/offline.js', import.meta.url).href;
    const program = `fetch('${url}').then(({ status }) => status, ({ cause }) => cause.code).then(console.log)`;
    const { stdout } = await execute(process.execPath, ['--import', offline, '-e', program]);
    return stdout.trim();
  };

  it.each([
    ['https://example.org', 'ENOTFOUND'],
    ['http://192.0.2.1', 'ENETUNREACH'],
    ['https://[2001:db8::1]', 'ENETUNREACH'],
  ])('a fetch of %s ends with %s', async (url, code) => {
    expect(await fetchOffline(url)).toBe(code);
  });

  it('a fetch from this machine works', async () => {
    const server = await startServer();
    server.answer(status(200));
    expect(await fetchOffline(server.url)).toBe('200');
    await server.close();
  });
});
