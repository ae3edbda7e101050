/** The compiled files of the library, which mutants change: their text and syntax trees. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const DIST = new URL('../../', import.meta.url);
const texts = new Map<string, string>();
const trees = new Map<string, ts.SourceFile>();

/** @param file a path inside dist/: `cells/lstm.js` */
export const urlOf = (file: string): string => new URL(file, DIST).href;

export const pathOf = (url: string): string => url.slice(DIST.href.length);

export function textOf(file: string): string {
  let text = texts.get(file);
  if (text === undefined) texts.set(file, (text = readFileSync(new URL(file, DIST), 'utf8')));
  return text;
}

export function treeOf(file: string): ts.SourceFile {
  let tree = trees.get(file);
  if (!tree) {
    tree = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true);
    trees.set(file, tree);
  }
  return tree;
}

/** The modules in a folder of dist/ and its subfolders, by their paths inside dist/. */
export function modulesIn(folder: string): string[] {
  return readdirSync(new URL(folder, DIST), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
}

/** Whether a file has this name: `bptt`, or `recurrent/bptt` if there are two. */
export const isNamed = (path: string, name: string): boolean => `/${path}`.endsWith(`/${name}.js`);
