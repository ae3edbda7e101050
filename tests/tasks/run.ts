/** Runs the command lines as a user would, in their own process and directory. */
import { spawn } from 'node:child_process';
import { jest } from '@jest/globals';
import type { Command } from 'commander';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TASKS = join(process.cwd(), 'dist', 'tasks');

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

type WhileRunning = (child: ReturnType<typeof spawn>, printed: string, stdout: string) => void;

/** @param whileRunning called with the process and its output so far at each piece of output */
export function runTask(
  directory: string,
  args: readonly string[],
  whileRunning?: WhileRunning,
): Promise<Outcome> {
  return runProgram('main.js', directory, args, whileRunning);
}

/** Fetches data as a user would. */
export function runData(directory: string, ...args: readonly string[]): Promise<Outcome> {
  return runProgram(join('data', 'main.js'), directory, args);
}

function runProgram(
  program: string,
  directory: string,
  args: readonly string[],
  whileRunning?: WhileRunning,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(TASKS, program), ...args], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const outcome: Outcome = { status: null, stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        outcome[stream] += text;
        whileRunning?.(child, outcome.stdout + outcome.stderr, outcome.stdout);
      });
    }
    child.on('close', (status) => resolve({ ...outcome, status }));
  });
}

/**
 * Runs a command in this process, which is much faster than a separate one, to test what it does. Exit status
 * and one-line error messages of `main` are tested with `runTask`.
 * @returns its output, and its message for refused arguments; null: none
 */
export async function runHere(
  directory: string,
  command: Command,
  args: readonly string[],
): Promise<{ stdout: string; refusal: string | null }> {
  const before = process.cwd();
  process.chdir(directory);
  const print = jest.spyOn(console, 'log').mockImplementation(() => {});
  const progress = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  // As if piped: where the tests run in a terminal, its width must not matter.
  const { isTTY } = process.stdout;
  process.stdout.isTTY = false;
  const outcome = (refusal: string | null) => ({
    stdout: print.mock.calls.map(([line]) => `${line}\n`).join(''),
    refusal,
  });
  try {
    const silent = { writeErr: () => {}, writeOut: () => {} };
    await command.exitOverride().configureOutput(silent).parseAsync(args, { from: 'user' });
    return outcome(null);
  } catch (error) {
    return outcome((error as Error).message);
  } finally {
    print.mockRestore();
    progress.mockRestore();
    process.stdout.isTTY = isTTY;
    process.chdir(before);
  }
}

/** A new directory, deleted by `remove`. */
export function temporaryDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'unrolled-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
