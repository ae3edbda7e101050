import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startServer, status } from './tasks/data/server.js';

const execute = promisify(execFile);

const server = await startServer();
server.answer(status(200));
afterAll(() => server.close());

const cases: [url: string, end: string | number][] = [
  ['https://example.org', 'ENOTFOUND'],
  ['http://192.0.2.1', 'ENETUNREACH'],
  ['https://[2001:db8::1]', 'ENETUNREACH'],
  [server.url, 200],
];

describe('a fetch in a test', () => {
  it.each(cases)('of %s ends with %s', async (url, end) => {
    const ended = await fetch(url).then(
      (response) => response.status,
      ({ cause }: { cause: { code: string } }) => cause.code,
    );
    expect(ended).toBe(end);
  });

  it.each(cases)('of %s also ends with %s in a process that a test starts', async (url, end) => {
    const program = `fetch('${url}').then(({ status }) => status, ({ cause }) => cause.code).then(console.log)`;
    const { stdout } = await execute(process.execPath, ['-e', program]);
    expect(stdout).toBe(`${end}\n`);
  });
});
