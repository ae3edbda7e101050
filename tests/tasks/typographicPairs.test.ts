/** Typographic apostrophes, quotes and dashes do not change what a trained model says. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pos } from '../../tasks/pos/pos.js';
import { sentiment } from '../../tasks/sentiment/sentiment.js';
import { taskCommand } from '../../tasks/task/command.js';
import { PAIRS } from '../datasets/pairs.js';
import { runHere, temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
const at = (name: string) => join(directory.path, name);
afterAll(() => directory.remove());

const [plain, typographic] = [0, 1].map((side) => PAIRS.map((pair) => pair[side]!)) as [string[], string[]];
const SMALL = ['--epochs', '2', '--batch', '8', '--threads', '1', '--save'];

beforeAll(() => {
  writeFileSync(at('plain.txt'), plain.join('\n'));
  writeFileSync(at('typographic.txt'), typographic.join('\n'));
});

describe('sentiment, trained on either', () => {
  const runSentiment = (...args: string[]) => runHere(directory.path, taskCommand(sentiment), args);
  /** The JSON lines of the answers, without their sentences. */
  const answers = async (model: string, file: string) => {
    const { stdout, refusal } = await runSentiment(
      ...['--load', model, '--predict-file', file, '--format', 'jsonl'],
    );
    expect(refusal).toBeNull();
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => ({ ...(JSON.parse(line) as { probability: number }), sentence: null }));
  };

  it('answers all pairs alike, to the last digit', async () => {
    for (const [name, sentences] of Object.entries({ plain, typographic })) {
      // Which are positive does not matter, as long as it can be learned.
      const lines = sentences.map((text, n) => `${/n['\u2019]t/.test(plain[n]!) ? 0 : 1}\t${text}\n`);
      writeFileSync(at(`${name}.tsv`), lines.join(''));
      await runSentiment(
        ...['--data', `${name}.tsv`, '--split', 'distinct', '--units', '8', ...SMALL, `${name}.model`],
      );
    }
    const wanted = await answers('plain.model', 'plain.txt');
    expect(wanted).toHaveLength(40);
    expect(new Set(wanted.map(({ probability }) => probability)).size).toBeGreaterThan(30);
    expect(await answers('plain.model', 'typographic.txt')).toEqual(wanted);
    expect(await answers('typographic.model', 'plain.txt')).toEqual(wanted);
    expect(await answers('typographic.model', 'typographic.txt')).toEqual(wanted);
  });

  it.each(PAIRS.slice(0, 3))('answers %j word by word as %j', async (one, other) => {
    const say = async (text: string) =>
      (await runSentiment('--load', 'plain.model', '--predict', text)).stdout;
    expect(await say(other)).toBe(await say(one));
  });
});

describe('pos', () => {
  const runPos = (...args: string[]) => runHere(directory.path, taskCommand(pos), args);
  const tagsOf = async (file: string) => {
    const { stdout, refusal } = await runPos(
      ...['--load', 'pos.model', '--tag-file', file, '--format', 'jsonl'],
    );
    expect(refusal).toBeNull();
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { tags: string[] });
  };

  it('tags all pairs alike', async () => {
    const some = ['--sentences', '300', '--units', '16'];
    await runPos('--model', 'tagger', ...some, ...SMALL, 'pos.model');
    const tagged = await tagsOf('plain.txt');
    expect(tagged).toHaveLength(40);
    expect(new Set(tagged.flatMap(({ tags }) => tags)).size).toBeGreaterThan(5);
    expect(await tagsOf('typographic.txt')).toEqual(tagged);
  });
});
