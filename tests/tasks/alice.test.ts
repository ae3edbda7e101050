import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { cells } from '../../cells/index.js';
import { alice } from '../../tasks/alice/alice.js';
import { taskCommand } from '../../tasks/task/command.js';
import { runHere, runTask, temporaryDirectory } from './run.js';

interface Results {
  task: string;
  seed: number;
  kernels: string;
  threads: number;
  data: { source: string; sha256: string; characters: number; dropped: number; vocabulary: number };
  epochs: { epoch: number; loss: number; text: string; bitsPerCharacter?: number }[];
  final: { loss: number; text: string; bitsPerCharacter?: number };
  msPerStep: number;
}

const SMALL = ['--data', 'text.txt', '--units', '16', '--batch', '32'];
const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const run = (...args: string[]) => runTask(directory.path, args);
/** The same in this process. */
const here = (...args: string[]) => runHere(directory.path, taskCommand(alice), args);
const results = (name: string) => JSON.parse(readFileSync(at(name), 'utf8')) as Results;
const course = (name: string) => results(name).epochs.map(({ loss, text }) => ({ loss, text }));

beforeAll(() => {
  writeFileSync(at('text.txt'), 'The cat sat on the mat.\r\n\r\nThe dog ate the \u00e9clair!\n'.repeat(20));
});
afterAll(() => directory.remove());

describe('alice', () => {
  it('trains on the bundled book', async () => {
    const { status, stdout } = await run(
      '--epochs',
      '1',
      '--units',
      '4',
      '--batch',
      '2048',
      '--json',
      'book.json',
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/142,644 characters, 44 distinct/);
    expect(results('book.json').final.text).toHaveLength(100);
  });

  it('writes one JSON object with the results', async () => {
    expect((await run(...SMALL, '--epochs', '2', '--seed', '7', '--json', 'out.json')).status).toBe(0);
    const { task, seed, kernels, threads, data, epochs, final, msPerStep } = results('out.json');
    expect({ task, seed }).toEqual({ task: 'alice', seed: 7 });
    expect(kernels).toMatch(/wasm|reference/);
    expect(threads).toBe(Math.min(availableParallelism(), 4));
    expect(data).toEqual({
      source: 'text.txt',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      encoding: 'UTF-8',
      dropped: 20,
      characters: 'the cat sat on the mat. the dog ate the clair! '.length * 20 - 1,
      vocabulary: 17,
    });
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(final.loss).toBe(epochs[1]!.loss);
    expect(final.loss).toBeLessThan(epochs[0]!.loss);
    expect(final.text).toHaveLength(100);
    expect(msPerStep).toBeGreaterThan(0);
  });

  it('gives the same losses and text for the same seed, bit for bit', async () => {
    for (const name of ['a.json', 'b.json'])
      await here(...SMALL, '--epochs', '2', '--seed', '7', '--json', name);
    expect(course('a.json')).toEqual(course('b.json'));
    await here(...SMALL, '--epochs', '2', '--seed', '8', '--json', 'c.json');
    expect(course('c.json')).not.toEqual(course('a.json'));
  });

  it.each(Object.keys(cells))(
    'with --cell %s, gives the same when stopped after 2 of 4 epochs and continued',
    async (cell) => {
      const options = [...SMALL, '--cell', cell, '--layers', '2', '--temperature', '0.8', '--clip', '1'];
      await here(...options, '--epochs', '4', '--json', `${cell}4.json`);
      await here(...options, '--epochs', '2', '--save', `${cell}.checkpoint`);
      const last = await here(
        '--data',
        'text.txt',
        '--load',
        `${cell}.checkpoint`,
        '--temperature',
        '0.8',
        '--epochs',
        '4',
        '--json',
        `${cell}2+2.json`,
      );
      expect(last.refusal).toBe(null);
      expect(course(`${cell}2+2.json`)).toEqual(course(`${cell}4.json`));
    },
  );

  it('writes the checkpoint in mid-epoch on Ctrl-C and continues from it bit for bit', async () => {
    const options = [...SMALL, '--batch', '1', '--epochs', '3'];
    await run(...options, '--json', 'whole.json');
    let interrupted = false;
    const stopped = await runTask(
      directory.path,
      [...options, '--save', 'stopped.checkpoint'],
      (child, printed) => {
        if (!interrupted && printed.includes('epoch 1:')) interrupted = child.kill('SIGINT');
      },
    );
    expect(stopped.status).toBe(130);
    expect(stopped.stdout).toMatch(
      /stopped in epoch \d after \d+ steps; continue with --load stopped.checkpoint/,
    );
    await run('--data', 'text.txt', '--load', 'stopped.checkpoint', '--epochs', '3', '--json', 'rest.json');
    expect(course('rest.json')).toEqual(course('whole.json'));
  });

  it('--load with --generate writes text without training and without the book', async () => {
    await here(...SMALL, '--epochs', '1', '--save', 'model.checkpoint');
    const write = ['--load', 'model.checkpoint', '--generate', '50', '--temperature', '1', '--seed'];
    const [a, b, c] = [await here(...write, '1'), await here(...write, '1'), await here(...write, '2')];
    expect(a.stdout.trim().length).toBeGreaterThan(50);
    expect(b.stdout).toBe(a.stdout);
    expect(c.stdout).not.toBe(a.stdout);
    await here(...write, '5', '--json', 'written.json');
    expect(results('written.json')).toMatchObject({ seed: 5, temperature: 1 });
  });

  it('--validation holds out the tail and reports bits per character', async () => {
    const { stdout } = await here(...SMALL, '--epochs', '1', '--validation', '0.2', '--json', 'held.json');
    expect(stdout).toMatch(/held out \d\.\d+ bits per character/);
    expect(results('held.json').final.bitsPerCharacter).toBeGreaterThan(0);
  });
});

describe('npm start', () => {
  it('lists the tasks when given an unknown one', async () => {
    const { status, stderr } = await run('water');
    expect(stderr).toMatch(/^error: there is no task 'water'; the tasks are: alice, [a-z, ]+\n$/);
    expect(status).toBe(1);
  });

  it('--help lists the options of the default task', async () => {
    const { status, stdout } = await run('--help');
    expect(stdout).toMatch(/--temperature <t>/);
    expect(status).toBe(0);
  });
});

describe('alice refuses', () => {
  beforeAll(async () => {
    writeFileSync(at('empty.txt'), '');
    writeFileSync(at('short.txt'), 'curious');
    writeFileSync(
      at('binary.bin'),
      Uint8Array.from({ length: 500 }, (_, n) => (n * 7) % 256),
    );
    writeFileSync(at('chinese.txt'), '\u7231\u4e3d\u4e1d\n'.repeat(50));
    await here(...SMALL, '--epochs', '2', '--save', 'good.checkpoint');
    const good = readFileSync(at('good.checkpoint'));
    writeFileSync(at('header.checkpoint'), good.subarray(0, 200));
    writeFileSync(at('cut.checkpoint'), good.subarray(0, good.length - 100));
    const flipped = Uint8Array.from(good);
    flipped[good.length - 50]! ^= 1;
    writeFileSync(at('flipped.checkpoint'), flipped);
    writeFileSync(at('huge.txt'), '');
    truncateSync(at('huge.txt'), 2 ** 30 + 1);
    symlinkSync('loop.txt', at('loop.txt'));
    symlinkSync('good.checkpoint', at('link.checkpoint'));
    writeFileSync(at('readonly.checkpoint'), '', { mode: 0o444 });
    writeFileSync(at('other.txt'), 'a quite different text. '.repeat(50));
  });

  const NEVER = ['--threads', '1', '--json', 'never.json'];
  const WRITE = ['--load', 'good.checkpoint', '--generate', '5'];
  const LOAD = ['--data', 'text.txt', '--load'];
  it.each([
    [['--data', 'nowhere.txt'], /cannot read nowhere.txt: there is no such file/],
    [['--data', '.'], /cannot read \.: it is a directory/],
    [['--data', 'empty.txt'], /empty.txt is empty/],
    [['--data', 'short.txt'], /short.txt is too short: 7 characters, at least 11 are needed/],
    [['--data', 'binary.bin'], /binary.bin, line 1: a binary file, not text/],
    [['--data', 'chinese.txt'], /chinese.txt has no ASCII letters; .* --characters all/],
    [['--data', 'text.txt', '--validation', '0.999'], /the training part of text.txt .* is too short/],
    [['--data', 'text.txt', '--validation', '0.001'], /the held-out part of text.txt .* is too short/],
    [['--data', 'text.txt', '--validation', '1e-9'], /the held-out part .* is too short: 0 characters/],
    [['--data', '/dev/zero'], /cannot read \/dev\/zero: it is a device/],
    [['--data', 'huge.txt'], /cannot read huge.txt: it is larger than 500 MiB/],
    [['--data', 'loop.txt'], /cannot read loop.txt: its links form a loop/],
    [['--data', ''], /Give the name of a file/],
    [['--save', ''], /Give the name of a file/],
    [['--generate', '1e12'], /Give at most 10000000/],
    [['--data', 'text.txt', '--save', './text.txt'], /--data and --save name the same file/],
    [['--save', 'new', '--json', '../{here}/new'], /--save and --json name the same file/],
    [[...LOAD, 'good.checkpoint', '--json', 'link.checkpoint'], /--load and --json name the same file/],
    [['--save', '/dev/null'], /cannot write \/dev\/null: it is a pipe or a device/],
    [['--save', 'readonly.checkpoint'], /cannot write readonly.checkpoint: it is read-only/],
    [['--save', 'x'.repeat(300)], /its name is too long/],
    [['--units', 'many'], /--units <n>' argument 'many' is invalid. Give a whole number, 1 or more/],
    [['--units', '0'], /Give a whole number, 1 or more/],
    [['--epochs', '-3'], /Give a whole number, 1 or more/],
    [['--batch', '2.5'], /Give a whole number, 1 or more/],
    [['--lr', '0'], /Give a number above 0/],
    [['--clip', 'Infinity'], /Give a number above 0/],
    [['--threads', '0'], /Give a whole number, 1 or more/],
    [['--threads', '1.5'], /Give a whole number, 1 or more/],
    [['--threads', '1000'], /Give at most 64/],
    [['--seed', '-1'], /Give a whole number, 0 or more/],
    [['--temperature', '-1'], /Give a number, 0 or above/],
    [['--validation', '1'], /Give a number between 0 and 1/],
    // The choices follow the list of cells.
    [['--cell', 'transformer'], RegExp(`Allowed choices are ${Object.keys(cells).join(', ')}`)],
    [['--save', 'missing/model.checkpoint'], /cannot write missing\/model.checkpoint: its directory missing/],
    [['--json', '.'], /cannot write \.: it is a directory/],
    [[...LOAD, 'nowhere.checkpoint'], /cannot read nowhere.checkpoint: there is no such file/],
    [[...LOAD, 'other.txt'], /other.txt is not a checkpoint of this program/],
    [[...LOAD, 'header.checkpoint'], /header.checkpoint is truncated: its header is incomplete/],
    [[...LOAD, 'cut.checkpoint'], /cut.checkpoint is truncated: \d+ bytes of numbers expected, \d+ found/],
    [
      [...LOAD, 'good.checkpoint', '--units', '32'],
      /was trained with --units 16, not 32: leave the option out/,
    ],
    [[...LOAD, 'good.checkpoint', '--epochs', '2'], /has been trained for 2 epochs/],
    [[...WRITE, '--lr', '0.1'], /--load with --generate only writes, without --lr: leave it out/],
    [[...WRITE, '--data', 'text.txt'], /only writes, without --data/],
    [[...WRITE, '--units', '32'], /was trained with --units 16, not 32/],
    [['--load', 'good.checkpoint', '--data', 'other.txt'], /was trained on another text \(text.txt/],
  ])('%j', async (args, message) => {
    const before = readdirSync(directory.path);
    const given = args.map((arg) => arg.replace('{here}', basename(directory.path)));
    const { refusal } = await here(...NEVER, ...given);
    expect(refusal).toMatch(message);
    expect(refusal).not.toContain('\n');
    expect(readdirSync(directory.path)).toEqual(before);
  });

  it.each([
    [['--data', 'a\u001b[31m\nb'], /cannot read a\?\[31m\?b: there is no such file/],
    [['--unit', '3'], /unknown option '--unit'.*--units/],
    [['--epochs'], /argument missing/],
    [['--data', 'text.txt', '--units', '9999999'], /memory.*make the model or its batch smaller/],
    [[...LOAD, 'flipped.checkpoint'], /flipped.checkpoint is damaged: its checksum does not match/],
    [
      ['--data', 'text.txt', '--lr', '1e38'],
      /the loss is NaN at step \d+, first seen in .*: clip the gradient/,
    ],
  ])('%j, in one line and with exit status 1', async (args, message) => {
    const before = readdirSync(directory.path);
    const { status, stderr } = await run('alice', ...NEVER, ...args);
    expect(stderr).toMatch(message);
    expect(stderr.split('\n').filter((line) => line.includes('error'))).toHaveLength(1);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(status).toBe(1);
    expect(readdirSync(directory.path)).toEqual(before);
  });
});
