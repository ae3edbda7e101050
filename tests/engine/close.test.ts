/** Kernels after close(), and the optimizer's step on several threads. */
import { describe, expect, it } from '@jest/globals';
import {
  adagrad,
  adam,
  columns,
  createKernels,
  createRandom,
  rmsprop,
  type Loop,
  sgd,
  kernelsOnly,
  transpose,
  type Tensor,
} from '../../engine/index.js';
import { entries } from '../tensors.js';

describe('close()', () => {
  const [M, N, K] = [12, 50, 1000];

  /** Kernels that added y to x in a plan and were then closed. */
  async function closed(threads: number) {
    const kernels = await createKernels({ threads });
    const [x, y] = [kernels.zeros(M, N), kernels.zeros(M, N)];
    // A product large enough to be partitioned.
    const [out, a, b] = [kernels.zeros(M, N), kernels.zeros(M, K), kernels.zeros(K, N)];
    const work = () => {
      kernels.matmul(out, a, b);
      kernels.add(x, y);
    };
    const plan = kernels.plan([{ partition: M, work: [kernelsOnly(work)] }], b);
    kernels.fill(y, 1);
    plan();
    await kernels.close();
    return { kernels, plan, x };
  }
  const all = (value: number) => new Array<number>(M * N).fill(value);

  it.each([1, 3])(
    'makes everything throw on %d threads, changes no number, and may be called again',
    async (threads) => {
      const { kernels, plan, x } = await closed(threads);
      await kernels.close();
      const calls = {
        plan,
        'new plan': () =>
          kernels.plan([{ partition: M, work: [kernelsOnly(() => kernels.fill(x, 2))] }], x)(),
        zeros: () => kernels.zeros(3),
        indices: () => kernels.indices(3),
        scale: () => kernels.scale(x, 3),
        transposed: () => kernels.fill(transpose(x), 3),
        matmul: () => kernels.matmul(columns(x, 0, M), x, transpose(x)),
        sgd: () => kernels.sgd(x, x, x, 1, 1),
        loss: () => kernels.meanSquaredError(null, x, x),
        loop: () => kernels.loop<Loop>('rnn.forward', () => {})(x, x),
      };
      for (const [name, call] of Object.entries(calls)) {
        expect([name, call]).toEqual([name, expect.any(Function)]);
        expect(call).toThrow('these kernels are closed; make new ones with createKernels()');
      }
      expect(entries(x)).toEqual(all(1));
    },
  );
});

describe('a step of the optimizer', () => {
  // Enough that every thread has a range, and not a multiple of anything.
  const N = 40_003;
  const random = createRandom(8);
  const numbers = Float32Array.from({ length: 2 * N }, () => random.uniform() - 0.5);

  const momentum = { momentum: 0.9 };
  it.each([
    { of: 'sgd', optimizer: sgd(momentum) },
    { of: 'sgd, nesterov', optimizer: sgd({ ...momentum, nesterov: true }) },
    { of: 'rmsprop', optimizer: rmsprop() },
    { of: 'adagrad', optimizer: adagrad() },
    { of: 'adam', optimizer: adam() },
    { of: 'adam, weight decay', optimizer: adam({ weightDecay: 0.1 }) },
  ])('$of is bit-identical on 1 to 4 threads', async ({ optimizer }) => {
    const stepsOn = async (threads: number) => {
      const k = await createKernels({ threads });
      const [w, g, ...memory] = ['w', 'g', ...optimizer.memory].map(() => k.zeros(N)) as [Tensor, Tensor];
      w.data.set(numbers.subarray(0, N));
      g.data.set(numbers.subarray(N));
      for (const step of [1, 2]) optimizer.update(k, w, g, memory, step);
      await k.close();
      return Buffer.concat([w, ...memory].map(({ data }) => Buffer.from(data.slice().buffer)));
    };
    const expected = await stepsOn(1);
    for (const threads of [2, 3, 4]) expect((await stepsOn(threads)).equals(expected)).toBe(true);
  });
});
