/**
 * `npm run bench:predict`: answers of a classifier to 10,000 sequences, compared with PyTorch's. Each
 * competitor has a process of its own, so that its peak memory can be read; they take turns.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { oneHot } from '../../models/index.js';
import { positiveInteger } from '../../tasks/common/options.js';
import { countThreads } from '../kernelSets.js';
import { decode, encode } from '../peers/peer.js';
import type { NetworkSpec } from '../steps/specs.js';
import { createForwardTask } from '../steps/task.js';
import { digits, printTable } from '../table.js';

const SPEC: NetworkSpec = {
  id: 'predict',
  title: '10,000 sequences of 40 words, of 2,000: embedding 128, LSTM 64, 2 classes',
  batch: 10_000,
  steps: 40,
  input: oneHot(2000),
  layers: [
    { kind: 'embedding', units: 128 },
    { kind: 'lstm', units: 64 },
    { kind: 'dense', units: 2 },
  ],
};

/** The largest difference of probabilities. */
const TOLERANCE = 1e-5;

const { python, rounds } = new Command('npm run bench:predict --')
  .addOption(
    new Option('--python <path>', 'an interpreter that has PyTorch').env('PYTHON').default('python3'),
  )
  .option('--rounds <n>', 'how many turns each competitor gets', positiveInteger, 10)
  .parse()
  .opts<{ python: string; rounds: number }>();

interface Turn {
  seconds: number;
  /** Megabytes. */
  peak: number;
}

const task = createForwardTask(SPEC);
const request = {
  step: SPEC,
  weights: task.weights.map((own) => own.map(encode)),
  input: encode(task.input),
};
const pathOf = (url: string) => fileURLToPath(new URL(url, import.meta.url));
const script = pathOf('../../../bench/predict/pytorch.py');
const threads = [...new Set([1, os.availableParallelism()])];

const competitors = [];
for (const n of threads) {
  const ours = await start(process.execPath, [pathOf('./ours.js'), `${n}`], `ours, ${countThreads(n)}`);
  competitors.push(ours);
}
for (const n of threads) {
  // The set-ups are tried in another process, since they would add to the peak.
  const trial = await start(python, [script, `${n}`], 'PyTorch');
  const { setup } = await trial.ask<{ setup: string }>({ ...request, try: true });
  trial.close();
  competitors.push(await start(python, [script, `${n}`, setup], `PyTorch, ${countThreads(n)} (${setup})`));
}

let expected: Float32Array | null = null;
for (const { name, ask } of competitors) {
  const answers = decode((await ask<{ probabilities: string }>(request)).probabilities);
  expected ??= answers;
  const difference = answers.reduce((most, p, n) => Math.max(most, Math.abs(p - expected![n]!)), 0);
  if (!(difference <= TOLERANCE)) throw new Error(`${name}: its probabilities differ by up to ${difference}`);
}
const turns = competitors.map((): Turn[] => []);
for (let round = 0; round < rounds; round++) {
  for (const [n, { ask }] of competitors.entries()) turns[n]!.push(await ask<Turn>({ run: true }));
}
const results = competitors.map(({ name }, n) => {
  const seconds = turns[n]!.map((turn) => turn.seconds).sort((a, b) => a - b);
  return { name, median: seconds[Math.floor(rounds / 2)]!, best: seconds[0]!, peak: turns[n]!.at(-1)!.peak };
});
printTable(
  `${SPEC.title}\nAll have the same weights, and all probabilities agree to ${TOLERANCE}. Node ${process.version}`,
  ['', 'ms', 'best', 'sequences/s', 'peak, MB'],
  results.map(({ name, median, best, peak }) => [
    name,
    digits(1000 * median),
    digits(1000 * best),
    Math.round(SPEC.batch / median).toString(),
    digits(peak),
  ]),
);
competitors.forEach(({ close }) => close());

/** A process that answers each line of JSON with one. */
async function start(program: string, args: readonly string[], name: string) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  async function ask<Answer>(question: object): Promise<Answer> {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error(`${name}: it exited`);
    return JSON.parse(line.value) as Answer;
  }
  const ready = await lines.next();
  if (ready.done) throw new Error(`${name}: it does not start`);
  return { name, ask, close: () => child.stdin.end() };
}
