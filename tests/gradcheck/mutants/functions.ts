/** Functions in a syntax tree, and their names. */
import ts from 'typescript';

/** The functions that are called in passes and between them. */
export const PASSES: readonly string[] = ['forward', 'backward', 'accumulate', 'prepare', 'carry'];

export type FunctionNode =
  ts.FunctionDeclaration | ts.MethodDeclaration | ts.ArrowFunction | ts.FunctionExpression;

export const isFunction = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node);

/** All functions below a node that have a name. */
export function functionsIn(node: ts.Node): FunctionNode[] {
  const found: FunctionNode[] = [];
  (function visit(inner: ts.Node): void {
    if (isFunction(inner) && inner.body && nameOf(inner) !== null) found.push(inner);
    ts.forEachChild(inner, visit);
  })(node);
  return found;
}

/** Its own name, or that of its property or constant; null: none. */
export function nameOf(node: FunctionNode): string | null {
  if (node.name) return node.name.getText();
  let { parent }: ts.Node = node;
  // As an argument: `forward: declared(() => ...)`.
  while (ts.isCallExpression(parent)) parent = parent.parent;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) return parent.name.getText();
  return null;
}

/** The innermost named function around a node. */
export function functionAround(node: ts.Node): string {
  for (let outer: ts.Node | undefined = node; outer; outer = outer.parent) {
    if (isFunction(outer) && nameOf(outer) !== null) return nameOf(outer)!;
  }
  return '';
}
