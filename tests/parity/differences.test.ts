/**
 * Where training elsewhere differs from the same training here, and by how much: the statements of
 * docs/numerics.md. The figures of PyTorch and Keras are in training/networks.json, written by
 * training/networks.py.
 */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bidirectional,
  cells,
  clipByNorm,
  createModel,
  createTrainer,
  dense,
  features,
  fromLayout,
  optimizers,
  recurrent,
  tensor,
  unroll,
  type Clip,
  type Model,
  type Optimizer,
  type Tensor,
} from '../../models/index.js';
import { float64 } from '../kernels.js';
import { entries, expectClose } from '../tensors.js';

type Tensors = Readonly<Record<string, { shape: number[]; data: number[] }>>;

interface Run {
  readonly of: 'epsilon' | 'two biases' | 'one bias' | 'clipnorm';
  readonly layout: 'pytorch' | 'keras';
  readonly cell: 'lstm' | 'gruResetAfter';
  readonly optimizer: { name: keyof typeof optimizers; options: object };
  readonly steps: number;
  readonly start: Tensors;
  readonly weights: Tensors;
}

interface Padded {
  readonly cell: 'lstm' | 'gruResetAfter';
  readonly bidirectional: boolean;
  readonly returnSequences: boolean;
  readonly weights: Tensors;
  readonly initial: Readonly<Record<string, number[]>>;
  readonly output: number[];
}

interface Networks {
  readonly batch: number;
  readonly steps: number;
  readonly units: number;
  readonly limit: number;
  readonly x: number[];
  readonly targets: number[];
  readonly runs: readonly Run[];
  /** Per example, 1 for each real step. */
  readonly real: readonly string[];
  readonly padded: readonly Padded[];
  /** Of recurrent dropout: each 0 or 2, [B,H]. */
  readonly masks: Readonly<Record<'rnn' | 'lstm' | 'gruResetAfter', number[][]>>;
}

// The JSON file is not compiled, so it is next to the source of this file.
const file = join(process.cwd(), 'tests', 'parity', 'training', 'networks.json');
const theirs = JSON.parse(readFileSync(file, 'utf8')) as Networks;
const { batch, steps, units, x } = theirs;
const input = features(x.length / (batch * steps));

const asTensors = (weights: Tensors): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      tensor(Float64Array.from(data), ...shape),
    ]),
  );

/** Their weights in the order of our parameters. */
function inOurOrder({ layout, cell }: Pick<Run, 'layout' | 'cell'>, weights: Tensors): number[] {
  const { V, c, ...own } = asTensors(weights);
  return [...Object.values(fromLayout(layout, cell, own)), V, c].flatMap((t) => (t ? entries(t) : []));
}

function modelOf({ cell }: Run, start: readonly number[]): Model {
  const outputs = theirs.targets.length / batch;
  const layers = [recurrent(cells[cell], { units }), dense(outputs)];
  const model = createModel({ kernels: float64, input, layers });
  expect(model.parameters.values.size).toBe(start.length);
  model.parameters.values.data.set(start);
  return model;
}

interface Trained {
  readonly start: number[];
  readonly ours: number[];
  readonly others: number[];
  readonly model: Model;
}

function train(run: Run, options: object = {}, clip: Clip | null = null): Trained {
  const { name, options: given } = run.optimizer;
  const create = optimizers[name] as (options: object) => Optimizer;
  const start = inOurOrder(run, run.start);
  const model = modelOf(run, start);
  const graph = unroll(model, { batch, steps, loss: 'meanSquaredError' });
  graph.input.data.set(x);
  graph.labels.data.set(theirs.targets);
  const trainer = createTrainer(model, create({ ...given, ...options }), clip);
  for (let step = 1; step <= run.steps; step++) trainer.step(graph);
  return { start, ours: entries(model.parameters.values), others: inOurOrder(run, run.weights), model };
}

/** How far two trainings ended from each other, relative to the way of theirs. */
function apart({ start, ours, others }: Trained): number {
  const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((w, n) => w - b[n]!));
  return distance(ours, others) / distance(others, start);
}

const runsOf = (of: Run['of']) => theirs.runs.filter((run) => run.of === of);

describe('the same epsilon, after 100 steps of PyTorch', () => {
  test.each(runsOf('epsilon'))('$optimizer.name takes the same way with its placement', (run) => {
    expect(apart(train(run, { epsilonPlacement: 'pytorch' }))).toBeLessThan(1e-6);
  });

  test("RMSprop with Keras's placement ends 64% of the way apart, Adam 4%", () => {
    const [rmsprop, adam] = runsOf('epsilon').map((run) => apart(train(run)));
    expect(rmsprop).toBeCloseTo(0.64, 2);
    expect(adam).toBeCloseTo(0.04, 2);
  });
});

describe('the two biases of an LSTM of PyTorch', () => {
  const biasOf = ({ model, ours, others, start }: Trained) => {
    const [U, W, b] = model.parameters.list.map(({ value }) => value.size);
    const moved = (w: readonly number[]) =>
      w.map((value, n) => value - start[n]!).slice(U! + W!, U! + W! + b!);
    return { ours: moved(ours), others: moved(others) };
  };

  test('get the same gradient each, so that their sum takes twice the step', () => {
    const { ours, others } = biasOf(train(runsOf('two biases').find((run) => run.steps === 1)!));
    expectClose(
      others,
      ours.map((b) => 2 * b),
      1e-9,
    );
    expect(Math.max(...ours.map(Math.abs))).toBeGreaterThan(1e-3);
  });

  test('end a quarter of the way apart, and one of them frozen in the same place', () => {
    expect(apart(train(runsOf('two biases').find((run) => run.steps === 30)!))).toBeCloseTo(0.25, 2);
    expect(apart(train(runsOf('one bias')[0]!))).toBeLessThan(1e-6);
  });
});

describe('clipnorm of Keras, whose GRU has both biases in one tensor', () => {
  const [run] = runsOf('clipnorm');

  test('is clipByNorm with the norm of both', () => {
    const clip: Clip = (k, parameters) => {
      const { list } = parameters;
      const [b, bW] = ['b', 'bW'].map(
        (letter) => list.find(({ name }) => name === `gruResetAfter.${letter}`)!.gradient,
      );
      const norm = Math.sqrt(k.sumOfSquares(b!) + k.sumOfSquares(bW!));
      for (const g of [b!, bW!]) k.scale(g, Math.min(1, theirs.limit / norm));
      const others = list.filter(({ gradient }) => gradient !== b && gradient !== bW);
      clipByNorm(theirs.limit)(k, { ...parameters, list: others });
    };
    expect(apart(train(run!, {}, clip))).toBeLessThan(1e-6);
  });

  test('is not clipByNorm, which ends 23% of the way apart', () => {
    expect(apart(train(run!, {}, clipByNorm(theirs.limit)))).toBeCloseTo(0.23, 2);
  });
});

test('recurrent dropout of Keras draws a mask for each gate', () => {
  for (const [cell, masks] of Object.entries(theirs.masks)) {
    const { gates } = cells[cell as keyof Networks['masks']];
    expect(masks.every((mask) => mask.every((factor) => factor === 0 || factor === 2))).toBe(true);
    expect(new Set(masks.map(String)).size).toBe(gates.length);
  }
});

describe('an initial state that is not 0, before the first real step', () => {
  const cases = theirs.padded.map((made) => {
    const { bidirectional, returnSequences } = made;
    const reads = bidirectional ? 'both ways' : 'forwards';
    return { made, title: `${made.cell}, ${reads}, ${returnSequences ? 'all states' : 'the last state'}` };
  });

  test.each(cases)('$title: Keras has 0, a layer here its state; the rest is equal', ({ made }) => {
    const options = { units, returnSequences: made.returnSequences };
    const layer = (made.bidirectional ? bidirectional : recurrent)(cells[made.cell], options);
    const model = createModel({ kernels: float64, input, layers: [layer] });
    const own = Object.values(fromLayout('keras', made.cell, asTensors(made.weights))).flatMap(entries);
    model.parameters.values.data.set(made.bidirectional ? [...own, ...own] : own);
    const graph = unroll(model, { batch, steps, mask: true });
    graph.input.data.set(x);
    const isReal = (t: number, b: number) => theirs.real[b]![t] === '1';
    graph.mask!.data.forEach((_, m, mask) => (mask[m] = Number(isReal(Math.floor(m / batch), m % batch))));
    for (const states of Object.values(graph.states))
      for (const [name, { initial }] of Object.entries(states))
        initial.data.set(made.initial[name]!, initial.offset);
    graph.forward();

    const width = graph.output.shape[1]!;
    const hasBegun = (m: number) => {
      const [t, b] = made.returnSequences ? [Math.floor(m / batch), m % batch] : [steps - 1, m];
      return Array.from({ length: t + 1 }, (_, s) => isReal(s, b)).includes(true);
    };
    const expected = made.output.map((value, n) => {
      const m = Math.floor(n / width);
      // The outputs of both directions at padded steps are 0 here, too.
      if (hasBegun(m) || (made.bidirectional && made.returnSequences)) return value;
      expect(value).toBe(0);
      return made.initial.h![(m % batch) * units + (n % units)]!;
    });
    expectClose(entries(graph.output), expected, 1e-6);
  });
});
