/** Every cell before and after learning the adding problem: in which do gradients reach the first steps? */
import { cells, type CellName, type Kernels } from '../../models/index.js';
import { addingModel, addingProblem } from '../common/addingProblem.js';
import { print } from '../common/say.js';
import { trainEpochs } from '../common/training.js';
import type { Experiment, LabSettings } from './experiment.js';
import { byDistance, flowChart, gradientFlow, shareAt, shareTable, type Flow } from './gradientFlow.js';

interface Learnt {
  readonly cell: CellName;
  readonly before: Flow;
  readonly after: Flow;
  /** Mean squared error on test sequences. */
  readonly error: number;
}

/** @returns null if it was asked to stop */
export async function remembering(kernels: Kernels, settings: LabSettings): Promise<Experiment | null> {
  const learnt: Learnt[] = [];
  for (const cell of Object.keys(cells) as CellName[]) {
    print(`\n${cell} learns to add two of ${settings.steps} numbers`);
    const model = addingModel(kernels, cell, settings.seed);
    const before = gradientFlow(model, settings);
    const { trainer, ...problem } = addingProblem(model, settings);
    const { epochs, stopped } = await trainEpochs(trainer, { ...problem, epochs: settings.epochs });
    if (stopped) return null;
    const error = epochs.at(-1)!.validationLoss!;
    learnt.push({ cell, before, after: gradientFlow(model, settings), error });
  }

  const curves = (when: 'before' | 'after', state: string) =>
    learnt.flatMap((one) => {
      const norms = one[when][state];
      return norms ? [{ ...one, state, norms }] : [];
    });
  const chart = (title: string, when: 'before' | 'after', state: string) =>
    flowChart(
      `${title}: dLoss/d${state}`,
      state,
      curves(when, state).map(({ cell, norms }) => byDistance(cell, norms, { cell })),
    );
  const table = (title: string, when: 'before' | 'after') =>
    shareTable(
      title,
      ['h', 'c'].flatMap((state) =>
        curves(when, state).map(
          ({ cell, norms, error }) =>
            [`${cell}, dLoss/d${state}`, norms, ...(when === 'after' ? [error.toFixed(4)] : [])] as const,
        ),
      ),
      when === 'after' ? ['mean squared error'] : [],
    );

  const far = Math.round(0.9 * settings.steps);
  return {
    key: 'remembering',
    section: {
      heading: 'Which cell remembers',
      text:
        `The adding problem: the sum of two marked numbers out of ${settings.steps}, one of them in the first half. The loss is at the last step. ` +
        'To learn from the first number, a cell must send it a gradient that does not vanish on the way; always answering 1 ' +
        'has an error of 0.167. The initial values are the usual ones: forget biases of 1, an orthogonal W. A peephole cell ' +
        'starts as an LSTM, so their curves at the start coincide.',
      content: [
        chart('At the start', 'before', 'h'),
        chart('At the start', 'before', 'c'),
        table('At the start: norms, relative to that one step away', 'before'),
        chart('After training', 'after', 'h'),
        chart('After training', 'after', 'c'),
        table('After training: norms, relative to that one step away', 'after'),
      ],
    },
    final: finalOf(learnt, far),
  };
}

/** The errors, and the gradients at several distances from the loss, by cell and state. */
function finalOf(learnt: readonly Learnt[], far: number): Record<string, number> {
  const flows = (cell: CellName, when: 'before' | 'after', flow: Flow) =>
    Object.entries(flow).map(([state, norms]) => [`${cell}.${state}.${when}`, shareAt(norms, far)]);
  return Object.fromEntries(
    learnt.flatMap(({ cell, before, after, error }) => [
      [`${cell}.error`, error],
      ...flows(cell, 'before', before),
      ...flows(cell, 'after', after),
    ]),
  ) as Record<string, number>;
}
