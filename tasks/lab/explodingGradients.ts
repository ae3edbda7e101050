/**
 * An exploding gradient, and the effect of clipping on training. (Pascanu, Mikolov and Bengio 2013:
 * g <- g · most / |g| if |g| > most, which keeps the direction and limits the length.)
 */
import {
  clipByGlobalNorm,
  createRandom,
  createTrainer,
  InputError,
  sgd,
  unroll,
  type Kernels,
  type Parameters,
} from '../../models/index.js';
import type { LineChart } from '../report/index.js';
import { addingModel, sums } from '../common/addingProblem.js';
import type { Experiment, LabSettings } from './experiment.js';
import { setSpectralRadius } from './initialization.js';

const RADIUS = 1.5;
const RATE = 0.05;
const MOST = 1;
const BATCH = 50;
const TRAINING_STEPS = 500;

interface Course {
  /** The loss before each training step. */
  readonly losses: readonly number[];
  /** The norm of the gradient of all parameters, before clipping. */
  readonly norms: readonly number[];
  /** Why training could not continue; null: it could. */
  readonly broken: string | null;
}

export function explodingGradients(kernels: Kernels, settings: LabSettings): Experiment {
  const plain = descend(kernels, settings, false);
  const clipped = descend(kernels, settings, true);
  const chart = (title: string, y: string, of: 'losses' | 'norms'): LineChart => ({
    ...{ kind: 'lineChart', title, x: 'training step', y, logarithmic: true },
    series: [
      { name: `clipped to ${MOST}`, points: clipped[of].map((value, n) => [n + 1, value]) },
      { name: 'not clipped', points: plain[of].map((value, n) => [n + 1, value]) },
    ],
  });
  const row = (name: string, { losses, norms, broken }: Course) => [
    name,
    Math.max(...norms).toExponential(1),
    losses.reduce((a, b) => Math.max(a, b)).toExponential(1),
    broken ? `infinite after ${losses.length} steps` : mean(losses.slice(-50)).toFixed(3),
  ];
  return {
    key: 'exploding',
    section: {
      heading: 'Exploding gradients',
      text:
        `A tanh-RNN whose W starts with a spectral radius of ${RADIUS}, on the adding problem, by plain gradient descent with rate ${RATE}. ` +
        `A gradient of norm 1,000 then makes a step of ${1000 * RATE}, far too long: it throws the network to a place where it cannot learn, ` +
        `and the loss diverges. Clipped to ${MOST}, each step keeps its direction and is no longer than ${RATE * MOST}; the network leaves ` +
        'the steep region, and its loss falls to that of always answering 1 (0.167). It does not learn to add: clipping fixes ' +
        'exploding gradients, not vanishing ones.',
      content: [
        chart('Norm of the gradient, before clipping', 'norm', 'norms'),
        chart('Loss', 'mean squared error', 'losses'),
        {
          kind: 'table',
          head: ['', 'largest norm', 'largest loss', 'loss at the end'],
          rows: [row('not clipped', plain), row(`clipped to ${MOST}`, clipped)],
        },
      ],
    },
    final: {
      'plain.largestLoss': Math.max(...plain.losses),
      'plain.steps': plain.losses.length,
      'clipped.largestNorm': Math.max(...clipped.norms),
      'clipped.loss': mean(clipped.losses.slice(-50)),
    },
  };
}

/** The same initial weights and examples, with and without clipping. */
function descend(kernels: Kernels, { steps, seed }: LabSettings, isClipped: boolean): Course {
  const model = addingModel(kernels, 'rnn', seed);
  setSpectralRadius(model, RADIUS);
  const norms: number[] = [];
  const clip = clipByGlobalNorm(MOST);
  const trainer = createTrainer(model, sgd({ rate: RATE }), (k, parameters) => {
    norms.push(normOf(parameters));
    if (isClipped) clip(k, parameters);
  });
  const graph = unroll(model, { batch: BATCH, steps, loss: 'meanSquaredError' });
  const examples = sums(createRandom(seed, 'training'), BATCH);
  const losses: number[] = [];
  try {
    while (losses.length < TRAINING_STEPS) {
      for (let row = 0; row < BATCH; row++) examples.write(graph, row, row);
      losses.push(trainer.step(graph));
    }
    return { losses, norms, broken: null };
  } catch (error) {
    // The trainer refuses to continue with an infinite loss or gradient, which this experiment shows.
    if (!(error instanceof InputError)) throw error;
    return { losses, norms, broken: error.message };
  }
}

function normOf({ gradients: { data, offset, size } }: Parameters): number {
  let sum = 0;
  for (let n = offset; n < offset + size; n++) sum += data[n]! ** 2;
  return Math.sqrt(sum);
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
