/**
 * Reads one column of a large table as a stream, and pandas.read_csv reads the same file, in turns.
 *
 *   node dist/bench/tables/main.js FILE.csv [COLUMN] [PYTHON]
 */
import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readTable } from '../../datasets/series/readTable.js';

const TURNS = 3;
const PANDAS = `
import sys, time, resource, pandas
start = time.perf_counter()
column = pandas.read_csv(sys.argv[1]).iloc[:, int(sys.argv[2])]
print(len(column), column.mean(), time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
`;

const [file, column = '0', python = 'python3', isChild] = process.argv.slice(2);
if (!file) throw new Error('give a file: node dist/bench/tables/main.js FILE.csv [COLUMN] [PYTHON]');

/** Prints count, mean, seconds and MiB. */
async function readOurs(path: string): Promise<void> {
  const start = performance.now();
  const pieces = createReadStream(path, { highWaterMark: 2 ** 20 });
  const { readings } = await readTable(pieces, (columns) => columns[Number(column)]!, path);
  let [count, sum] = [0, 0];
  for await (const { values } of readings) {
    count += values.length;
    for (let n = 0; n < values.length; n++) sum += values[n]!;
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(count, sum / count, seconds, process.resourceUsage().maxRSS / 1024);
}

if (isChild) await readOurs(file);
else {
  const self = fileURLToPath(import.meta.url);
  for (let turn = 1; turn <= TURNS; turn++) {
    for (const [name, program, args] of [
      ['ours', process.execPath, [self, file, column, python, 'child']],
      ['pandas', python, ['-c', PANDAS, file, column]],
    ] as const) {
      const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name}: ${stderr}`);
      const [count, mean, seconds, memory] = stdout.trim().split(' ').map(Number) as [
        number,
        number,
        number,
        number,
      ];
      console.log(
        `${name.padEnd(6)}  ${count} readings, mean ${mean.toFixed(6)}, ${seconds.toFixed(2)} s, ${memory.toFixed(0)} MiB`,
      );
    }
  }
}
