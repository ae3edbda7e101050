/** Valid calls of the kernels. */
import { kernelsOnly, type Kernels } from '../../../engine/index.js';
import { FULL, type Calls } from './call.js';

/** @param name what comes before the kernel's name in a path */
export function kernelCalls(name: string, k: Kernels): Calls {
  const z = (...shape: number[]) => k.zeros(...shape);
  const ids = () => k.indices(2);
  const matrices = () => ({ dx: z(2, 3), x: z(2, 3) });
  const constants = { rate: 0.1, momentum: 0.9 };
  const phase = () => ({ partition: 2, work: [kernelsOnly(() => k.fill(z(2), 1))] });
  const calls: Calls = {
    zeros: () => ({ run: k.zeros, args: { rows: 2, columns: 3 }, says: FULL }),
    indices: () => ({ run: k.indices, args: { size: 3 }, says: FULL }),
    fill: () => ({ run: k.fill, args: { out: z(2, 3), value: 1 } }),
    copy: () => ({ run: k.copy, args: { out: z(2, 3), x: z(2, 3) } }),
    add: () => ({ run: k.add, args: { out: z(2, 3), x: z(2, 3) } }),
    multiply: () => ({ run: k.multiply, args: { out: z(2, 3), x: z(2, 3), y: z(2, 3) } }),
    scale: () => ({ run: k.scale, args: { out: z(2, 3), factor: 2 } }),
    clamp: () => ({ run: k.clamp, args: { out: z(2, 3), limit: 2 } }),
    sumOfSquares: () => ({ run: k.sumOfSquares, args: { x: z(2, 3) } }),
    matmul: () => ({
      run: k.matmul,
      args: { out: z(2, 4), a: z(2, 3), b: z(3, 4), 'accumulate?': true },
    }),
    setRows: () => ({ run: k.setRows, args: { out: z(2, 3), row: z(3) } }),
    sumRows: () => ({ run: k.sumRows, args: { out: z(3), x: z(2, 3) } }),
    gather: () => ({
      run: k.gather,
      args: { out: z(2, 3), table: z(5, 3), ids: ids(), 'accumulate?': true },
    }),
    scatterAdd: () => ({ run: k.scatterAdd, args: { table: z(5, 3), ids: ids(), x: z(2, 3) } }),
    copyMasked: () => ({ run: k.copyMasked, args: { out: z(2, 3), x: z(2, 3), mask: z(2) } }),
    softmax: () => ({ run: k.softmax, args: { out: z(2, 3), x: z(2, 3), 'temperature?': 2 } }),
    loop: () => ({ run: k.loop, args: { name: 'mine', loop: () => {} } }),
    plan: () => ({ run: k.plan, args: { phases: [phase()], constant: z(2) } }),
    'plan.phase': () => ({
      run: (phase: never) => k.plan([phase], z(2)),
      args: { phase: phase() },
      says: /plan/,
    }),
    'plan.partition': () => ({
      run: (partition: number) => k.plan([{ ...phase(), partition }], z(2)),
      args: { partition: 2 },
    }),
    'plan.work': () => ({
      run: (work: never) => k.plan([{ partition: 2, work }], z(2)),
      args: { work: [() => {}] },
      says: /plan/,
    }),
    softmaxCrossEntropy: () => ({
      run: k.softmaxCrossEntropy,
      args: { ...matrices(), labels: ids(), 'weights?': z(2) },
    }),
    binaryCrossEntropy: () => ({
      run: k.binaryCrossEntropy,
      args: { ...matrices(), y: z(2, 3), 'weights?': z(2) },
    }),
    meanSquaredError: () => ({
      run: k.meanSquaredError,
      args: { ...matrices(), y: z(2, 3), 'weights?': z(2) },
    }),
    sgd: () => ({ run: k.sgd, args: { w: z(3), g: z(3), v: z(3), ...constants } }),
    rmsprop: () => ({
      run: k.rmsprop,
      args: { w: z(3), g: z(3), s: z(3), rate: 0.1, rho: 0.9, epsilon: 1e-7 },
    }),
    adam: () => ({
      run: k.adam,
      args: { w: z(3), g: z(3), m: z(3), v: z(3), rate: 0.1, beta1: 0.9, beta2: 0.9, epsilon: 1e-7 },
    }),
  };
  return Object.fromEntries(Object.entries(calls).map(([kernel, call]) => [`${name}.${kernel}`, call]));
}
