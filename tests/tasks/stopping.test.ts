/** A run that is asked to stop saves first. Ctrl-C and continuing afterwards are tested in alice.test.ts. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTask, temporaryDirectory } from './run.js';

const SMALL = ['--data', 'text.txt', '--units', '16', '--batch', '32', '--threads', '2'];
const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);

beforeAll(() => writeFileSync(at('text.txt'), 'The cat sat on the mat.\n'.repeat(40)));
afterAll(() => directory.remove());

describe('alice', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('on %s writes the checkpoint too', async (signal, expected) => {
    const { status } = await runTask(
      directory.path,
      [...SMALL, '--epochs', '100000', '--save', `${signal}.checkpoint`],
      (child, printed) => printed.includes('epoch 1:') && !child.killed && child.kill(signal),
    );
    expect(status).toBe(expected);
    expect(existsSync(at(`${signal}.checkpoint`))).toBe(true);
  });

  it('saves and stops quietly when the reader of its output has left', async () => {
    const { status, stderr } = await runTask(
      directory.path,
      [...SMALL, '--epochs', '100000', '--batch', '1', '--save', 'left.checkpoint'],
      (child, printed) => printed.includes('epoch') && child.stdout!.destroy(),
    );
    expect(stderr).not.toMatch(/error|^ +at /m);
    expect(status).toBe(141);
    expect(existsSync(at('left.checkpoint'))).toBe(true);
  });

  it('says nothing beside its output when that is piped', async () => {
    const { status, stderr } = await runTask(directory.path, [...SMALL, '--epochs', '2']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

it('--help stops quietly when its reader has left', async () => {
  const { status, stderr } = await runTask(directory.path, ['--help'], (child) => child.stdout!.destroy());
  expect(stderr).toBe('');
  expect([0, 141]).toContain(status);
});
