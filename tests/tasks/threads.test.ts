/** The number of threads changes the time of a run, but none of its results. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCheckpoint } from '../../models/index.js';
import { runTask, temporaryDirectory } from './run.js';

// The last step of an epoch has fewer windows, and no number of windows divides evenly.
const SMALL = ['--units', '16', '--batch', '30', '--cell', 'lstm', '--validation', '0.1'];
const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);

beforeAll(async () => {
  writeFileSync(at('text.txt'), 'The cat sat on the mat. The dog ate it.\n'.repeat(300));
  await train('one', '1', [...SMALL, '--epochs', '3']);
});
afterAll(() => directory.remove());

/** Runs Alice with files called `name`, and checks the printed number of threads. */
async function train(
  name: string,
  threads: string,
  options: readonly string[],
  whileRunning?: Parameters<typeof runTask>[2],
): Promise<number | null> {
  const files = ['--save', `${name}.checkpoint`, '--json', `${name}.json`];
  const common = ['--data', 'text.txt', '--temperature', '0.8', '--threads', threads, ...files];
  const { status, stdout, stderr } = await runTask(directory.path, [...common, ...options], whileRunning);
  expect(stderr).not.toMatch(/error/);
  expect(stdout).toMatch(new RegExp(`^kernels .*, ${threads} thread${threads === '1' ? '' : 's'}$`, 'm'));
  return status;
}

/** The content of all files of a run, except its times and the number of threads. */
async function left(name: string) {
  const withoutTimes = (text: string) => text.replace(/"(ms|msPerStep)": ?[\d.e-]+/g, '');
  const { state, ...rest } = await decodeCheckpoint(readFileSync(at(`${name}.checkpoint`)), name);
  const json = withoutTimes(readFileSync(at(`${name}.json`), 'utf8'));
  return {
    threads: json.match(/"threads": \d+/)?.[0],
    files: {
      ...rest,
      state: withoutTimes(JSON.stringify(state)),
      json: json.replace(/"threads": \d+/, ''),
    },
  };
}

describe('alice --threads', () => {
  it('gives the same bits for any number', async () => {
    const one = await left('one');
    expect(one.threads).toBe('"threads": 1');
    expect(one.files.state).not.toMatch(/thread/);
    for (const threads of ['2', '3']) {
      expect(await train(threads, threads, [...SMALL, '--epochs', '3'])).toBe(0);
      expect(await left(threads)).toEqual({ threads: `"threads": ${threads}`, files: one.files });
    }
  });

  it('may change when a stopped run is continued', async () => {
    let stopped = false;
    const status = await train('stopped', '3', [...SMALL, '--epochs', '3'], (child, printed) => {
      if (!stopped && printed.includes('epoch 1:')) stopped = child.kill('SIGINT');
    });
    expect(status).toBe(130);
    expect(await train('stopped', '2', ['--load', 'stopped.checkpoint', '--epochs', '3'])).toBe(0);
    expect((await left('stopped')).files).toEqual((await left('one')).files);
  });
});
