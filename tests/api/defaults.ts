/**
 * Every optional option and parameter of the public library, and whether the reference says its default. The
 * defaults are in signatures such as `({ rate = 1e-3 }: AdamOptions)`, which a reference shows as
 * `rate?: number`, or are given to `readOptions`.
 */
import { relative } from 'node:path';
import ts from 'typescript';

/** How a docstring says it: 'Default 0.9.', 'Default: all of them.', 'By default all weights are 1.' */
const SAYS_DEFAULT = /\bdefault\b/i;

/**
 * @param entryPoints the files whose exports are public
 * @returns a line for each optional option or parameter whose docstring does not say its default
 */
export function findUnsaidDefaults(entryPoints: readonly string[], options: ts.CompilerOptions): string[] {
  const program = ts.createProgram(entryPoints, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const found = new Set<string>();
  const seen = new Set<ts.Node>();

  function judge(named: ts.Node & { name: ts.Node }, doc: string, initializer?: ts.Expression): void {
    const label = `${placeOf(named)}: ${named.name.getText()}`;
    if (!SAYS_DEFAULT.test(doc)) found.add(`${label} has a default that its docstring does not say`);
    else if (initializer && !mentions(doc, initializer)) {
      found.add(`${label} is ${initializer.getText()} by default, which its docstring does not say`);
    }
  }

  function visit(node: ts.Node): void {
    if (seen.has(node)) return;
    seen.add(node);
    if (isOptionalMember(node)) judge(node, docOf(node));
    if (ts.isParameter(node)) visitParameter(node);
    // An interface has the options of those that it extends.
    if (ts.isHeritageClause(node)) {
      const bases = node.types.map((type) => checker.getTypeAtLocation(type).getSymbol());
      for (const base of bases) base?.declarations?.filter(isOurs).forEach(visit);
    }
    ts.forEachChild(node, (child) => {
      // What a body does is not public; the names and types in front of it are.
      if (!(ts.isFunctionLike(node) && 'body' in node && node.body === child)) visit(child);
      else visitReadOptions(child);
    });
  }

  /** Destructured options are documented in their interface, other parameters at their function. */
  function visitParameter(parameter: ts.ParameterDeclaration): void {
    const { name, initializer, questionToken } = parameter;
    if (!ts.isObjectBindingPattern(name)) {
      // By default there are no options, and each option says its own default.
      const isEmpty =
        initializer && ts.isObjectLiteralExpression(initializer) && !initializer.properties.length;
      if ((initializer || questionToken) && !isEmpty) judge(parameter, docAround(parameter), initializer);
      return;
    }
    const type = checker.getTypeAtLocation(parameter);
    for (const element of name.elements.filter((element) => element.initializer)) {
      const property = type.getProperty((element.propertyName ?? element.name).getText());
      judge(element, property?.declarations?.map(docOf).join('\n') ?? '', element.initializer);
    }
  }

  /** The defaults that a body gives to `readOptions(of, options, defaults)`. */
  function visitReadOptions(node: ts.Node): void {
    if (ts.isCallExpression(node) && node.expression.getText() === 'readOptions') {
      const [, options, defaults] = node.arguments;
      const type = checker.getTypeAtLocation(options!);
      for (const property of literalOf(defaults!)?.properties.filter(ts.isPropertyAssignment) ?? []) {
        const option = type.getProperty(property.name.getText());
        judge(property, option?.declarations?.map(docOf).join('\n') ?? '', property.initializer);
      }
    }
    ts.forEachChild(node, visitReadOptions);
  }

  /** An object literal, or that of a constant. */
  function literalOf(node: ts.Expression): ts.ObjectLiteralExpression | undefined {
    if (ts.isObjectLiteralExpression(node)) return node;
    const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
    const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return value && ts.isObjectLiteralExpression(value) ? value : undefined;
  }

  for (const path of entryPoints) {
    const file = checker.getSymbolAtLocation(program.getSourceFile(path)!);
    for (const exported of file ? checker.getExportsOfModule(file) : []) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      symbol.declarations?.forEach(visit);
    }
  }
  return [...found];
}

const isOurs = (node: ts.Node) => !node.getSourceFile().isDeclarationFile;

const isOptionalMember = (node: ts.Node): node is ts.PropertySignature | ts.MethodSignature =>
  (ts.isPropertySignature(node) || ts.isMethodSignature(node)) && node.questionToken !== undefined;

const docOf = (node: ts.Node) =>
  ts
    .getJSDocCommentsAndTags(node)
    .map((doc) => doc.getText())
    .join('\n');

/** The docstring of the function that has the parameter. */
function docAround(parameter: ts.ParameterDeclaration): string {
  let node: ts.Node = parameter.parent;
  while (!ts.isSourceFile(node) && docOfAll(node) === '') node = node.parent;
  return ts.isSourceFile(node) ? '' : docOfAll(node);
}

/** The docstring of a node and, if it is a function, of its overloads. */
function docOfAll(node: ts.Node): string {
  if (!ts.isFunctionDeclaration(node)) return docOf(node);
  const isOverload = (other: ts.Node) =>
    ts.isFunctionDeclaration(other) && other.name?.text === node.name?.text;
  return node.getSourceFile().statements.filter(isOverload).map(docOf).join('\n').trim();
}

/** Whether a docstring has this value somewhere: 0.001 for 1e-3. What is no literal cannot be compared. */
function mentions(doc: string, value: ts.Expression): boolean {
  const text = value.getText();
  if (!/^(-?[\d.]+(e-?\d+)?|true|false|null|'.*')$/.test(text)) return true;
  const words = doc.match(/-?\d[\d.]*\d(e-?\d+)?|-?\d(e-?\d+)?|'[^']*'|\w+/g) ?? [];
  const number = Number(text);
  return words.some((word) => word === text || word === text.slice(1, -1) || Number(word) === number);
}

function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${relative(process.cwd(), file.fileName)}:${line + 1}`;
}
