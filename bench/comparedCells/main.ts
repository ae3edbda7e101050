/**
 * `npm run bench:cells`: trains every cell in each of the four programs, with as many parameters as the
 * program's own model has, from several seeds, and writes docs/cells-compared.md. It takes hours; each run is
 * kept in a folder, so that it can be stopped and goes on where it was.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { CellName } from '../../models/index.js';
import { writeOutput } from '../../tasks/common/files.js';
import { directory, path, positiveInteger } from '../../tasks/common/options.js';
import { comparedPage, type Compared } from './page.js';
import { comparedPrograms, type ComparedProgram, type RunResults } from './programs.js';
import { sizeOf } from './sizes.js';

const CELLS: readonly CellName[] = ['lstm', 'lstmPeephole', 'lstmCoupled', 'gru', 'gruResetAfter', 'rnn'];

const { seeds, runs, page } = new Command('npm run bench:cells --')
  .option('--seeds <n>', 'trainings of each cell in each program, with seeds from 1', positiveInteger, 5)
  .option('--runs <directory>', 'where the results of the runs are kept', directory, 'cells-compared')
  .option('--page <file>', 'write the page', path)
  .parse()
  .opts<{ seeds: number; runs: string; page?: string }>();

/** Runs a program, unless its results are there already. */
function run({ name, task, args }: ComparedProgram, cell: CellName, units: number, seed: number): RunResults {
  const file = join(runs, `${name}-${cell}-${units}-${seed}.json`);
  if (!existsSync(file)) {
    const tasks = fileURLToPath(new URL('../../tasks/main.js', import.meta.url));
    // The results count only when they are whole.
    const unfinished = `${file}.part`;
    // Threads change nothing but the time, and little of it in models of this size.
    const options = { cell, units, seed, threads: 1, json: unfinished };
    const given = Object.entries(options).flatMap(([option, value]) => [`--${option}`, String(value)]);
    const { status, stderr } = spawnSync(process.execPath, [tasks, task, ...args, ...given]);
    if (status !== 0) throw new Error(`${name} with ${cell} has failed: ${String(stderr)}`);
    renameSync(unfinished, file);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as RunResults;
}

mkdirSync(runs, { recursive: true });
const programs = await comparedPrograms();
const compared: Compared[] = programs.map((program) => ({
  program,
  cells: CELLS.map((cell) => ({ cell, size: sizeOf(program, cell), results: [] })),
}));
// All cells with the first seed first: what was stopped early still compares all.
for (let seed = 1; seed <= seeds; seed++)
  for (const { program, cells } of compared)
    for (const { cell, size, results } of cells) {
      const result = run(program, cell, size.units, seed);
      results.push(result);
      const score = program.scoreOf(result).toFixed(program.digits);
      console.log(`${program.name} seed ${seed} ${cell} ${size.units}: ${score}`);
    }
const text = comparedPage(compared, seeds);
if (page) await writeOutput(page, text);
else console.log(text);
