import { describe, expect, it } from '@jest/globals';
import {
  adagrad,
  adam,
  createRandom,
  optimizers,
  rmsprop,
  rows,
  sgd,
  type Optimizer,
  type Tensor,
} from '../../engine/index.js';
import { allKernels } from '../kernels.js';
import { entries, expectClose, vector } from '../tensors.js';

/**
 * The change of w in step s, from all gradients g₁ .. g_s of one entry, and w before it. Moving averages are
 * written as sums, to share no formula with the kernels.
 */
type Change = (g: readonly number[], w: number) => number;

/** (1-rate) Σ rate^(s-i) x_i, the moving average that starts at 0. */
const average = (rate: number, x: readonly number[]) =>
  (1 - rate) * x.reduce((sum, value, i) => sum + rate ** (x.length - 1 - i) * value, 0);

const squares = (x: readonly number[]) => x.map((value) => value ** 2);
const last = (x: readonly number[]) => x[x.length - 1]!;

function sgdChange(rate: number, momentum: number): Change {
  return (g) => -rate * g.reduce((sum, value, i) => sum + momentum ** (g.length - 1 - i) * value, 0);
}

/** The step of the usual momentum, and then as much of the next as is known. */
function nesterovChange(rate: number, momentum: number): Change {
  const usual = sgdChange(rate, momentum);
  return (g, w) => momentum * usual(g, w) - rate * last(g);
}

/** Keras: under the root; PyTorch: added to it. */
function adagradChange(rate: number, initial: number, inside: number, outside: number): Change {
  return (g) => {
    const sum = squares(g).reduce((a, b) => a + b, initial);
    return (-rate * last(g)) / (Math.sqrt(sum + inside) + outside);
  };
}

const decayed =
  (fraction: number, change: Change): Change =>
  (g, w) =>
    change(g, w) - fraction * w;

/** PyTorch's. */
function rmspropOutsideChange(rate: number, rho: number, epsilon: number): Change {
  return (g) => (-rate * last(g)) / (Math.sqrt(average(rho, squares(g))) + epsilon);
}

/** Algorithm 1 of Kingma and Ba to the letter, as in PyTorch. */
function adamOutsideChange(rate: number, beta1: number, beta2: number, epsilon: number): Change {
  return (g) => {
    const [m, v] = [average(beta1, g) / (1 - beta1 ** g.length), average(beta2, squares(g))];
    return (-rate * m) / (Math.sqrt(v / (1 - beta2 ** g.length)) + epsilon);
  };
}

function rmspropChange(rate: number, rho: number, epsilon: number): Change {
  return (g) => (-rate * last(g)) / Math.sqrt(average(rho, squares(g)) + epsilon);
}

/** Algorithm 1 of Kingma and Ba. Keras's epsilon is ε̂ of their section 2, added to the uncorrected √v. */
function adamChange(rate: number, beta1: number, beta2: number, epsilon: number): Change {
  return (g) => {
    const mean = average(beta1, g) / (1 - beta1 ** g.length);
    const unbias = Math.sqrt(1 - beta2 ** g.length);
    return (-rate * mean) / (Math.sqrt(average(beta2, squares(g))) / unbias + epsilon / unbias);
  };
}

const table: [string, Optimizer, number, Change][] = [
  ['sgd()', sgd(), 0.01, sgdChange(0.01, 0)],
  ['sgd({ rate, momentum })', sgd({ rate: 0.1, momentum: 0.9 }), 0.1, sgdChange(0.1, 0.9)],
  [
    'sgd({ momentum, nesterov })',
    sgd({ rate: 0.1, momentum: 0.9, nesterov: true }),
    0.1,
    nesterovChange(0.1, 0.9),
  ],
  [
    'sgd({ momentum, weightDecay })',
    sgd({ rate: 0.1, momentum: 0.9, weightDecay: 0.5 }),
    0.1,
    decayed(0.05, sgdChange(0.1, 0.9)),
  ],
  ['adagrad()', adagrad(), 1e-3, adagradChange(1e-3, 0.1, 1e-7, 0)],
  [
    'adagrad({ initialSum, epsilonPlacement, weightDecay })',
    adagrad({ rate: 0.1, initialSum: 0, epsilon: 0.01, epsilonPlacement: 'pytorch', weightDecay: 0.2 }),
    0.1,
    decayed(0.02, adagradChange(0.1, 0, 0, 0.01)),
  ],
  ['rmsprop()', rmsprop(), 1e-3, rmspropChange(1e-3, 0.9, 1e-7)],
  [
    'rmsprop({ rate, rho, epsilon })',
    rmsprop({ rate: 0.1, rho: 0.5, epsilon: 0.01 }),
    0.1,
    rmspropChange(0.1, 0.5, 0.01),
  ],
  [
    'rmsprop({ epsilonPlacement, weightDecay })',
    rmsprop({ rate: 0.1, rho: 0.5, epsilon: 0.01, epsilonPlacement: 'pytorch', weightDecay: 0.2 }),
    0.1,
    decayed(0.02, rmspropOutsideChange(0.1, 0.5, 0.01)),
  ],
  ['adam()', adam(), 1e-3, adamChange(1e-3, 0.9, 0.999, 1e-7)],
  [
    'adam({ rate, beta1, beta2, epsilon })',
    adam({ rate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 0.01 }),
    0.1,
    adamChange(0.1, 0.8, 0.9, 0.01),
  ],
  [
    'adam({ epsilonPlacement, weightDecay })',
    adam({ rate: 0.1, beta2: 0.9, epsilon: 0.01, epsilonPlacement: 'pytorch', weightDecay: 0.2 }),
    0.1,
    decayed(0.02, adamOutsideChange(0.1, 0.9, 0.9, 0.01)),
  ],
];

describe.each(allKernels)('on kernels.$name', ({ kernels: k, tolerance }) => {
  describe.each(table)('%s', (_, optimizer, rate, change) => {
    const SIZE = 21;
    const random = createRandom(9);
    // Sizes from 10⁻⁴ to 10: the small ones reveal a misplaced epsilon.
    const gradients = Array.from({ length: 8 }, () =>
      Array.from({ length: SIZE }, (_, n) => 10 ** (1 - (n % 6)) * random.normal()),
    );

    function run(): { w: number[]; start: number[] } {
      // Starts near 0, where float32 resolves steps much smaller than the rate.
      const start = Array.from({ length: SIZE }, (_, n) => (rate * n) / SIZE);
      const w = vector(k, start);
      const memory = optimizer.memory.map(() => k.zeros(SIZE));
      gradients.forEach((g, s) => optimizer.update(k, w, vector(k, g), memory, s + 1));
      return { w: entries(w), start };
    }

    it('follows its formula over 8 steps', () => {
      const { w, start } = run();
      const expected = start.map((value, n) =>
        gradients.reduce(
          (w, _, s) =>
            w +
            change(
              gradients.slice(0, s + 1).map((g) => g[n]!),
              w,
            ),
          value,
        ),
      );
      const inRates = (x: readonly number[]) => x.map((value) => value / rate);
      expectClose(inRates(w), inRates(expected), tolerance);
    });

    it('gives a parameter the same bits wherever the array is split', () => {
      const [whole, parts] = [0, 1].map(() =>
        [SIZE, SIZE, ...optimizer.memory.map(() => SIZE)].map((n) => k.zeros(n)),
      );
      for (const tensors of [whole!, parts!]) tensors[0]!.data.set(gradients[0]!);
      gradients.forEach((g, s) => {
        for (const tensors of [whole!, parts!]) tensors[1]!.data.set(g);
        const update = ([w, g, ...memory]: Tensor[]) => optimizer.update(k, w!, g!, memory, s + 1);
        update(whole!);
        update(parts!.map((t) => rows(t, 0, s)));
        update(parts!.map((t) => rows(t, s, SIZE)));
      });
      expect(parts!.map(entries)).toEqual(whole!.map(entries));
    });

    it('does not hide a gradient of NaN', () => {
      const [w, g] = [k.zeros(7), k.zeros(7)];
      g.set(5, NaN);
      optimizer.update(k, w, g, optimizer.memory.map(() => k.zeros(7)), 1); // prettier-ignore
      expect(entries(w).map(Number.isNaN)).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => n === 5));
    });

    it('keeps no memory except the arrays it names', () => {
      expect(run().w).toEqual(run().w);
    });
  });

  it('adam() moves every parameter by the rate in its first step', () => {
    const [w, g] = [k.zeros(3), vector(k, [5, -0.1, 1e-3])];
    const optimizer = adam({ rate: 1 });
    optimizer.update(k, w, g, [k.zeros(3), k.zeros(3)], 1);
    expect(entries(w).map((value) => Math.round(value * 100) / 100)).toEqual([-1, 1, -1]);
  });

  it('rmsprop() moves every parameter by rate / √(1-rho) in its first step', () => {
    const [w, g] = [k.zeros(2), vector(k, [5, -20])];
    rmsprop({ rate: 1, rho: 0.75 }).update(k, w, g, [k.zeros(2)], 1);
    expectClose(entries(w), [-2, 2], 1e-5);
  });

  it('a parameter whose gradient is always 0 does not change', () => {
    for (const create of Object.values(optimizers)) {
      const optimizer = create();
      const w = vector(k, [0.5]);
      const memory = optimizer.memory.map(() => k.zeros(1));
      for (let step = 1; step <= 3; step++) optimizer.update(k, w, k.zeros(1), memory, step);
      expect(entries(w)).toEqual([0.5]);
    }
  });

  // Four neighbours, which the WASM kernels take together.
  it.each([
    [
      [0, 0, 0, 0],
      [1, 1, 1, 1],
    ],
    [
      [0, 2, 0, -3],
      [1, 0.5, 1, 1.5],
    ],
  ])('without epsilon, parameters of the gradients %j become %j', (gradients, expected) => {
    const w = vector(k, [1, 1, 1, 1]);
    k.rmsprop(w, vector(k, gradients), k.zeros(4), 0.25, 0.75, 0);
    expectClose(entries(w), expected, 1e-6);
    const u = vector(k, [1, 1, 1, 1]);
    k.adagrad(u, vector(k, gradients), k.zeros(4), 0.5, 0);
    expectClose(entries(u), expected, 1e-6);
  });

  it.each([
    ['sgd', () => k.sgd(k.zeros(2), k.zeros(3), k.zeros(2), 1, 0)],
    ['sgd', () => k.sgd(k.zeros(2), k.zeros(2), k.zeros(3), 1, 0)],
    ['rmsprop', () => k.rmsprop(k.zeros(2), k.zeros(2), k.zeros(3), 1, 0.9, 0, 0)],
    ['adagrad', () => k.adagrad(k.zeros(2), k.zeros(2), k.zeros(3), 1, 0, 0)],
    ['adam', () => k.adam(k.zeros(2), k.zeros(2), k.zeros(2), k.zeros(3), 1, 0.9, 0.9, 0)],
  ])('%s names itself and both shapes when they differ', (kernel, call) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(`${kernel}: the shapes [2] and [3] differ`);
  });
});
