/** Reads the imports of TypeScript sources, and finds illegal ones. */
import { posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** The path of the source file from the root of the project: `models/graph/unroll.ts`. */
  readonly from: string;
  /** A source file, or the name of a package: `ndarray`, `node:fs`. */
  readonly to: string;
  /** `types` imports are erased at compile time; `dynamic` ones load only when reached. */
  readonly kind: 'values' | 'types' | 'dynamic';
}

/** All imports of a set of sources, given by path. Re-exports count as imports. */
export function importsOf(sources: ReadonlyMap<string, string>): Import[] {
  return [...sources].flatMap(([from, text]) => {
    const found: Import[] = [];
    const add = (specifier: ts.Node | undefined, kind: Import['kind']) => {
      if (specifier && ts.isStringLiteral(specifier))
        found.push({ from, to: target(from, specifier.text), kind });
    };
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, typesOnly(node) ? 'types' : 'values');
      if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly ? 'types' : 'values');
      if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
        add(node.argument.literal, 'types');
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        add(node.arguments[0], 'dynamic');
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(from, text, ts.ScriptTarget.Latest));
    return found;
  });
}

const typesOnly = ({ importClause }: ts.ImportDeclaration) =>
  importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;

/** `./tensor.js` in `engine/shapes.ts` is `engine/tensor.ts`; packages are reduced to their first part. */
function target(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
  if (specifier.startsWith('node:') || specifier.startsWith('#')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The top-level folder of a source file; null for a package. */
export const folderOf = (file: string) => (file.endsWith('.ts') ? file.split('/')[0]! : null);

/** An import cycle, or null. Type imports count, because they couple files too. */
export function findCycle(imports: readonly Import[]): string[] | null {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const free = new Set<string>();

  function search(file: string, path: readonly string[]): string[] | null {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (free.has(file)) return null;
    for (const to of next.get(file) ?? []) {
      const cycle = search(to, [...path, file]);
      if (cycle) return cycle;
    }
    free.add(file);
    return null;
  }

  for (const file of next.keys()) {
    const cycle = search(file, []);
    if (cycle) return cycle;
  }
  return null;
}
