/**
 * The JavaScript and TypeScript of a page. All its blocks together form one program, so a block may use what
 * earlier ones define; one that begins with the name of a file, `// dates.mjs`, begins a program of its own.
 * A program is type-checked and run in a user's project, and the output of a block is compared with the
 * `text` block that directly follows it.
 */
import { basename, join } from 'node:path';
import ts from 'typescript';
import type { UserProject } from '../userProject.js';
import type { Block, Page } from './page.js';

/** Languages of blocks. Any other name may be a typo, which would leave its block unchecked. */
const LANGUAGES = ['js', 'ts', 'sh', 'text'];

const isCode = ({ language }: Block) => language === 'js' || language === 'ts';

/** @returns the blocks of unknown language, one line each */
export function checkLanguages(page: Page): string[] {
  return page.blocks
    .filter(({ language }) => !LANGUAGES.includes(language))
    .map(
      ({ language, line }) => `${page.path}:${line}: a block of '${language}'; use ${LANGUAGES.join(', ')}`,
    );
}

/** Printed between blocks; no program prints it by chance. */
const MARK = '\u0000';

/** Some blocks of a page, run together. */
interface Program {
  readonly name: string;
  readonly blocks: readonly Block[];
}

const beginsProgram = ({ text }: Block) => /^\/\/ [\w-]+\.m[jt]s\n/.test(text);

/** The programs of a page; the first has its name. */
function programsOf(page: Page): Program[] {
  const programs: Block[][] = [];
  for (const block of page.blocks.filter(isCode)) {
    if (programs.length === 0 || beginsProgram(block)) programs.push([]);
    programs.at(-1)!.push(block);
  }
  const name = basename(page.path, '.md');
  return programs.map((blocks, n) => ({ name: n === 0 ? name : `${name}-${n + 1}`, blocks }));
}

/** The text of a program, with its lines at the line numbers of the page. */
function textOf({ blocks }: Program): string {
  const lines: string[] = [];
  for (const block of blocks) {
    while (lines.length < block.line) lines.push('');
    // The mark replaces the closing fence.
    lines.push(...block.text.trimEnd().split('\n'), `console.log(${JSON.stringify(MARK)});`);
  }
  return lines.join('\n');
}

const endingOf = ({ blocks }: Program) => (blocks.some(({ language }) => language === 'ts') ? 'ts' : 'js');

/**
 * Type-checks the programs of pages, strictly and against the package's own declarations.
 * @returns the problems, one line each
 */
export function checkTypes(project: UserProject, pages: readonly Page[]): string[] {
  const byFile = new Map<string, { page: Page; text: string }>();
  for (const page of pages) {
    for (const program of programsOf(page)) {
      const file = `${program.name}.${endingOf(program)}`;
      byFile.set(join(project.directory, file), { page, text: textOf(program) });
      project.write(file, textOf(program));
    }
  }
  // Programs that import nothing from Node are checked with browser types only, because they may run in one.
  const [forNode, forBrowsers] = [true, false].map((wanted) =>
    [...byFile].filter(([, { text }]) => /from 'node:/.test(text) === wanted).map(([file]) => file),
  ) as [string[], string[]];
  return [...diagnose(forNode, ['node']), ...diagnose(forBrowsers, [])].map(
    ({ file, start, messageText }) => {
      const what = ts.flattenDiagnosticMessageText(messageText, ' ');
      const page = file && byFile.get(join(file.fileName))?.page;
      if (!page) return `${file?.fileName ?? 'the compiler'}: ${what}`;
      return `${page.path}:${file.getLineAndCharacterOfPosition(start!).line + 1}: ${what}`;
    },
  );
}

function diagnose(files: string[], types: string[]): readonly ts.Diagnostic[] {
  if (files.length === 0) return [];
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types,
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    // Node runs TypeScript by stripping its types.
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    // Checks our declarations too, but not TypeScript's own.
    skipDefaultLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...how) => {
    if (!file.includes('/node_modules/')) return read(file, ...how);
    if (!installed.has(file)) installed.set(file, read(file, ...how));
    return installed.get(file);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram(files, options, host));
}

/** The declarations of packages and of JavaScript itself, parsed once for all programs. */
const installed = new Map<string, ts.SourceFile | undefined>();

/**
 * Runs the programs of a page.
 * @returns the problems, one line each
 */
export const checkOutput = (project: UserProject, page: Page): string[] =>
  programsOf(page).flatMap((program) => checkProgram(project, page, program));

function checkProgram(project: UserProject, page: Page, program: Program): string[] {
  const { outputText } = ts.transpileModule(textOf(program), {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  const file = `${program.name}.run.js`;
  project.write(file, outputText);
  let printed: string[];
  try {
    printed = project.run(process.execPath, file).split(`${MARK}\n`);
  } catch (error) {
    return [`${page.path}: its program fails: ${(error as Error).message}`];
  }
  return page.blocks.flatMap((block, n) => {
    const before = page.blocks[n - 1];
    if (block.language !== 'text' || !block.follows || !before || !program.blocks.includes(before)) return [];
    const actual = printed[program.blocks.indexOf(before)];
    if (actual === block.text) return [];
    return [`${page.path}:${block.line}: the block before it prints\n${actual}instead of\n${block.text}`];
  });
}
