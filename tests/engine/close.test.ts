/** Kernels after close(), and the optimizer's step on several threads. */
import { describe, expect, it } from '@jest/globals';
import {
  adam,
  createKernels,
  createRandom,
  InputError,
  rmsprop,
  sgd,
  type Tensor,
  kernelsOnly,
} from '../../engine/index.js';
import { entries } from '../tensors.js';

describe('close()', () => {
  const [M, N, K] = [12, 50, 1000];

  /** Kernels on three threads that added y to x in a plan and were then closed. */
  async function closed() {
    const kernels = await createKernels({ threads: 3 });
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

  it('ends the threads: each attempt to run a plan that needs them throws and changes nothing', async () => {
    const { plan, x } = await closed();
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(plan).toThrow(InputError);
      expect(plan).toThrow('a thread of the kernels failed: it has exited');
    }
    expect(entries(x)).toEqual(all(1));
  });

  it('leaves calls and numbers intact, and may be called again', async () => {
    const { kernels, x } = await closed();
    await kernels.close();
    kernels.scale(x, 3);
    expect(entries(x)).toEqual(all(3));
  });

  it('does nothing if there is only one thread', async () => {
    const kernels = await createKernels();
    const x = kernels.zeros(M, N);
    await kernels.close();
    kernels.plan([{ partition: M, work: [kernelsOnly(() => kernels.fill(x, 2))] }], x)();
    expect(entries(x)).toEqual(all(2));
  });
});

describe('a step of the optimizer', () => {
  // Enough that every thread has a range, and not a multiple of anything.
  const N = 40_003;
  const random = createRandom(8);
  const numbers = Float32Array.from({ length: 2 * N }, () => random.uniform() - 0.5);

  it.each([sgd({ momentum: 0.9 }), rmsprop(), adam()])(
    '$name is bit-identical on 1 to 4 threads',
    async (optimizer) => {
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
    },
  );
});
