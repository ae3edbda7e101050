/** The faults that can be planted at one node of a syntax tree. */
import ts from 'typescript';
import { nameOf, PASSES } from './functions.js';
import { calleeOf, isPlace } from './places.js';

/** A kind of fault, in words. */
export type Kind =
  | 'a factor is lost'
  | 'a term is lost'
  | 'a sign is wrong'
  | 'a transpose is lost'
  | 'a function is wrong'
  | 'added is assigned'
  | 'assigned is added'
  | 'a call is lost'
  | 'an assignment is lost';

/** A node, and the text that replaces it. */
export interface Fault {
  readonly kind: Kind;
  readonly node: ts.Node;
  readonly to: string;
}

const { SyntaxKind } = ts;
/** The wrong function for a right one, as a formula, because a name would have to be imported. */
const EXCHANGED: Readonly<Record<string, (x: string) => string>> = {
  sigmoid: (x) => `Math.tanh(${x})`,
  tanh: (x) => `(1 / (1 + Math.exp(-(${x}))))`,
};

export function faultsOf(node: ts.Node): Fault[] {
  if (ts.isBinaryExpression(node)) return [...ofArithmetic(node), ...ofAssignment(node)];
  if (ts.isPrefixUnaryExpression(node)) {
    const isMinus = node.operator === SyntaxKind.MinusToken && !isPlace(node);
    return isMinus ? [{ kind: 'a sign is wrong', node, to: `(${node.operand.getText()})` }] : [];
  }
  return ts.isCallExpression(node) ? ofCall(node) : [];
}

function ofArithmetic(node: ts.BinaryExpression): Fault[] {
  if (isPlace(node)) return [];
  const [left, right] = [node.left.getText(), node.right.getText()];
  const fault = (kind: Kind, to: string): Fault => ({ kind, node, to: `(${to})` });
  switch (node.operatorToken.getText()) {
    case '*':
      return [fault('a factor is lost', left), fault('a factor is lost', right)];
    case '/':
    case '**':
      return [fault('a factor is lost', left)];
    case '+':
      return [
        fault('a term is lost', left),
        fault('a term is lost', right),
        fault('a sign is wrong', `${left} - ${right}`),
      ];
    case '-':
      return [
        fault('a term is lost', left),
        fault('a term is lost', `-(${right})`),
        fault('a sign is wrong', `${left} + ${right}`),
      ];
    default:
      return [];
  }
}

function ofAssignment(node: ts.BinaryExpression): Fault[] {
  const { left, right, operatorToken, parent } = node;
  const exchanged = (to: string) => `${left.getText()} ${to} ${right.getText()}`;
  if (operatorToken.kind === SyntaxKind.PlusEqualsToken && !isPlace(node)) {
    return [{ kind: 'added is assigned', node, to: exchanged('=') }];
  }
  if (operatorToken.kind !== SyntaxKind.EqualsToken || !ts.isElementAccessExpression(left)) return [];
  return [
    { kind: 'assigned is added', node, to: exchanged('+=') },
    ts.isExpressionStatement(parent)
      ? { kind: 'an assignment is lost', node: parent, to: ';' }
      : { kind: 'an assignment is lost', node, to: right.getText() },
  ];
}

function ofCall(node: ts.CallExpression): Fault[] {
  const { arguments: given } = node;
  const name = calleeOf(node);
  const faults = [...ofKernel(node), ...lost(node)];
  if (Object.hasOwn(EXCHANGED, name))
    faults.push({ kind: 'a function is wrong', node, to: EXCHANGED[name]!(given[0]!.getText()) });
  if (name === 'transpose') faults.push({ kind: 'a transpose is lost', node, to: given[0]!.getText() });
  return faults;
}

/** Sums and copies; products and look-ups, which take a flag; elementwise products. */
function ofKernel(node: ts.CallExpression): Fault[] {
  if (!isOfKernels(node)) return [];
  const name = calleeOf(node);
  const given = node.arguments.map((argument) => argument.getText());
  const fault = (kind: Kind, name: string, ...given: string[]): Fault => ({
    ...{ kind, node, to: `k.${name}(${given.join(', ')})` },
  });
  const [out, x, y, flag] = given;
  switch (name) {
    case 'add':
      return [fault('added is assigned', 'copy', ...given)];
    case 'copy':
      return [fault('assigned is added', 'add', ...given)];
    case 'multiply':
      return [fault('a factor is lost', 'copy', out!, x!), fault('a factor is lost', 'copy', out!, y!)];
    case 'matmul':
    case 'gather':
      return [
        ...(flag ? [fault('added is assigned', name, out!, x!, y!, 'false')] : []),
        ...(flag === 'true' ? [] : [fault('assigned is added', name, out!, x!, y!, 'true')]),
      ];
    default:
      return [];
  }
}

/** A call whose value is not used. Checks of arguments are excluded: they compute nothing. */
function lost(node: ts.CallExpression): Fault[] {
  const { parent } = node;
  if (calleeOf(node).startsWith('require')) return [];
  if (ts.isExpressionStatement(parent)) return [{ kind: 'a call is lost', node: parent, to: ';' }];
  const isResult = (ts.isArrowFunction(parent) && parent.body === node) || ts.isReturnStatement(parent);
  if (isResult && (isOfKernels(node) || isPass(parent))) {
    return [{ kind: 'a call is lost', node, to: 'undefined' }];
  }
  return [];
}

const isPass = (node: ts.Node) => ts.isArrowFunction(node) && PASSES.includes(nameOf(node) ?? '');

/** Whether the call is of a kernel: `k.add(...)`. */
function isOfKernels({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && expression.expression.getText() === 'k';
}
