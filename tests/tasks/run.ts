/** Runs the command line as a user does, in a process and a directory of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(process.cwd(), 'dist', 'tasks', 'main.js');

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** @param whileRunning is handed the process and what it has printed, at each piece of output */
export function runTask(
  directory: string,
  args: readonly string[],
  whileRunning?: (child: ReturnType<typeof spawn>, printed: string) => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const outcome: Outcome = { status: null, stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        outcome[stream] += text;
        whileRunning?.(child, outcome.stdout + outcome.stderr);
      });
    }
    child.on('close', (status) => resolve({ ...outcome, status }));
  });
}

/** A fresh directory, removed by `remove`. */
export function temporaryDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'unrolled-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
