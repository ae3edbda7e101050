/** Standard input in place of a file, in every program: as it is, packed, empty, or a zip. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { syntheticLoad } from '../../datasets/index.js';
import { createRandom } from '../../engine/index.js';
import { zipOf } from './data/zipWriter.js';
import { temporaryDirectory } from './run.js';

// Each case is a program of its own.
jest.setTimeout(120_000);

const directory = temporaryDirectory();
afterAll(() => directory.remove());

const MAIN = join(process.cwd(), 'dist', 'tasks', 'main.js');

function pipe(input: string | Uint8Array, ...args: string[]) {
  const options = { cwd: directory.path, input, encoding: 'utf8' } as const;
  return spawnSync(process.execPath, [MAIN, ...args], options);
}

const start = Date.UTC(2020, 4, 1);
const load = syntheticLoad(createRandom(1, 'load'), 35).filter((_, n) => n % 4 === 0);
const times = Array.from(load, (_, n) => new Date(start + n * 3_600_000).toISOString());
const sentences = ['good', 'nice', 'fine', 'great'].flatMap((word) => [
  `1\ta ${word} one`,
  `0\tno ${word} one`,
]);

const SMALL = ['--epochs', '1', '--batch', '8', '--threads', '1'];
/** A file for each program, and what makes a short run of it. */
const PROGRAMS: Readonly<Record<string, { text: string; options: string[] }>> = {
  alice: { text: 'The cat sat on the mat.\n'.repeat(20), options: [...SMALL, '--units', '4'] },
  sentiment: { text: sentences.join('\n'), options: [...SMALL, '--split', 'random'] },
  pos: {
    text: 'The/DT cat/NN sat/VBD\nIt/PRP sat/VBD\n'.repeat(8),
    options: [...SMALL, '--model', 'tagger'],
  },
  electricity: {
    text: 'time,load\n' + times.map((time, n) => `${time},${load[n]}\n`).join(''),
    options: [...SMALL, '--forecast-epochs', '1'],
  },
};

describe.each(Object.entries(PROGRAMS))('%s --data -', (program, { text, options }) => {
  const run = (input: string | Uint8Array, ...args: string[]) =>
    pipe(input, program, ...options, '--data', '-', ...args);

  it('reads what is piped as it reads the file, also packed by gzip', () => {
    writeFileSync(join(directory.path, 'data.txt'), text);
    const epochsOf = (outcome: ReturnType<typeof run>) => {
      expect(outcome.stderr).not.toMatch(/error/i);
      expect(outcome.status).toBe(0);
      const results = readFileSync(join(directory.path, 'out.json'), 'utf8');
      const { epochs } = JSON.parse(results) as { epochs: { loss: number }[] };
      return epochs.map(({ loss }) => loss);
    };
    const expected = epochsOf(pipe('', program, ...options, '--data', 'data.txt', '--json', 'out.json'));
    const piped = run(text, '--json', 'out.json');
    expect(epochsOf(piped)).toEqual(expected);
    expect(piped.stdout).toContain('standard input');
    expect(epochsOf(run(gzipSync(text), '--json', 'out.json'))).toEqual(expected);
  });

  it.each([
    ['nothing', '', /standard input is empty\n$/],
    ['a zip', zipOf([{ name: 'data.txt', content: text }]), /standard input is a zip; unpack it first\n$/],
    [
      'half a .gz',
      gzipSync(text).subarray(0, 30),
      /standard input is a damaged \.gz file \(.*\); get a new copy\n$/,
    ],
  ])('refuses %s in one line', (_, input, message) => {
    const { status, stdout, stderr } = run(input);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect([status, stdout]).toEqual([1, '']);
  });
});

describe.each([
  ['sentiment', '--predict-file', 'A good one\n', /^[\d.]+\t(posi|nega)tive\tA good one\n$/],
  ['pos', '--tag-file', 'The cat sat\n', /^The\t\S+\ncat\t\S+\nsat\t\S+\n/],
] as const)('%s %s -', (program, option, text, answer) => {
  beforeAll(() => {
    const { text: data, options } = PROGRAMS[program]!;
    expect(pipe(data, program, ...options, '--data', '-', '--save', `${program}.model`).status).toBe(0);
  });
  const answers = (input: string | Uint8Array) =>
    pipe(input, program, '--load', `${program}.model`, option, '-');

  it('answers what is piped, also packed by gzip', () => {
    for (const input of [text, gzipSync(text)]) {
      const { status, stdout } = answers(input);
      expect(stdout).toMatch(answer);
      expect(status).toBe(0);
    }
  });

  it('refuses nothing and a zip in one line', () => {
    const zip = zipOf([{ name: 'a.txt', content: text }]);
    expect(answers('')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^.*is empty\n$/),
    });
    expect(answers(zip)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^.*is a zip; .*\n$/),
    });
  });
});
