/**
 * Dropout in cells beside Keras, with the masks that Keras drew: one for each gate, unless only the input is
 * dropped. The results of Keras, in float64, are in dropout/dropout.json, written by dropout/dropout.py.
 */
import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cells, createModel, features, recurrent, unroll, type Model } from '../../models/index.js';
import { float64 } from '../kernels.js';
import { entries } from '../tensors.js';
import { expectEqualResults } from './difference.js';

interface Run {
  readonly cell: 'rnn' | 'lstm' | 'gru' | 'gruResetAfter';
  readonly of: 'both' | 'the state' | 'the input';
  readonly dropout: number;
  readonly recurrentDropout: number;
  /** Each 0 or 2. */
  readonly inputMasks: readonly number[][];
  readonly stateMasks: readonly number[][];
  readonly output: number[];
  readonly loss: number[];
  readonly dx: number[];
  readonly gradients: readonly number[][];
}

interface Dropout {
  readonly batch: number;
  readonly steps: number;
  readonly units: number;
  readonly x: number[];
  readonly targets: number[];
  readonly parameters: Readonly<Record<Run['cell'], number[][]>>;
  readonly runs: readonly Run[];
}

// The JSON file is not compiled, so it is next to the source of this file.
const file = join(process.cwd(), 'tests', 'parity', 'dropout', 'dropout.json');
const theirs = JSON.parse(readFileSync(file, 'utf8')) as Dropout;
const { batch, steps, units, runs } = theirs;

test.each(runs)('$cell, dropout of $of: output, loss and every gradient equal those of Keras', (run) => {
  const cell = cells[run.cell];
  const { dropout, recurrentDropout } = run;
  const dropoutPerGate = recurrentDropout > 0;
  const options = { units, returnSequences: true, dropout, recurrentDropout, dropoutPerGate };
  const layers = [recurrent(cell, options)];
  const model = createModel({
    ...{ kernels: float64, input: features(theirs.x.length / (batch * steps)), layers },
  });
  const { list } = model.parameters;
  list.forEach(({ value }, n) => value.data.set(theirs.parameters[run.cell][n]!, value.offset));
  const graph = unroll(model, { batch, steps, loss: 'meanSquaredError', inputGradient: true });
  graph.input.data.set(theirs.x);
  graph.labels.data.set(theirs.targets);
  const drawn = drawTheir([...run.inputMasks, ...run.stateMasks].flat(), model);

  const loss = graph.forward();
  expect(drawn()).toBe(true);
  graph.backward();
  const numbered = (all: readonly ArrayLike<number>[]) =>
    Object.fromEntries(all.map((values, n) => [`gradient ${n}`, values]));
  expectEqualResults(
    {
      ...{ output: entries(graph.output), loss: [loss], dx: entries(graph.inputGradient!) },
      ...numbered(list.map(({ gradient }) => entries(gradient))),
    },
    { output: run.output, loss: run.loss, dx: run.dx, ...numbered(run.gradients) },
    1e-9,
  );
});

test('Keras drops the input gate by gate only where it drops the state too', () => {
  for (const { cell, of, inputMasks, stateMasks } of runs) {
    const gates = cells[cell].gates.length;
    const counts = { both: [gates, gates], 'the state': [0, gates], 'the input': [1, 0] };
    const distinct = (masks: readonly number[][]) => new Set(masks.map(String)).size;
    expect([inputMasks, stateMasks].map(distinct)).toEqual(counts[of]);
  }
});

/**
 * Makes the model's dropout draw masks of these factors, in this order.
 * @returns whether it has drawn them all, and no more
 */
function drawTheir(factors: readonly number[], { dropoutRandom }: Model): () => boolean {
  let n = 0;
  dropoutRandom.bits = () => (factors[n++] === 0 ? 0 : 2 ** 32 - 1);
  return () => n === factors.length;
}
