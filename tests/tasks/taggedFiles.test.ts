/** Tagged sentences in folders and zips, as corpora come. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readTagged } from '../../tasks/pos/taggedFiles.js';
import { zipOf } from './data/zipWriter.js';
import { temporaryDirectory } from './run.js';

const directory = temporaryDirectory();
afterAll(() => directory.remove());

const row = (n: number, word: string, tag: string) => `${n}\t${word}\t_\t${tag}\t${tag}\t_\t0\t_\t_\t_\n`;
const CONLLU = `# text = Cats sleep\n${row(1, 'Cats', 'NOUN')}${row(2, 'sleep', 'VERB')}\n`;
const TREE = '( (S (NP (NNS Dogs)) (VP (VBP bark))) )\n';
const SLASHES = 'Birds/NNS sing/VBP\n';
const COLUMNS = 'Fish NNS B-NP\nswim VBP B-VP\n\n';

type Files = Readonly<Record<string, string>>;
type Case = [what: string, files: Files, form: string, words: string[]];

const CASES: Case[] = [
  ['one file', { 'a.conllu': CONLLU }, '1 file of CoNLL-U', ['Cats']],
  ['trees', { 'b.mrg': TREE, 'a.MRG': TREE }, '2 files of trees of the Penn Treebank', ['Dogs', 'Dogs']],
  ['columns', { 'train.txt': COLUMNS, 'test.txt': COLUMNS }, '2 files of CoNLL columns', ['Fish', 'Fish']],
  ['files without an ending', { ca01: SLASHES, ca02: SLASHES }, '2 files of word/TAG', ['Birds', 'Birds']],
  [
    'files in folders, in the order of their paths',
    { 'de/dev.conllu': CONLLU.replaceAll('Cats', 'Katzen'), 'a/b/c/dev.conllu': CONLLU },
    '2 files of CoNLL-U',
    ['Cats', 'Katzen'],
  ],
  [
    'strays beside them',
    {
      ...{ README: 'Read me.', 'LICENSE.txt': 'Free.', '.DS_Store': '\0', CONTENTS: 'x', 'cats.txt': 'a b' },
      ...{ '__MACOSX/._a.conllu': '\0', 'a.conllu': CONLLU, '.git/a.conllu': '?' },
    },
    '1 file of CoNLL-U',
    ['Cats'],
  ],
  [
    'the same sentences in several kinds of files, of which one is read',
    { 'combined/wsj_1.mrg': TREE, 'tagged/wsj_1.pos': SLASHES, 'raw/wsj_1': 'Dogs bark', 'a.xml': '<s/>' },
    '1 file of trees of the Penn Treebank; 3 files of other kinds not read',
    ['Dogs'],
  ],
  ['two forms under one ending', { 'a.txt': COLUMNS, 'b.txt': SLASHES }, '2 files of CoNLL columns and word/TAG', ['Fish', 'Birds']], // prettier-ignore
];

let made = 0;
function folderOf(files: Files): string {
  const folder = join(directory.path, `folder${made++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

function zipFileOf(files: Files): string {
  const path = join(directory.path, `zip${made++}.zip`);
  writeFileSync(path, zipOf(Object.entries(files).map(([name, content]) => ({ name, content }))));
  return path;
}

describe.each([
  ['a folder', folderOf],
  ['a zip', zipFileOf],
])('%s of tagged files', (_, make) => {
  it.each(CASES)('may have %s', async (_, files, form, words) => {
    const source = await readTagged(make(files), null);
    expect(source.form).toBe(form);
    expect(source.sentences.map(({ words }) => words[0])).toEqual(words);
    expect(source.bytes.length).toBeGreaterThan(0);
  });

  it('is read by the column that --tags names', async () => {
    const { sentences } = await readTagged(make({ 'a.txt': COLUMNS }), '3');
    expect(sentences[0]!.tags).toEqual(['B-NP', 'B-VP']);
  });

  it.each<[string, Files, RegExp]>([
    ['without files', {}, /has no tagged sentences: no \.conllu, \.mrg or the like$/],
    ['of strays', { README: 'x', '.DS_Store': 'x' }, /has no tagged sentences: no \.conllu/],
    ['of other files', { 'a.png': 'x' }, /has no tagged sentences: no \.conllu/],
    [
      'with a file that is none',
      { 'a.conllu': 'Plain text of some book\nand no tags\n' },
      /, a\.conllu, line 1: .* is in none of the forms/,
    ],
    [
      'with a damaged file',
      { 'a.mrg': TREE, 'b.mrg': '( (S' },
      /, b\.mrg, line 1: a tree that is never closed/,
    ],
  ])('%s is refused', async (_, files, message) => {
    const outcome = readTagged(make(files), null);
    await expect(outcome).rejects.toThrow(message);
    await expect(outcome).rejects.not.toThrow(/\n/);
  });
});

it('a folder may have links that lead nowhere', async () => {
  const folder = folderOf({ 'a.conllu': CONLLU });
  symlinkSync('nowhere', join(folder, 'b.conllu'));
  expect((await readTagged(folder, null)).form).toBe('1 file of CoNLL-U');
});
