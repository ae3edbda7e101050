/** `npm run bench`: our speed beside that of tfjs, in one run on one machine. */
import { Command, Option } from 'commander';
import { requireWritable, writeOutput } from '../tasks/files.js';
import { positiveInteger } from '../tasks/options.js';
import { hold, type ContestResult } from './contest.js';
import { kernelSets } from './kernelSets.js';
import { describeMachine, versions } from './machine.js';
import { matmulContest, nameOf, SHAPES } from './micro/matmul.js';
import { matmulRow, stepRow, type Results } from './results.js';
import { aliceContest } from './steps/alice.js';
import { tfjsBackends } from './tfjs.js';

interface Options {
  only?: 'matmul' | 'alice';
  rounds: number;
  json?: string;
}

const { only, rounds, json } = new Command('npm run bench --')
  .description('Times our kernels and training steps beside those of tfjs, in turns.')
  .addOption(new Option('--only <part>', 'this part alone').choices(['matmul', 'alice']))
  .option('--rounds <n>', 'how many turns each competitor is given', positiveInteger, 10)
  .option('--json <file>', 'also write the results to this file')
  .parse()
  .opts<Options>();

if (json) requireWritable(json);
const machine = describeMachine();
console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}`);
const versionList = Object.entries(versions()).map(([name, version]) => `${name} ${version}`);
console.log(versionList.join(', '));

const [sets, backends] = [await kernelSets(), await tfjsBackends()];
const contests: ContestResult[] = [];
const matmul: Results['matmul'][number][] = [];
const steps: Record<string, Record<string, number>> = {};

if (only !== 'alice') {
  for (const shape of SHAPES) {
    const result = await hold(matmulContest(shape, sets, backends), { rounds, seconds: 0.1 });
    contests.push(result);
    matmul.push(matmulRow(nameOf(shape), result));
  }
}
if (only !== 'matmul') {
  const result = await hold(await aliceContest(sets, backends), { rounds, seconds: 0.4 });
  contests.push(result);
  steps.alice = stepRow(result);
}

if (json) {
  const results: Results = {
    date: new Date().toISOString(),
    machine,
    versions: versions(),
    matmul,
    steps,
    contests,
  };
  await writeOutput(json, `${JSON.stringify(results, null, 2)}\n`);
}
