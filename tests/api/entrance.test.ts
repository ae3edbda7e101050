/** docs/api.md, the first page of the reference: it has every public name, with a link to its source. */
import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import * as datasets from '../../datasets/index.js';
import * as library from '../../models/index.js';
import * as interchange from '../../models/interchange/index.js';

const root = process.cwd();
const page = readFileSync(join(root, 'docs', 'api.md'), 'utf8');
const entries = [...page.matchAll(/\[`(\w+)`\]\(([^)]+)\)/g)].map(([, name, link]) => ({
  name: name!,
  path: posix.join('docs', link!),
}));

it('has each name once', () => {
  const names = entries.map(({ name }) => name).sort();
  expect(names).toEqual([library, interchange, datasets].flatMap((entry) => Object.keys(entry)).sort());
});

it.each(entries)('$name leads to $path', ({ name, path }) => {
  const source = readFileSync(join(root, path), 'utf8');
  expect(source).toMatch(new RegExp(`^export ((async )?(const|function|class) |\\{ )${name}\\b`, 'm'));
});
