/** The cost of each cell: a training step of the sentiment model with that cell instead of the LSTM. */
import { cells, type CellName } from '../models/index.js';
import type { Comparison } from './comparison.js';
import type { KernelSet } from './kernelSets.js';
import { build } from './steps/ours.js';
import { STEPS } from './steps/specs.js';
import { createTask } from './steps/task.js';

const SPEC = STEPS.find(({ id }) => id === 'sentiment')!;

/** The LSTM comes first, as the baseline. */
export function cellsComparison({ kernels }: KernelSet): Comparison {
  const task = createTask(SPEC);
  const others = (Object.keys(cells) as CellName[]).filter((cell) => cell !== 'lstm');
  return {
    id: 'cells',
    title: `Cells. ${SPEC.title}, on one thread, and other cells of the same size`,
    gain: 'faster than the LSTM',
    competitors: (['lstm', ...others] as const).map((cell) => ({
      id: cell,
      name: cell,
      run: build(kernels, task, cell).run,
    })),
  };
}
