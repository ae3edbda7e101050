/**
 * A step of the build: rewrites loops over vectors of four numbers so that they take two vectors at a time.
 *
 * V8 joins two operations on 128 bits to one on 256 if both do the same to adjacent memory (docs/wide.md). The sources
 * tell how to compute one vector. Before each loop over vectors,
 *
 *     for (; n <= end - 16; n += 16) f(4, x + n);
 *
 * this puts the same loop with steps of 32 and a call of `fOfTwo(x + n)`, in which every statement of f about vectors
 * stands twice, for the lower and for the upper half. V8 wants both halves of a statement before the next one, the upper
 * half stored first, and addresses that are the same variable.
 *
 * f is a function on vectors if its first parameter is `lanes`, the entries of the vector: 4, or less at the end of a
 * row. If it returns a vector, it is a sum that the loop carries: its second parameter, and what it returns.
 */
import ts from 'typescript';

/** Bytes of a vector. */
const VECTOR = 16;

/**
 * @param {string} text a source file in AssemblyScript
 * @returns {string} the same with its loops over vectors in pairs
 */
export function pairVectors(text) {
  const file = ts.createSourceFile('assembly.ts', text, ts.ScriptTarget.Latest, true);
  /** @type {{ at: number, added: string }[]} */
  const additions = [];
  const look = (node) => {
    if (isOnVectors(node)) additions.push({ at: node.end, added: `\n\n${functionOfTwo(node)}` });
    if (ts.isForStatement(node) && vectorCall(node)) {
      additions.push({ at: node.getStart(), added: `${loopOfTwo(node)}\n` });
    }
    node.forEachChild(look);
  };
  look(file);
  additions.sort((a, b) => b.at - a.at);
  return additions.reduce((result, { at, added }) => result.slice(0, at) + added + result.slice(at), text);
}

function isOnVectors(node) {
  return ts.isFunctionDeclaration(node) && node.parameters[0]?.name.getText() === 'lanes';
}

/** The call of a function on vectors that begins the loop's body, or undefined. */
function vectorCall(loop) {
  const [statement] = statementsOf(loop);
  const expression = statement?.expression;
  const call = expression && ts.isBinaryExpression(expression) ? expression.right : expression;
  return call && ts.isCallExpression(call) && call.arguments[0]?.getText() === '4' ? call : undefined;
}

function statementsOf({ statement }) {
  return ts.isBlock(statement) ? statement.statements : [statement];
}

/** The loop in steps of two vectors; the loop itself then takes the one that may remain. */
function loopOfTwo(loop) {
  const text = loop.getText();
  const call = vectorCall(loop);
  const [, counter] = /^for \(; (\w+) <= \w+ - 16; \1 \+= 16\)/.exec(text) ?? [];
  // Another statement would run for every other vector only.
  if (!counter || statementsOf(loop).length > 1) throw new Error(`not a loop over vectors: ${text}`);
  const callee = call.expression.getText();
  return text
    .replace('- 16;', `- ${2 * VECTOR};`)
    .replace('+= 16)', `+= ${2 * VECTOR})`)
    .replace(new RegExp(`\\b${callee}\\(\\s*4, `), `${callee}OfTwo(`);
}

function functionOfTwo(declaration) {
  const [, ...parameters] = declaration.parameters.map((parameter) => parameter.getText());
  const returns = declaration.type.getText();
  const body = new BodyOfTwo(declaration.parameters[1].name.getText()).block(declaration.body);
  return `@inline\nfunction ${declaration.name.text}OfTwo(${parameters.join(', ')}): ${returns} ${body}`;
}

/** Writes the statements of a function on vectors for two of them. */
class BodyOfTwo {
  /** Variables that hold a vector: x becomes x0, the lower half, and x1. */
  #vectors = new Set();
  /** Variables for addresses that are not variables, by their text. */
  #addresses = new Map();
  #sum;

  /** @param {string} sum the name of a carried sum, if the function returns one */
  constructor(sum) {
    this.#sum = sum;
  }

  block(node) {
    return `{\n${node.statements.map((statement) => this.statement(statement)).join('\n')}\n}`;
  }

  statement(node) {
    if (ts.isBlock(node)) return this.block(node);
    if (ts.isIfStatement(node)) return this.#choice(node);
    const addresses = this.#addressesIn(node);
    if (ts.isVariableStatement(node)) return addresses + this.#variables(node);
    if (ts.isReturnStatement(node)) {
      return `${addresses}${this.#sum} = ${this.#half(node.expression, 0)};\nreturn ${this.#half(node.expression, 1)};`;
    }
    const { expression } = node;
    if (isCallOf('storeLanes', expression)) return addresses + this.#store(expression);
    if (expression && ts.isBinaryExpression(expression)) {
      return `${addresses}${this.#half(expression, 0)};\n${this.#half(expression, 1)};`;
    }
    throw new Error(`not a statement about vectors: ${node.getText()}`);
  }

  /** A condition that holds for any lane of the vector. */
  #choice(node) {
    const known = new Map(this.#addresses);
    const condition = node.expression.getText().replace(/any_true\((\w+)\)/, 'any_true(v128.or($10, $11))');
    const branch = (statement) => {
      this.#addresses = new Map(known);
      return `{\n${this.statement(statement)}\n}`;
    };
    const then = branch(node.thenStatement);
    const otherwise = node.elseStatement ? ` else ${branch(node.elseStatement)}` : '';
    this.#addresses = known;
    return `if (${condition}) ${then}${otherwise}`;
  }

  #variables({ declarationList }) {
    const kind = declarationList.flags & ts.NodeFlags.Const ? 'const' : 'let';
    return declarationList.declarations
      .map(({ name, initializer }) => {
        if (!this.#isVector(initializer)) return `${kind} ${name.text} = ${initializer.getText()};`;
        const [lower, upper] = [this.#half(initializer, 0), this.#half(initializer, 1)];
        this.#vectors.add(name.text);
        return `${kind} ${name.text}0 = ${lower}, ${name.text}1 = ${upper};`;
      })
      .join('\n');
  }

  #store({ arguments: [address, value] }) {
    const place = this.#address(address);
    const [lower, upper] = [this.#half(value, 0), this.#half(value, 1)];
    return `{
      const lower = ${lower}, upper = ${upper};
      v128.store(${place}, upper, ${VECTOR});
      v128.store(${place}, lower);
    }`;
  }

  /** Declares a variable for each address that the statement computes. */
  #addressesIn(node) {
    let declarations = '';
    const look = (child) => {
      if (isCallOf('loadLanes', child) || isCallOf('storeLanes', child)) {
        const [address] = child.arguments;
        const text = address.getText();
        if (!ts.isIdentifier(address) && !this.#addresses.has(text)) {
          this.#addresses.set(text, `address${this.#addresses.size}`);
          declarations += `const ${this.#addresses.get(text)} = ${text};\n`;
        }
      }
      child.forEachChild(look);
    };
    look(node);
    return declarations;
  }

  #address(node) {
    return this.#addresses.get(node.getText()) ?? node.getText();
  }

  #isVector(node) {
    if (ts.isIdentifier(node)) return this.#vectors.has(node.text);
    return isCallOf('loadLanes', node) || node.forEachChild((child) => this.#isVector(child)) === true;
  }

  /** The expression for one half, 0 or 1. */
  #half(node, half) {
    if (isCallOf('loadLanes', node))
      return `v128.load(${this.#address(node.arguments[0])}, ${half * VECTOR})`;
    if (ts.isIdentifier(node)) {
      if (node.text === 'lanes') return '4';
      return this.#vectors.has(node.text) ? `${node.text}${half}` : node.text;
    }
    let text = '';
    let at = node.getStart();
    node.forEachChild((child) => {
      const file = node.getSourceFile().text;
      text += file.slice(at, child.getStart()) + this.#half(child, half);
      at = child.end;
    });
    return text + node.getSourceFile().text.slice(at, node.end);
  }
}

function isCallOf(name, node) {
  return node && ts.isCallExpression(node) && node.expression.getText() === name;
}
