/**
 * README and docs are correct: their code runs and prints what they show, and their commands and links exist.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { createUserProject } from '../userProject.js';
import { checkLanguages, checkOutput, checkTypes } from './code.js';
import { checkLinks } from './links.js';
import { checkCommandOutputs, compareOutput } from './outputs.js';
import { parsePage, type Page } from './page.js';
import { checkCommands } from './shell.js';

// Each page starts a program.
jest.setTimeout(300_000);

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const paths = ['.', '.github', 'docs', 'bench'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => (folder === '.' ? name : `${folder}/${name}`)),
);
const pages = paths.map((path) => parsePage(path, readFileSync(join(root, path), 'utf8')));
const byPath = new Map(pages.map((page) => [page.path, page]));

const project = createUserProject();
// The first package contains the book; TypeScript needs the other for the types of Node.
for (const name of ['webtorrent-fixtures', '@types/node', 'undici-types']) project.link(name);
afterAll(() => project.remove());

const links = (page: Page) => checkLinks(page, byPath, (path) => existsSync(join(root, path)));
const commands = (page: Page) => checkCommands(page, Object.keys(scripts));

describe('the pages', () => {
  it('exist', () => {
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'docs/bptt.md', 'bench/RESULTS.md']));
  });

  it('have code that passes the type checker', () => {
    expect(checkTypes(project, pages)).toEqual([]);
  });

  it.each(paths)('%s: its programs print what it shows, and its commands and links exist', (path) => {
    const page = byPath.get(path)!;
    expect([
      ...checkLanguages(page),
      ...commands(page),
      ...links(page),
      ...checkOutput(project, page),
    ]).toEqual([]);
  });
});

describe('README', () => {
  const readme = byPath.get('README.md')!;
  const lines = readFileSync(join(root, 'README.md'), 'utf8').split('\n');

  it('shows what its commands print', async () => {
    expect(await checkCommandOutputs(readme)).toEqual([]);
  });

  it('is short, and what the library is fits a screen', () => {
    expect(lines.length - 1).toBeLessThanOrEqual(120);
    expect(lines.findIndex((line) => line.startsWith('## '))).toBeLessThanOrEqual(45);
  });
});

describe('the check itself', () => {
  const page = (...lines: string[]) => parsePage('docs/made-up.md', lines.join('\n') + '\n');
  const js = (...lines: string[]) => ['```js', ...lines, '```'];
  const text = (...lines: string[]) => ['```text', ...lines, '```'];

  it('treats the blocks of a page as one program, and matches each output to the block above it', () => {
    const right = page(
      '# Made up',
      ...js("import { rnn } from 'unrolled';", 'const name = rnn.name;', 'console.log(name);'),
      '',
      ...text('rnn'),
      'More:',
      ...js('console.log(name + name);', 'console.log(1);'),
      ...text('rnnrnn', '1'),
      ...js('console.log(Math.random());'),
      'prints, for example,',
      ...text('0.5'),
    );
    expect(checkTypes(project, [right])).toEqual([]);
    expect(checkOutput(project, right)).toEqual([]);
  });

  it('takes a block that begins with the name of a file for another program', () => {
    const lines = ["import { rnn } from 'unrolled';", 'console.log(rnn.name);'];
    const two = page(
      ...js('// a.mjs', ...lines),
      ...text('rnn'),
      ...js('// b.mjs', ...lines),
      ...text('gru'),
    );
    expect(checkTypes(project, [two])).toEqual([]);
    expect(checkOutput(project, two)).toEqual([
      'docs/made-up.md:14: the block before it prints\nrnn\ninstead of\ngru\n',
    ]);
  });

  it('finds a wrong output', () => {
    const wrong = page('Text.', '', ...js('console.log(1 + 1);'), ...text('3'));
    expect(checkOutput(project, wrong)).toEqual([
      'docs/made-up.md:6: the block before it prints\n2\ninstead of\n3\n',
    ]);
  });

  const printed = [
    'kernels  wasm-simd, 1 thread',
    'epoch 1: loss 2.3449, 3.8 s',
    'at 30,123 words/s ',
    'end',
  ];

  it.each([
    [['kernels  wasm-relaxed-simd-256, 4 threads', 'epoch 1: loss 2.3449, 12 s', '...']],
    [['...', 'epoch 1: loss 2.3449, 0.1 s', 'at 9 words/s', '...']],
    [['...', 'end']],
    [['kernels  wasm-simd, 1 thread', '...', 'at 1 words/s', 'end']],
    [printed],
  ])('takes %j for what a command prints: times and kernels may differ, lines may be left out', (shown) => {
    expect(compareOutput(shown, printed)).toBeNull();
  });

  it.each([
    [['...', 'epoch 1: loss 2.3448, 3.8 s', '...'], 'epoch 1: loss 2.3448, 3.8 s\nwhere'],
    [['epoch 1: loss 2.3449, 3.8 s', '...'], 'epoch 1: loss 2.3449, 3.8 s\nwhere'],
    [['...', 'at 30,123 words/s'], 'at 30,123 words/s\nwhere the command prints\nend'],
    [['...', 'at 30,123 words/s', 'the end', '...'], 'the end\nwhere the command prints\nend'],
    [['...', 'end', '...', 'kernels  wasm-simd, 1 thread', '...'], 'kernels'],
    [[...printed, 'more', '...'], 'more\nwhere the command prints\n(nothing)'],
    [printed.slice(0, 2), 'also prints\nat 30,123'],
  ])('finds that a command does not print %j', (shown, what) => {
    expect(compareOutput(shown, printed)).toContain(what);
  });

  it('runs a command, and knows when there is none', async () => {
    const sh = (typed: string) => ['```sh', typed, '```'];
    const shown = text(
      'Usage: npm start -- sentiment [options]',
      '...',
      '  -h, --hlep            display help',
      '...',
    );
    expect(
      await checkCommandOutputs(page(...sh('npm ci && npm start -- sentiment --help'), ...shown)),
    ).toEqual([expect.stringContaining('docs/made-up.md:4: it shows\n  -h, --hlep')]);
    expect(await checkCommandOutputs(page(...sh('npm test'), ...text('passed')))).toEqual([
      'docs/made-up.md:1: the output of npm test cannot be checked',
    ]);
    expect(await checkCommandOutputs(page(...sh('npm start'), 'More.', ...text('passed')))).toEqual([
      'docs/made-up.md:5: nothing above it prints this',
    ]);
  });

  it('finds a program that fails', () => {
    const [found] = checkOutput(project, page(...js("throw new Error('as planned');")));
    expect(found).toMatch(/its program fails[^]*as planned/);
  });

  it.each([
    ['js', ["import { lstn } from 'unrolled';", 'lstn;'], 2, "has no exported member 'lstn'"],
    ['js', ["import { dense } from 'unrolled';", "dense('2');"], 3, "'string' is not assignable"],
    ['ts', ['const n: number = "1";', 'n;'], 2, "'string' is not assignable"],
    ['ts', ['enum Kind { A }', 'Kind.A;'], 2, 'erasableSyntaxOnly'],
    ['js', ["import { rnn } from 'unrolled/cells';", 'rnn.nam;'], 3, "'nam' does not exist"],
  ])('finds type errors, with their line: %s %j', (language, lines, line, what) => {
    const found = checkTypes(project, [page('```' + language, ...lines, '```')]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`docs/made-up.md:${line}: `);
    expect(found[0]).toContain(what);
  });

  it('finds a block in an unknown language', () => {
    expect(checkLanguages(page('```javascript', 'nonsense', '```'))).toEqual([
      "docs/made-up.md:1: a block of 'javascript'; use js, ts, sh, text",
    ]);
  });

  it.each([
    ['npm start -- alice --epocs 3', "unknown option '--epocs'"],
    ['npm start -- alcie', 'too many arguments'],
    ['npm start -- --epochs 0', "'0' is invalid"],
    ['npm start -- --cell lstn', 'Allowed choices'],
    ['npm start --epochs 3', 'npm passes on only options after --'],
    ['npm ci && npm start -- pos --no-such', "unknown option '--no-such'"],
    ['npm run data -- treebnk', 'Allowed choices'],
    ['npm run dada -- treebank', 'package.json has no script dada'],
    ['pip install keras', 'only npm and node are checked here'],
  ])('finds commands that no program understands: %s', (typed, what) => {
    const [found, ...more] = commands(page('```sh', 'npm ci', typed, '```'));
    expect(more).toEqual([]);
    expect(found).toContain(`docs/made-up.md:3: ${typed}: `);
    expect(found).toContain(what);
    if (typed.startsWith('npm')) expect(commands(page(`Type \`${typed}\`.`))).toHaveLength(1);
  });

  it.each([
    'npm start -- sentiment --load FILE --predict "it isn\'t --bad"   # in quotation marks',
    'npm ci && npm start',
    'npm start -- --help',
    'npm run data -- alice --dir books',
    '# nothing but a comment',
  ])('accepts commands that they understand: %s', (typed) => {
    expect(commands(page('```sh', typed, '```'))).toEqual([]);
  });

  it('finds an option that no program has, even in the text', () => {
    expect(commands(page('Use `--seed 3`, or `--sead`.'))).toEqual([
      'docs/made-up.md:1: --sead: no program has this option',
    ]);
  });

  it.each([
    [
      '[a page](bptt.md#3-the-tanh-rnn), [an equation](bptt.md#R1), [a file](../cells/rnn.ts), [a folder](../cells)',
      [],
    ],
    ['[out](https://example.org/nothing#there)', []],
    ['[here](#made-up), [and its neighbour](#made-up-1)', []],
    ['[gone](gone.md)', ['gone.md: there is no such file']],
    ['![gone](../bench/gone.svg)', ['../bench/gone.svg: there is no such file']],
    ['[no such place](bptt.md#R99)', ['bptt.md#R99: there is no such place in it']],
    ['[no such place](#nowhere)', ['#nowhere: there is no such place in it']],
    ['[outside](../../etc)', ['../../etc: there is no such file']],
    ['| a | b |\n| - | - |\n| 1 | [in a table](gone.md) |', ['gone.md: there is no such file']],
    ['- [in a list](gone.md)', ['gone.md: there is no such file']],
  ])('checks %s', (link, wrong) => {
    const made = page('# Made up', '', '# Made up', '', link);
    const all = new Map([...byPath, [made.path, made]]);
    const found = checkLinks(made, all, (path) => existsSync(join(root, path)) || path === made.path);
    expect(found).toEqual(wrong.map((what) => `docs/made-up.md:5: ${what}`));
  });
});
