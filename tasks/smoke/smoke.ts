/** Runs a program as a user would, in its own process and directory and offline, and checks its output. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { badField, isAmount, isListOf, isRecordOf, isText, isWhole, type Check } from '../common/checks.js';

export interface SmokeOutcome {
  /** The fault; null: none. */
  readonly wrong: string | null;
  /** Everything that the program printed. */
  readonly printed: string;
}

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
const OFFLINE = new URL('offline.js', import.meta.url).href;

const isSha256: Check = (value) => isText(value) && /^[0-9a-f]{64}$/.test(value as string);

/** The fields that every program writes with --json. */
const RESULTS: Record<string, Check> = {
  task: isText,
  seed: isWhole(0),
  kernels: isText,
  threads: isWhole(1),
  settings: isRecordOf({}),
  data: isRecordOf({ source: isText, sha256: isSha256 }),
  epochs: isListOf(isRecordOf({ loss: isAmount, ms: isAmount })),
  final: isRecordOf({}),
  msPerStep: isAmount,
};

/** @param run the command line after `npm start --` */
export async function smoke(run: string): Promise<SmokeOutcome> {
  const directory = await mkdtemp(join(tmpdir(), 'unrolled-smoke-'));
  try {
    const { status, printed } = await runOffline(directory, [...run.split(' '), ...OUTPUTS]);
    const wrong = status === 0 ? await findFault(directory, printed) : `exit status ${status}`;
    return { wrong, printed };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const OUTPUTS = ['--json', 'results.json', '--report', 'page', '--save', 'model'];

async function findFault(directory: string, printed: string): Promise<string | null> {
  const at = (name: string) => join(directory, name);
  const missing = ['results.json', 'page', 'model'].find((name) => !existsSync(at(name)));
  if (missing) return `it did not write ${missing}`;
  const results = JSON.parse(await readFile(at('results.json'), 'utf8')) as { data: { sha256: string } };
  const bad = badField(results, RESULTS);
  if (bad) return `${bad} is missing or wrong in its results`;
  if (!printed.includes(results.data.sha256)) return 'it does not print the checksum of its data';
  return null;
}

function runOffline(
  directory: string,
  args: readonly string[],
): Promise<{ status: number | null; printed: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', OFFLINE, MAIN, ...args], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
    }
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, printed }));
  });
}
