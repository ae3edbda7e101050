/** Valid calls of what the engine exports. */
import * as engine from '../../../engine/index.js';
import type { Kernels, Tensor } from '../../../engine/index.js';
import { options, type Calls } from './call.js';

/** @param k float32 kernels, as for training */
export function engineCalls(k: Kernels): Calls {
  const k64 = engine.referenceKernels(Float64Array);
  const random = () => engine.createRandom(1);
  const parameters = () =>
    engine.createParameters(k, { W: { shape: [2, 3], initialize: engine.normal(1) } }, random());
  const half = (x: Tensor) => () => k64.sumOfSquares(x as never) / 2;
  const x = () => {
    const t = k64.zeros(3);
    t.data.fill(0.5);
    return t;
  };
  const ones = (n: number) => {
    const t = k.zeros(n);
    t.data.fill(1);
    return t;
  };
  const ordinary = (initialize: engine.Initializer) => () => ({
    run: initialize,
    args: { t: k.zeros(2, 3), random: random(), k },
  });
  const clip = (run: engine.Clip) => ({ run, args: { k, parameters: parameters() } });
  const checked = { 'step?': 1e-3, 'floor?': 1e-4 };

  return {
    ...optimizerCalls,
    ...scheduleCalls,
    clipByGlobalNorm: () => ({ run: engine.clipByGlobalNorm, args: { limit: 1 } }),
    clipByNorm: () => ({ run: engine.clipByNorm, args: { limit: 1 } }),
    clipByValue: () => ({ run: engine.clipByValue, args: { limit: 1 } }),
    'clipByGlobalNorm(1)': () => clip(engine.clipByGlobalNorm(1)),
    'clipByNorm(1)': () => clip(engine.clipByNorm(1)),
    'clipByValue(1)': () => clip(engine.clipByValue(1)),

    createKernels: () => ({
      run: async (...args: never[]) => (await engine.createKernels(...args)).close(),
      args: { 'options?': options({ 'threads?': 1, 'wide?': false }) },
    }),
    referenceKernels: () => ({
      run: engine.referenceKernels,
      args: { Numbers: Float64Array },
      says: /number type/,
    }),

    zeros: ordinary(engine.zeros),
    glorotUniform: ordinary(engine.glorotUniform),
    orthogonal: ordinary(engine.orthogonal),
    uniform: () => ({ run: engine.uniform, args: { 'limit?': 1 } }),
    normal: () => ({ run: engine.normal, args: { 'deviation?': 1 } }),
    'uniform(1)': ordinary(engine.uniform(1)),
    'normal(1)': ordinary(engine.normal(1)),
    blocks: () => ({ run: engine.blocks, args: { initialize: engine.zeros, also: engine.zeros } }),

    createParameters: () => ({
      run: engine.createParameters,
      args: { k, specs: { W: { shape: [2], initialize: engine.zeros } }, random: random() },
      says: /kernels|parameter/,
    }),
    'createParameters.shape': () => ({
      run: (shape: number[]) =>
        engine.createParameters(k, { W: { shape, initialize: engine.zeros } }, random()),
      args: { shape: [2] },
      says: /parameter W/,
    }),
    checkGradient: () => {
      const t = x();
      return { run: engine.checkGradient, args: { f: half(t), x: t, dx: x(), 'options?': options(checked) } };
    },
    checkProjection: () => {
      const [t, direction] = [x(), Float64Array.of(1, 2, 3)];
      const args = { f: half(t), x: t, dx: x(), direction, 'options?': options(checked) };
      return { run: engine.checkProjection, args };
    },
    meanElementLoss: () => ({
      run: engine.meanElementLoss,
      args: {
        ...{ name: 'mine', dx: k.zeros(2, 3), x: k.zeros(2, 3), y: k.zeros(2, 3) },
        'weights?': ones(2),
        element: () => ({ loss: 0, derivative: 0 }),
      },
      says: /mine/,
    }),

    createRandom: () => ({ run: engine.createRandom, args: { seed: 1, 'stream?': 'weights' } }),
    fromState: () => ({ run: engine.fromState, args: { state: [1, 2, 3, 4] } }),
    'random.integer': () => ({ run: (n: never) => random().integer(n), args: { n: 3 } }),
    'random.permutation': () => ({ run: (n: never) => random().permutation(n), args: { n: 3 } }),
    'random.restore': () => ({
      run: (n: never) => random().restore(n),
      args: { state: [1, 2, 3, 4] },
      says: /state/,
    }),

    kernelsOnly: () => ({
      run: engine.kernelsOnly,
      args: { value: { forward() {} }, 'passes?': ['forward'] },
      says: /pass/,
    }),
    declaredPasses: () => ({ run: engine.declaredPasses, args: { value: {} } }),
    isKernelsOnly: () => ({ run: engine.isKernelsOnly, args: { work: () => {} } }),

    tensor: () => ({ run: engine.tensor, args: { data: new Float32Array(6), rows: 2, columns: 3 } }),
    sizeOf: () => ({ run: engine.sizeOf, args: { shape: [2, 3] } }),
    rows: () => ({ run: engine.rows, args: { t: k.zeros(4, 3), from: 2, to: 3 } }),
    columns: () => ({ run: engine.columns, args: { x: k.zeros(4, 3), from: 1, to: 3 } }),
    transpose: () => ({ run: engine.transpose, args: { x: k.zeros(4, 3) } }),
    sigmoid: () => ({ run: engine.sigmoid, args: { x: 0.1 } }),
    tanh: () => ({ run: engine.tanh, args: { x: 0.1 } }),
  };
}

const decays = { 'weightDecay?': 0.1 };
const placed = { 'epsilon?': 1e-7, 'epsilonPlacement?': 'pytorch', ...decays };

const optimizerCalls: Calls = {
  adam: () => ({
    run: engine.adam,
    args: { 'options?': options({ 'rate?': 0.1, 'beta1?': 0.9, 'beta2?': 0.99, ...placed }) },
  }),
  rmsprop: () => ({
    run: engine.rmsprop,
    args: { 'options?': options({ 'rate?': 0.1, 'rho?': 0.9, ...placed }) },
  }),
  adagrad: () => ({
    run: engine.adagrad,
    args: { 'options?': options({ 'rate?': 0.1, 'initialSum?': 0.1, ...placed }) },
  }),
  sgd: () => ({
    run: engine.sgd,
    args: { 'options?': options({ 'rate?': 0.1, 'momentum?': 0.5, 'nesterov?': true, ...decays }) },
  }),
};

const scheduleCalls: Calls = {
  linear: () => ({ run: engine.linear, args: { options: options({ from: 1, 'to?': 0, steps: 10 }) } }),
  cosine: () => ({ run: engine.cosine, args: { options: options({ from: 1, 'to?': 0, steps: 10 }) } }),
  exponential: () => ({
    run: engine.exponential,
    args: { options: options({ from: 1, factor: 0.5, steps: 10, 'staircase?': true }) },
  }),
  piecewise: () => ({
    run: engine.piecewise,
    args: { options: options({ rates: [0.1, 0.01], milestones: [10] }) },
  }),
  warmup: () => ({
    run: engine.warmup,
    args: { options: options({ 'from?': 0, steps: 5, then: 0.1 }) },
    says: /learning rate/,
  }),
  rateAt: () => ({ run: engine.rateAt, args: { rate: 0.1, step: 1 } }),
};
