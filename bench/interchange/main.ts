/**
 * `npm run bench:interchange`: reading 100 MB of weights, compared with safetensors in Python. Each reading
 * has a process of its own, since its peak memory counts, and they take turns. All tensors must be equal to
 * the bit.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { positiveInteger } from '../../tasks/common/options.js';
import { describeMachine } from '../machine.js';
import { digits, printTable } from '../table.js';

const { python, rounds } = new Command('npm run bench:interchange --')
  .description('Reads 100 MB of weights, here and with safetensors in Python. Reads /proc, which Linux has.')
  .addOption(
    new Option('--python <path>', 'an interpreter that has PyTorch and safetensors')
      .env('PYTHON')
      .default('python3'),
  )
  .option('--rounds <n>', 'how many turns each competitor gets', positiveInteger, 10)
  .parse()
  .opts<{ python: string; rounds: number }>();

/** Megabytes: before a model was made, and at most. */
interface Turn {
  readonly seconds: number;
  /** Of the processor. */
  readonly cpu: number;
  readonly before: number;
  readonly peak: number;
  readonly digests: Readonly<Record<string, string>>;
}

const pathOf = (url: string) => fileURLToPath(new URL(url, import.meta.url));
const programs = {
  ours: [process.execPath, pathOf('./ours.js')],
  'safetensors in Python': [python, pathOf('../../../bench/interchange/pytorch.py')],
} as const;
const KINDS = {
  arrays: 'to arrays in memory: NumPy there',
  tensors: 'to tensors, of which each number is added up: PyTorch there, which maps the file',
  model: 'into a model that can compute: PyTorch there',
};

function ask<Answer>([program, script]: readonly [string, string], what: string, file: string): Answer {
  const { stdout, status } = spawnSync(program, [script, what, file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${program} ${script} ${what}: failed`);
  return JSON.parse(stdout) as Answer;
}

const folder = mkdtempSync(join(tmpdir(), 'interchange-'));
try {
  const file = join(folder, 'model.safetensors');
  const { versions } = ask<{ versions: string }>(programs['safetensors in Python'], 'make', file);
  const megabytes = statSync(file).size / 2 ** 20;
  const rows = Object.entries(KINDS).flatMap(([kind, title]) => compare(kind, title, file, megabytes));
  printTable(
    `${digits(megabytes)} MB: embedding of 30,000 words in 256, two layers LSTM 1024, dense 3600\n` +
      `Node ${process.version}, ${versions}; load ${describeMachine().load}`,
    ['', 'ms', 'best', 'processor, ms', 'memory, MB', 'times the file'],
    rows,
  );
} finally {
  rmSync(folder, { recursive: true });
}

function compare(kind: string, title: string, file: string, megabytes: number): string[][] {
  const names = Object.keys(programs) as (keyof typeof programs)[];
  const turns = names.map((): Turn[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [n, name] of names.entries()) turns[n]!.push(ask<Turn>(programs[name], kind, file));
  }
  const [ours, theirs] = turns.map(([turn]) => JSON.stringify(Object.entries(turn!.digests).sort()));
  if (ours !== theirs) throw new Error(`${kind}: the tensors differ`);
  return names.map((name, n) => {
    // The first round brings the file into the system's memory.
    const counted = turns[n]!.slice(1);
    const middle = (of: (turn: Turn) => number) => counted.map(of).sort((a, b) => a - b)[rounds >> 1]!;
    const seconds = middle((turn) => turn.seconds);
    const memory = middle(({ before, peak }) => peak - before);
    return [
      `${name}, ${title}`,
      digits(1000 * seconds),
      digits(1000 * Math.min(...counted.map((turn) => turn.seconds))),
      digits(1000 * middle((turn) => turn.cpu)),
      digits(memory),
      digits(memory / megabytes),
    ];
  });
}
