/**
 * Hand-written faults. Each is located by the names of its file and its function, so that code may move.
 */
import ts from 'typescript';
import { isNamed, modulesIn, textOf, treeOf } from '../../compiled.js';
import { functionsIn, nameOf, type FunctionNode } from '../functions.js';
import type { Check, Mutant } from '../mutant.js';

export interface Story {
  /** The fault as a sentence. */
  readonly name: string;
  /** A public thread on this mistake; '' for common mistakes. */
  readonly seenIn: string;
  /** The name of the file, `bptt`; with its folder if the name is ambiguous, `reference/rows`. */
  readonly file: string;
  /** The name of the function, which need not be unique. '' means the whole file. */
  readonly function: string;
  /** The text to replace, which must occur there exactly once. White space may differ. */
  readonly from: string;
  readonly to: string;
  readonly check: Check;
}

type Told = Pick<Story, 'name' | 'function' | 'from' | 'to'> & Partial<Story>;

/** Stories of one file. */
export function storiesOf(file: string, check: Check, told: readonly Told[]): Story[] {
  return told.map((story) => ({ check, seenIn: '', ...story, file }));
}

/** @throws Error when its file, function or text is not found, or is found twice */
export function plant(story: Story): Mutant {
  const { name, check, to } = story;
  const file = only(
    ['engine', 'cells', 'models'].flatMap(modulesIn).filter((path) => isNamed(path, story.file)),
    `a file ${story.file}`,
  );
  const bodies = functionsNamed(file, story.function);
  if (bodies.length === 0) throw new Error(`no function ${story.function} in ${file}`);
  const text = textOf(file);
  const [start, end] = only(
    bodies.flatMap((body) => occurrences(text, story.from, body)),
    `in ${story.function} of ${file} the text ${story.from}`,
  );
  return { name, file, function: story.function, start, end, to, check };
}

function functionsNamed(file: string, name: string): ts.Node[] {
  if (name === '') return [treeOf(file)];
  const named = functionsIn(treeOf(file)).filter((node) => nameOf(node) === name);
  return named.filter((node) => !named.some((outer) => outer !== node && contains(outer, node)));
}

const contains = (outer: FunctionNode, { pos, end }: FunctionNode) => outer.pos <= pos && end <= outer.end;

/** Start and end of every occurrence of a text in a node. */
function occurrences(text: string, from: string, { pos, end }: ts.Node): [number, number][] {
  const words = from.split(/\s+/).map((word) => word.replace(/[^\w]/g, '\\$&'));
  const found = text.slice(pos, end).matchAll(new RegExp(words.join('\\s+'), 'g'));
  return [...found].map(({ index, 0: { length } }) => [pos + index, pos + index + length]);
}

function only<T>(found: readonly T[], what: string): T {
  if (found.length !== 1) throw new Error(`not found exactly once but ${found.length} times: ${what}`);
  return found[0]!;
}
