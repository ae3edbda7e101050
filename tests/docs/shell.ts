/** Checks command lines in pages: they are not run, but parsed by the definitions of their programs. */
import type { Command } from 'commander';
import { benchCommand } from '../../bench/command.js';
import { dataCommand } from '../../tasks/data/command.js';
import { tasksProgram } from '../../tasks/tasks.js';
import { gradcheckCommand } from '../gradcheck/command.js';
import type { Page } from './page.js';

/** The scripts that take options, by name in package.json. */
const programs: Readonly<Record<string, () => Command>> = {
  start: tasksProgram,
  data: dataCommand,
  bench: benchCommand,
  gradcheck: gradcheckCommand,
};

/**
 * Checks all commands in a page: the lines of its `sh` blocks, and inline code that begins with npm or an
 * option.
 * @param scripts the names of the scripts in package.json
 * @returns the problems, one line each
 */
export function checkCommands(page: Page, scripts: readonly string[]): string[] {
  const wrong = (line: number, said: string, what: string | null) =>
    what === null ? [] : [`${page.path}:${line}: ${said}: ${what}`];
  const blocks = page.blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text, line }) =>
      text.split('\n').flatMap((typed, n) => wrong(line + 1 + n, typed, complaint(typed, scripts))),
    );
  const spoken = page.code.flatMap(({ text, line }) => {
    if (text.startsWith('npm ')) return wrong(line, text, complaint(text, scripts));
    const option = /^--[a-z][\w-]*/.exec(text)?.[0];
    return wrong(line, text, option && !knownOptions().has(option) ? 'no program has this option' : null);
  });
  return [...blocks, ...spoken];
}

/** What is wrong with a shell line, or null. */
function complaint(typed: string, scripts: readonly string[]): string | null {
  for (const [program, verb, ...rest] of commandsOf(typed)) {
    if (program === undefined || program === 'node') continue;
    if (program !== 'npm') return `only npm and node are checked here, not ${program}`;
    if (verb === 'ci' || verb === 'install') continue;
    const [script, args] = verb === 'run' ? [rest[0], rest.slice(1)] : [verb, rest];
    if (script === undefined || !scripts.includes(script)) return `package.json has no script ${script}`;
    if (args.length > 0 && args[0] !== '--') return 'npm passes on only options after --';
    const command = programs[script];
    const refused = command && refusal(command(), args.slice(1));
    if (refused) return refused;
  }
  return null;
}

/** A program's error for arguments that it does not accept, or null. The program is not run. */
function refusal(program: Command, args: readonly string[]): string | null {
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
    if (command !== program || program.commands.length === 0) command.action(() => {});
  }
  try {
    program.parse(args, { from: 'user' });
    return null;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code === 'commander.helpDisplayed' ? null : message;
  }
}

/** The commands of a line, joined by `&&`, each as its words. */
export function commandsOf(typed: string): string[][] {
  const commands: string[][] = [[]];
  for (const word of wordsOf(typed)) {
    if (word === '&&') commands.push([]);
    else commands.at(-1)!.push(word);
  }
  return commands;
}

/** The words of a line as a shell splits them, without quotation marks and comments. */
function wordsOf(typed: string): string[] {
  const words: string[] = [];
  for (const [whole, double, single] of typed.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)) {
    if (whole.startsWith('#')) break;
    words.push(double ?? single ?? whole);
  }
  return words;
}

let known: ReadonlySet<string> | undefined;

/** The options of all programs, `--help` included. */
function knownOptions(): ReadonlySet<string> {
  const commands = Object.values(programs).flatMap((create) => {
    const program = create();
    return [program, ...program.commands];
  });
  return (known ??= new Set([
    '--help',
    ...commands.flatMap(({ options }) => options.map(({ long }) => long!)),
  ]));
}
