/** Valid calls of the kernels. */
import { kernelsOnly, type Kernels } from '../../../engine/index.js';
import { FULL, type Call, type Calls } from './call.js';

/** @param name what comes before the kernel's name in a path */
export function kernelCalls(name: string, k: Kernels): Calls {
  const kernels = Object.entries(argumentsOf(k)).map(([kernel, args]): [string, () => Call] => {
    const run = (k as unknown as Record<string, Call['run']>)[kernel]!;
    return [`${name}.${kernel}`, () => ({ run, args: args(), says: FULL })];
  });
  const parts = Object.entries(planCalls(k)).map(([part, call]) => [`${name}.${part}`, call] as const);
  return Object.fromEntries([...kernels, ...parts]);
}

function argumentsOf(k: Kernels): Readonly<Record<string, () => Call['args']>> {
  const z = (...shape: number[]) => k.zeros(...shape);
  const ids = () => k.indices(2);
  const matrices = () => ({ dx: z(2, 3), x: z(2, 3) });
  return {
    zeros: () => ({ rows: 2, columns: 3 }),
    indices: () => ({ size: 3 }),
    region: () => ({ kind: 'graph' }),
    fill: () => ({ out: z(2, 3), value: 1 }),
    copy: () => ({ out: z(2, 3), x: z(2, 3) }),
    add: () => ({ out: z(2, 3), x: z(2, 3) }),
    multiply: () => ({ out: z(2, 3), x: z(2, 3), y: z(2, 3) }),
    scale: () => ({ out: z(2, 3), factor: 2 }),
    clamp: () => ({ out: z(2, 3), limit: 2 }),
    sumOfSquares: () => ({ x: z(2, 3) }),
    matmul: () => ({ out: z(2, 4), a: z(2, 3), b: z(3, 4), 'accumulate?': true }),
    setRows: () => ({ out: z(2, 3), row: z(3) }),
    sumRows: () => ({ out: z(3), x: z(2, 3) }),
    gather: () => ({ out: z(2, 3), table: z(5, 3), ids: ids(), 'accumulate?': true }),
    scatterAdd: () => ({ table: z(5, 3), ids: ids(), x: z(2, 3) }),
    copyMasked: () => ({ out: z(2, 3), x: z(2, 3), mask: z(2) }),
    softmax: () => ({ out: z(2, 3), x: z(2, 3), 'temperature?': 2 }),
    normalize: () => ({ out: z(2, 3), r: z(2), x: z(2, 3), epsilon: 1e-3 }),
    normalizeBackward: () => ({ dx: z(2, 3), dy: z(2, 3), y: z(2, 3), r: z(2) }),
    loop: () => ({ name: 'mine', loop: () => {} }),
    plan: () => ({ phases: [phaseOf(k)], constant: z(2) }),
    softmaxCrossEntropy: () => ({ ...matrices(), labels: ids(), 'weights?': z(2) }),
    binaryCrossEntropy: () => ({ ...matrices(), y: z(2, 3), 'weights?': z(2) }),
    meanSquaredError: () => ({ ...matrices(), y: z(2, 3), 'weights?': z(2) }),
    decay: () => ({ w: z(3), fraction: 0.1 }),
    sgd: () => ({ w: z(3), g: z(3), v: z(3), rate: 0.1, momentum: 0.9, 'nesterov?': true }),
    rmsprop: () => ({
      ...{ w: z(3), g: z(3), s: z(3) },
      ...{ rate: 0.1, rho: 0.9, inside: 1e-7, 'outside?': 0.1 },
    }),
    adagrad: () => ({ w: z(3), g: z(3), s: z(3), rate: 0.1, inside: 1e-7, 'outside?': 0.1 }),
    adam: () => ({
      ...{ w: z(3), g: z(3), m: z(3), v: z(3) },
      ...{ rate: 0.1, beta1: 0.9, beta2: 0.9, epsilon: 1e-7 },
    }),
  };
}

const phaseOf = (k: Kernels) => {
  const t = k.zeros(2);
  return { partition: 2, work: [kernelsOnly(() => k.fill(t, 1))] };
};

/** The parts of the phases of a plan. */
const planCalls = (k: Kernels): Calls => ({
  'plan.phase': () => ({
    run: (phase: never) => k.plan([phase], k.zeros(2)),
    args: { phase: phaseOf(k) },
    says: /plan/,
  }),
  'plan.partition': () => ({
    run: (partition: number) => k.plan([{ ...phaseOf(k), partition }], k.zeros(2)),
    args: { partition: 2 },
  }),
  'plan.work': () => ({
    run: (work: never) => k.plan([{ partition: 2, work }], k.zeros(2)),
    args: { work: [() => {}] },
    says: /plan/,
  }),
});
