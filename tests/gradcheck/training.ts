/**
 * Compares whole training steps, including clipping and optimizer, with the same steps in plain arithmetic.
 */
import {
  adagrad,
  adam,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  cosine,
  createModel,
  createTrainer,
  dense,
  exponential,
  features,
  linear,
  referenceKernels,
  rmsprop,
  sgd,
  unroll,
  warmup,
  type Clip,
  type Optimizer,
} from '../../models/index.js';
import { relativeDistance, type Measured } from './measured.js';
import { clips, D, INITIAL, M, N, target, trainPlainly, updates, x, type Update } from './plainTraining.js';

const STEPS = 4;

/** The optimizers and schedules below, by their files: those whose faults this check has to notice. */
export const MEASURED = [
  ...['sgd', 'rmsprop', 'adagrad', 'adam'].map((name) => `optimizers/${name}`),
  ...['linear', 'exponential', 'cosine', 'piecewise', 'warmup'].map((name) => `schedules/${name}`),
];

/** Decay of which a step of rate 0.001 shows enough, and epsilons that are not lost beside gradients. */
const [weightDecay, epsilon] = [5, 0.3];
const inPytorch = { epsilon, epsilonPlacement: 'pytorch', weightDecay } as const;
const { decayed } = updates;

const OPTIMIZERS: Record<string, { ours: Optimizer; plain: () => Update }> = {
  sgd: { ours: sgd({ rate: 0.1 }), plain: () => updates.sgd(0.1) },
  'sgd, momentum': { ours: sgd({ rate: 0.1, momentum: 0.8 }), plain: () => updates.momentum(0.1, 0.8) },
  'sgd, rate from 0.1 to 0.02': {
    ours: sgd({ rate: linear({ from: 0.1, to: 0.02, steps: STEPS - 2 }) }),
    plain: () => updates.falling([0.1, 0.06, 0.02, 0.02]),
  },
  'sgd, exponential rate': {
    ours: sgd({ rate: exponential({ from: 0.1, factor: 0.25, steps: 2 }) }),
    plain: () => updates.falling([0.1, 0.05, 0.025, 0.0125]),
  },
  'sgd, cosine rate': {
    ours: sgd({ rate: cosine({ from: 0.1, to: 0.02, steps: STEPS - 1 }) }),
    plain: () => updates.falling([0.1, 0.08, 0.04, 0.02]),
  },
  'sgd, warm-up': {
    ours: sgd({ rate: warmup({ from: 0.02, steps: 2, then: linear({ from: 0.1, to: 0.02, steps: 2 }) }) }),
    plain: () => updates.falling([0.02, 0.06, 0.1, 0.06]),
  },
  'sgd, nesterov, weight decay': {
    ours: sgd({ rate: 0.1, momentum: 0.8, nesterov: true, weightDecay: 0.4 }),
    plain: () => decayed(0.04, updates.nesterov(0.1, 0.8)),
  },
  rmsprop: { ours: rmsprop(), plain: () => updates.rmsprop() },
  "rmsprop, PyTorch's epsilon, weight decay": {
    ours: rmsprop(inPytorch),
    plain: () => decayed(0.005, updates.rmsprop(0, epsilon)),
  },
  adagrad: { ours: adagrad({ epsilon }), plain: () => updates.adagrad(epsilon) },
  "adagrad, PyTorch's epsilon, weight decay": {
    ours: adagrad(inPytorch),
    plain: () => decayed(0.005, updates.adagrad(0, epsilon)),
  },
  adam: { ours: adam(), plain: () => updates.adam() },
  "adam, PyTorch's epsilon, weight decay": {
    ours: adam(inPytorch),
    plain: () => decayed(0.005, updates.adamOfPaper(epsilon)),
  },
};

const CLIPPING: Record<string, { ours: Clip | null; plain: (g: number[]) => number[] }> = {
  'no clipping': { ours: null, plain: clips.none },
  'by global norm': { ours: clipByGlobalNorm(0.5), plain: clips.toNorm(0.5) },
  'by global norm, not reached': { ours: clipByGlobalNorm(100), plain: clips.none },
  'by norm of each tensor': { ours: clipByNorm(0.5), plain: clips.eachToNorm(0.5) },
  'by value': { ours: clipByValue(0.3), plain: clips.toRange(0.3) },
};

export function* measureTraining(): Generator<Measured> {
  for (const [subject, optimizer] of Object.entries(OPTIMIZERS)) {
    for (const [situation, clip] of Object.entries(CLIPPING)) {
      const expected = trainPlainly(STEPS, optimizer.plain(), clip.plain);
      // Relative to the distance moved: relative to the weights, small steps would hide large faults.
      const way = Math.max(...expected.map((w, n) => Math.abs(w - INITIAL[n]!)));
      const error = relativeDistance(train(optimizer.ours, clip.ours), expected, way);
      yield { subject, situation, what: 'weights', error };
    }
  }
}

function train(optimizer: Optimizer, clip: Clip | null): ArrayLike<number> {
  const model = createModel({
    kernels: referenceKernels(Float64Array),
    input: features(D),
    layers: [dense(N)],
  });
  model.parameters.values.data.set(INITIAL);
  const graph = unroll(model, { batch: M, steps: 1, loss: 'meanSquaredError' });
  graph.input.data.set(x);
  graph.labels.data.set(target);
  const trainer = createTrainer(model, optimizer, clip);
  for (let step = 1; step <= STEPS; step++) trainer.step(graph);
  return model.parameters.values.data;
}
