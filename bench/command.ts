/** The command line of `npm run bench`. */
import { Command, Option } from 'commander';
import { positiveInteger } from '../tasks/common/options.js';
import { PARTS } from './duration.js';

export interface BenchOptions {
  only?: string[];
  rounds: number;
  peers?: true;
  python: string;
  slow?: true;
  json?: string;
}

export const benchCommand = () =>
  new Command('npm run bench --')
    .description('Times our kernels and training steps beside those of other libraries, in turns.')
    .addOption(new Option('--only <parts...>', 'these parts alone').choices(PARTS))
    .option('--rounds <n>', 'how many turns each competitor is given', positiveInteger, 10)
    .option('--peers', 'training steps in PyTorch and Keras too, where Python has them')
    .addOption(new Option('--python <path>', 'the Python to ask').env('PYTHON').default('python3'))
    .option('--slow', 'wait also for those that need minutes for a step')
    .option('--json <file>', 'also write the results to this file');
