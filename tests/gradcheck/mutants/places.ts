/** Recognizes arithmetic on places and sizes: indices, bounds of loops, rows, compared steps. */
import ts from 'typescript';
import { isFunction, nameOf } from './functions.js';

/** Functions that slice or create tensors and arrays: their arguments are places and sizes. */
const CUTS = new Set([
  'rows',
  'columns',
  'slice',
  'fill',
  'hi',
  'lo',
  'zeros',
  'indices',
  'from',
  'min',
  'ceil',
]);

const { SyntaxKind } = ts;
const COMPARISONS = new Set<ts.SyntaxKind>([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** Whether an expression only computes places: it is used as one, or its name is used only as one. */
export function isPlace(node: ts.Node): boolean {
  if (/\.(offset|stride)\b/.test(node.getText())) return true;
  for (let inner = node; inner.parent && !ts.isSourceFile(inner.parent); inner = inner.parent) {
    const outer = inner.parent;
    if (ts.isElementAccessExpression(outer) && outer.argumentExpression === inner) return true;
    if (ts.isIterationStatement(outer, false) && outer.statement !== inner) return true;
    if (ts.isCallExpression(outer) && outer.expression !== inner && CUTS.has(calleeOf(outer))) return true;
    if (ts.isBinaryExpression(outer) && COMPARISONS.has(outer.operatorToken.kind)) return true;
    // The number that `prepare` returns identifies the kernel calls of a pass.
    if (ts.isReturnStatement(outer) && returnsFrom(outer) === 'prepare') return true;
    if (ts.isVariableDeclaration(outer) && outer.initializer === inner) return namesOnlyPlaces(outer);
    if (isFunction(outer)) return false;
  }
  return false;
}

/** The last name of a called function: `add` of `k.add(...)`. */
export function calleeOf({ expression }: ts.CallExpression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

function returnsFrom(node: ts.Node): string | null {
  let outer = node.parent;
  while (!isFunction(outer)) outer = outer.parent;
  return nameOf(outer);
}

/** Whether the declared names are used, and only as places. */
function namesOnlyPlaces(declaration: ts.VariableDeclaration): boolean {
  const names = new Set<string>();
  eachIdentifier(declaration.name, ({ text }) => names.add(text));
  let scope: ts.Node = declaration.parent;
  while (!ts.isBlock(scope) && !ts.isSourceFile(scope)) scope = scope.parent;
  const uses: ts.Identifier[] = [];
  eachIdentifier(scope, (name) => {
    if (names.has(name.text) && !isWithin(name, declaration)) uses.push(name);
  });
  return uses.length > 0 && uses.every(isPlace);
}

function eachIdentifier(node: ts.Node, use: (name: ts.Identifier) => void): void {
  if (ts.isIdentifier(node)) use(node);
  ts.forEachChild(node, (inner) => eachIdentifier(inner, use));
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}
