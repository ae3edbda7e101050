/**
 * The functions that compute: those that a pass calls, directly or indirectly. The others build graphs and
 * allocate; their numbers are sizes.
 */
import ts from 'typescript';
import { pathOf, treeOf, urlOf } from '../compiled.js';
import { functionsIn, nameOf, PASSES, type FunctionNode } from './functions.js';
import { isPlace } from './places.js';

/** A function and its file. */
export interface Computing {
  readonly file: string;
  readonly node: FunctionNode;
}

/**
 * @param files the files to search; calls from one of them into another are followed
 * @returns the outermost functions; a function inside one of them is not listed
 */
export function computingFunctions(
  files: readonly string[],
  isCalled: (name: string) => boolean = (name) => PASSES.includes(name),
): Computing[] {
  const found = new Map<FunctionNode, Computing>();
  const waiting = files.flatMap((file) =>
    functionsIn(treeOf(file))
      .filter((node) => isCalled(nameOf(node)!))
      .map((node) => ({ file, node })),
  );
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (found.has(next.node)) continue;
    found.set(next.node, next);
    waiting.push(...calledBy(next, files));
  }
  return [...found.values()].filter(({ node }) => !isInside(node, found) && !isCheck(node));
}

/** Checks of arguments compute nothing. */
const isCheck = (node: FunctionNode) => nameOf(node)!.startsWith('require');

/** The declared functions that a function names, whether it calls them or passes them on. */
function calledBy({ file, node }: Computing, files: readonly string[]): Computing[] {
  const called: Computing[] = [];
  (function visit(inner: ts.Node): void {
    if (ts.isIdentifier(inner) && !isPlace(inner)) called.push(...declarationOf(inner.text, file, files));
    ts.forEachChild(inner, visit);
  })(node.body!);
  return called;
}

function declarationOf(name: string, file: string, files: readonly string[]): Computing[] {
  const home = importedFrom(name, file) ?? file;
  if (!files.includes(home)) return [];
  return functionsIn(treeOf(home))
    .filter((node) => ts.isFunctionDeclaration(node) && nameOf(node) === name)
    .map((node) => ({ file: home, node }));
}

function importedFrom(name: string, file: string): string | null {
  for (const statement of treeOf(file).statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const names = statement.importClause?.namedBindings;
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
    if (!names || !ts.isNamedImports(names) || !specifier.startsWith('.')) continue;
    if (names.elements.some((element) => element.name.text === name)) {
      return pathOf(new URL(specifier, urlOf(file)).href);
    }
  }
  return null;
}

function isInside(node: ts.Node, functions: ReadonlyMap<ts.Node, unknown>): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) if (functions.has(outer)) return true;
  return false;
}
