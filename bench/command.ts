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
    .description('Times our kernels and training steps against those of other libraries, in turns.')
    .addOption(new Option('--only <parts...>', 'only these parts').choices(PARTS))
    .option('--rounds <n>', 'how many turns each competitor gets', positiveInteger, 10)
    .option('--peers', 'also time PyTorch, Keras and ONNX Runtime, if installed')
    .addOption(
      new Option('--python <path>', 'the Python interpreter to use').env('PYTHON').default('python3'),
    )
    .option('--slow', 'include competitors that take minutes per step')
    .option('--json <file>', 'also write the results to this file');
