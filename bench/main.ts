/**
 * `npm run bench`: compares our speed with tfjs, PyTorch, Keras and ONNX Runtime, in one run on one machine.
 */
import os from 'node:os';
import { writeOutput } from '../tasks/common/files.js';
import { requireWritable } from '../tasks/common/paths.js';
import { cellsComparison } from './cells.js';
import { benchCommand, type BenchOptions } from './command.js';
import { runComparison, type Comparison, type ComparisonResult } from './comparison.js';
import { FORWARD, forwardComparison } from './forward.js';
import { charactersPerSecond, generateComparison } from './generate.js';
import { onReference, onThreads } from './kernelSets.js';
import { describeDuration, PARTS } from './duration.js';
import { describeMachine, versions } from './machine.js';
import { cellComparisons } from './micro/cells.js';
import { matmulComparison, nameOf, SHAPES } from './micro/matmul.js';
import { optimizerComparisons } from './micro/optimizers.js';
import { softmaxComparison } from './micro/softmax.js';
import { loadPeaks } from './peak/index.js';
import { startPeers } from './peers/peer.js';
import { describe, describeVersions } from './report/series.js';
import { matmulRow, rowOf, type MatmulRow, type Results, type Row } from './results.js';
import { timeThreads } from './scaling.js';
import { prepareAll } from './steps/entry.js';
import { ours } from './steps/ours.js';
import { STEPS } from './steps/specs.js';
import { createTask } from './steps/task.js';
import { theirs } from './steps/tfjs.js';
import { tfjsBackends } from './tfjs.js';

const command = benchCommand().parse();
const { only, rounds, peers, python, slow, json } = command.opts<BenchOptions>();

try {
  if (json) requireWritable(json);
} catch (error) {
  command.error(`error: ${(error as Error).message}`);
}
const wanted = (part: string) => !only || only.includes(part);
const machine = describeMachine();
console.log(describe(machine));

const [ours1, plain] = [await onThreads(1), onReference()];
const sets = [ours1, plain];
// Threads replay whole passes of a graph; single kernels do not use them.
const cores = os.availableParallelism();
const oursAll = cores > 1 ? [await onThreads(cores)] : [];
const backends = await tfjsBackends();
const outside = peers ? await startPeers(python) : null;
const allVersions = { ...versions(), ...outside?.versions };
console.log(describeVersions(allVersions));
outside?.missing.forEach((line) => console.log(`not compared: ${line}`));
const duration = describeDuration(PARTS.filter(wanted), rounds, !!outside?.candidates.length);
console.log(`${duration}${slow ? ', plus the competitors that take minutes per step' : ''}`);

const comparisons: ComparisonResult[] = [];
async function time(comparison: Comparison, seconds: number): Promise<ComparisonResult> {
  const result = await runComparison(comparison, { rounds, seconds });
  comparisons.push(result);
  return result;
}

const matmul: MatmulRow[] = [];
if (wanted('matmul')) {
  const peaks = await loadPeaks();
  for (const shape of SHAPES)
    matmul.push(matmulRow(nameOf(shape), await time(matmulComparison(shape, sets, backends, peaks), 0.1)));
}
if (wanted('kernels')) {
  const small = [
    ...cellComparisons(sets),
    softmaxComparison(sets, backends),
    ...optimizerComparisons(sets, backends),
  ];
  for (const comparison of small) await time(comparison, 0.1);
}

const steps: Record<string, Row> = {};
const candidates = [
  ...[ours1, ...oursAll, plain].map(ours),
  ...backends.map(theirs),
  ...(outside?.candidates ?? []),
];
for (const spec of STEPS.filter(({ id }) => wanted(id))) {
  const { competitors, absent, note } = await prepareAll(createTask(spec), candidates, slow === true);
  const notes = [...(spec.notes ?? []), note];
  steps[spec.id] = rowOf(await time({ id: spec.id, title: spec.title, notes, competitors, absent }, 0.4));
}
const forward: Record<string, Row> = {};
if (wanted('forward')) {
  for (const spec of FORWARD) {
    const comparison = await forwardComparison(spec, [ours1, ...oursAll], outside?.forwardOnly ?? []);
    forward[spec.id] = rowOf(await time(comparison, 0.4));
  }
}
if (wanted('cells')) await time(cellsComparison(ours1), 0.4);
const threads = wanted('threads') ? await timeThreads((comparison) => time(comparison, 0.4)) : {};

const generate = wanted('generate') ? charactersPerSecond(await time(generateComparison(sets), 0.2)) : null;
if (generate) console.log(`\n  ${generate} characters per second`);
outside?.close();
for (const { kernels } of oursAll) await kernels.close();

if (json) {
  const results: Results = {
    date: new Date().toISOString(),
    command: describeCommand(),
    rounds,
    machine,
    versions: allVersions,
    kernels: ours1.kernels.name,
    matmul,
    steps,
    forward,
    threads,
    generateCharsPerSecond: generate,
    comparisons,
  };
  await writeOutput(json, `${JSON.stringify(results, null, 2)}\n`);
}

/** The command line, without this machine's paths. */
function describeCommand(): string {
  const options = [
    ...(only ? ['--only', ...only] : []),
    ...(peers ? ['--peers'] : []),
    ...(slow ? ['--slow'] : []),
    '--rounds',
    rounds,
    '--json FILE',
  ];
  return ['npm run bench --', ...options].join(' ');
}
