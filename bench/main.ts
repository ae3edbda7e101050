/** `npm run bench`: our speed beside that of tfjs, PyTorch and Keras, in one run on one machine. */
import { Command, Option } from 'commander';
import { writeOutput } from '../tasks/files.js';
import { requireWritable } from '../tasks/paths.js';
import { positiveInteger } from '../tasks/options.js';
import { hold, type Contest, type ContestResult } from './contest.js';
import { charactersPerSecond, generateContest } from './generate.js';
import { kernelSets } from './kernelSets.js';
import { describeMachine, versions } from './machine.js';
import { cellContests } from './micro/cells.js';
import { matmulContest, nameOf, SHAPES } from './micro/matmul.js';
import { optimizerContests } from './micro/optimizers.js';
import { softmaxContest } from './micro/softmax.js';
import { loadPeak } from './peak/index.js';
import { startPeers } from './peers/peer.js';
import { matmulRow, peakGflops, stepRow, type MatmulRow, type Results, type StepRow } from './results.js';
import { enterAll } from './steps/entry.js';
import { ours } from './steps/ours.js';
import { STEPS } from './steps/specs.js';
import { createTask } from './steps/task.js';
import { theirs } from './steps/tfjs.js';
import { tfjsBackends } from './tfjs.js';

interface Options {
  only?: string[];
  rounds: number;
  peers?: true;
  python: string;
  slow?: true;
  json?: string;
}

const PARTS = ['matmul', 'kernels', ...STEPS.map(({ id }) => id), 'generate'];
const command = new Command('npm run bench --')
  .description('Times our kernels and training steps beside those of other libraries, in turns.')
  .addOption(new Option('--only <parts...>', 'these parts alone').choices(PARTS))
  .option('--rounds <n>', 'how many turns each competitor is given', positiveInteger, 10)
  .option('--peers', 'training steps in PyTorch and Keras too, where Python has them')
  .addOption(new Option('--python <path>', 'the Python to ask').env('PYTHON').default('python3'))
  .option('--slow', 'wait also for those that need minutes for a step')
  .option('--json <file>', 'also write the results to this file')
  .parse();
const { only, rounds, peers, python, slow, json } = command.opts<Options>();

try {
  if (json) requireWritable(json);
} catch (error) {
  command.error(`error: ${(error as Error).message}`);
}
const wanted = (part: string) => !only || only.includes(part);
const machine = describeMachine();
console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}`);

const [sets, backends] = [await kernelSets(), await tfjsBackends()];
const outside = peers ? await startPeers(python) : null;
const allVersions = { ...versions(), ...outside?.versions };
console.log(
  Object.entries(allVersions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', '),
);
outside?.missing.forEach((line) => console.log(`not compared: ${line}`));

const contests: ContestResult[] = [];
async function time(contest: Contest, seconds: number): Promise<ContestResult> {
  const result = await hold(contest, { rounds, seconds });
  contests.push(result);
  return result;
}

const matmul: MatmulRow[] = [];
if (wanted('matmul')) {
  const peak = await loadPeak();
  for (const shape of SHAPES)
    matmul.push(matmulRow(nameOf(shape), await time(matmulContest(shape, sets, backends, peak), 0.1)));
}
if (wanted('kernels')) {
  const small = [...cellContests(sets), softmaxContest(sets, backends), ...optimizerContests(sets, backends)];
  for (const contest of small) await time(contest, 0.1);
}

const steps: Record<string, StepRow> = {};
// Ours on more threads enters here, as `oursAll`.
const entrants = [...sets.map(ours), ...backends.map(theirs), ...(outside?.entrants ?? [])];
for (const spec of STEPS.filter(({ id }) => wanted(id))) {
  const { competitors, absent, note } = await enterAll(createTask(spec), entrants, slow === true);
  const notes = [...(spec.notes ?? []), note];
  steps[spec.id] = stepRow(await time({ title: spec.title, notes, competitors, absent }, 0.4));
}
// Thread scaling, ours on 1, 2, 4 threads, belongs here.

const generate = wanted('generate') ? charactersPerSecond(await time(generateContest(sets), 0.2)) : null;
if (generate) console.log(`\n  ${generate} characters per second`);
outside?.close();

if (json) {
  const results: Results = {
    date: new Date().toISOString(),
    machine,
    versions: allVersions,
    peakGflops: peakGflops(matmul),
    matmul,
    steps,
    generateCharsPerSecond: generate,
    contests,
  };
  await writeOutput(json, `${JSON.stringify(results, null, 2)}\n`);
}
