/**
 * `npm run bench:forecaster -- bundled FILE#COLUMN ..`: which dropout, and how many epochs, suit the forecaster
 * of the electricity program? Each series is judged on a held-out tail of its training part; test parts are not
 * read.
 */
import { Command } from 'commander';
import { createKernels } from '../../models/index.js';
import { nonNegativeNumber, positiveInteger } from '../../tasks/common/options.js';
import { mean } from '../../tasks/common/statistics.js';
import { readSeries } from '../../tasks/electricity/series.js';
import { heldOutErrors } from './heldOut.js';

/** A parser of an option that may have several values, of which the first replaces the default. */
function each(parse: (text: string) => number) {
  const given: number[] = [];
  return (text: string) => {
    given.push(parse(text));
    return given;
  };
}

const command = new Command('npm run bench:forecaster --')
  .argument('[series...]', 'bundled, or files, each with # and a column if it has several', ['bundled'])
  .option('--dropouts <n...>', 'of the inputs', each(nonNegativeNumber), [0, 0.1, 0.2, 0.3, 0.4])
  .option('--epochs <n...>', 'after which it is judged, ascending', each(positiveInteger), [20, 40, 80])
  .option('--seeds <n>', 'trainings of each dropout on each series', positiveInteger, 3)
  .parse();
const { dropouts, epochs, seeds } = command.opts<{ dropouts: number[]; epochs: number[]; seeds: number }>();

const row = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
const settings = dropouts.flatMap((dropout) => epochs.map((stop) => `${dropout}, ${stop}`));
const kernels = await createKernels({ threads: 1 });
console.log('RMSE relative to that of the last reading, by dropout and epochs:\n');
row(['series', ...settings]);
row(['---', ...settings.map(() => '---:')]);
const all: number[][] = [];
for (const name of command.processedArgs[0] as string[]) {
  const [file, column = null] = name.split('#');
  const series = await readSeries(name === 'bundled' ? null : file!, column);
  const errors: number[] = [];
  for (const dropout of dropouts) {
    const runs: number[][] = [];
    for (let seed = 1; seed <= seeds; seed++)
      runs.push(await heldOutErrors(kernels, series, dropout, seed, epochs));
    epochs.forEach((_, n) => errors.push(mean(runs.map((run) => run[n]!))));
  }
  all.push(errors);
  row([name, ...errors.map((error) => error.toFixed(4))]);
}
row(['mean', ...settings.map((_, n) => mean(all.map((errors) => errors[n]!)).toFixed(4))]);
await kernels.close();
