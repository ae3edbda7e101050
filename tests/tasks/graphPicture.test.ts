/** `--graph`: a picture of the network, for any program. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runTask, temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
const run = (...args: string[]) => runTask(directory.path, args);
const ALICE = ['alice', '--data', 'text.txt', '--units', '8', '--batch', '32', '--epochs', '1'];

beforeAll(() => {
  writeFileSync(at('text.txt'), 'The cat sat on the mat.\n'.repeat(20));
  const sentences = ['good', 'nice', 'fine'].flatMap((word) => [`1\ta ${word} one`, `0\tno ${word} one`]);
  writeFileSync(at('sentences.txt'), [...sentences, ...sentences].join('\n'));
});
afterAll(() => directory.remove());

describe('--graph', () => {
  it('draws the network of alice, coloured by its gradients', async () => {
    const { status, stdout } = await run(...ALICE, '--graph', 'alice.svg');
    expect({ status, line: /graph .*\n/.exec(stdout)?.[0] }).toEqual({
      status: 0,
      line: 'graph    alice.svg\n',
    });
    const svg = readFileSync(at('alice.svg'), 'utf8');
    expect(svg).toMatch(/^<svg [^]*>h₉<[^]*Norm of[^]*<\/svg>\n$/);
  });

  it('writes DOT if the file name ends in .dot', async () => {
    expect((await run(...ALICE, '--graph', 'alice.dot')).status).toBe(0);
    expect(readFileSync(at('alice.dot'), 'utf8')).toMatch(/^digraph unrolled \{\n/);
  });

  it('draws the networks of the other programs', async () => {
    const small = ['--epochs', '1', '--batch', '4', '--graph'];
    const sentiment = await run('sentiment', '--data', 'sentences.txt', ...small, 'sentiment.svg');
    const pos = await run('pos', '--sentences', '20', '--cell', 'rnn', ...small, 'pos.svg');
    const electricity = await run('electricity', ...small, 'electricity.svg', '--forecast-epochs', '1');
    expect([sentiment.status, pos.status, electricity.status]).toEqual([0, 0, 0]);
    expect(readFileSync(at('sentiment.svg'), 'utf8')).toContain('>h₃₉<');
    expect(readFileSync(at('pos.svg'), 'utf8')).toContain('>repeatVector<');
    expect(readFileSync(at('electricity.svg'), 'utf8')).toContain('>meanSquaredError<');
  });

  it('changes nothing in the results', async () => {
    const losses = async (...more: string[]) => {
      await run(...ALICE, '--json', 'out.json', ...more);
      return (JSON.parse(readFileSync(at('out.json'), 'utf8')) as { final: unknown }).final;
    };
    expect(await losses('--graph', 'again.svg')).toEqual(await losses());
  });

  it.each([
    [['--graph', 'alice.png'], /ends in \.svg or \.dot/],
    [['--graph', 'nowhere/alice.svg'], /cannot write nowhere/],
    [['--graph', 'same.svg', '--json', 'same.svg'], /--json and --graph name the same file/],
  ])('refuses %j in one line, before training', async (args, message) => {
    const { status, stdout, stderr } = await run(...ALICE, ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(existsSync(at('same.svg'))).toBe(false);
  });
});
