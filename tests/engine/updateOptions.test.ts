/** What optimizers and clipping refuse, each in one line that names the option. */
import { describe, expect, it, test } from '@jest/globals';
import {
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  optimizers,
  referenceKernels,
  type Optimizer,
} from '../../engine/index.js';

const names = Object.keys(optimizers) as (keyof typeof optimizers)[];
const create = (name: keyof typeof optimizers, options: unknown) =>
  (optimizers[name] as (options: unknown) => Optimizer)(options);

/** The options of each optimizer, as its refusal of another lists them. */
function optionsOf(name: keyof typeof optimizers): string[] {
  try {
    create(name, { lr: 0.1 });
  } catch (error) {
    return /its options are (.*)$/.exec((error as Error).message)![1]!.split(', ');
  }
  throw new Error(`${name} takes lr`);
}

/** Every option by its kind: values that are refused. */
const REFUSED: Readonly<Record<string, readonly unknown[]>> = {
  rate: [-1, NaN, Infinity, '0.1', null],
  momentum: [-0.1, 1, NaN, true],
  nesterov: [1, 'yes', null],
  rho: [-0.1, 1, NaN],
  beta1: [-0.1, 1, NaN],
  beta2: [-0.1, 1, NaN],
  epsilon: [0, -1e-7, NaN, Infinity],
  epsilonPlacement: ['tensorflow', null, true],
  initialSum: [-0.1, NaN],
  weightDecay: [-0.1, NaN, Infinity, '0'],
};

describe.each(names)('%s', (name) => {
  const refused = optionsOf(name).flatMap((option) => REFUSED[option]!.map((value) => [option, value]));

  it.each(refused)('refuses %s: %p', (option, value) => {
    const call = () => create(name, { [option as string]: value });
    expect(call).toThrow(RangeError);
    expect(call).toThrow(`${name}: ${option as string} must be `);
  });

  it('takes an object with the options that it has', () => {
    expect(() => create(name, { lr: 0.1 })).toThrow(
      new RegExp(`^${name} has no option "lr"; its options are rate, `),
    );
    expect(() => create(name, 0.01)).toThrow(
      new RegExp(`^${name} takes an object of options \\(.*\\), not 0.01$`),
    );
    expect(create(name, { rate: undefined }).name).toBe(name);
  });

  it.each([NaN, -1, Infinity, undefined])(
    'tells at which step the rate is %p, and leaves the weights',
    (rate) => {
      const k = referenceKernels(Float64Array);
      const optimizer = create(name, { rate: (step: number) => (step < 3 ? 0.1 : rate), weightDecay: 0.1 });
      const [w, g, ...memory] = ['w', 'g', ...optimizer.memory].map(() => k.zeros(2));
      k.fill(w!, 1);
      for (const step of [1, 2]) optimizer.update(k, w!, g!, memory, step);
      const before = [...w!.data];
      expect(() => optimizer.update(k, w!, g!, memory, 3)).toThrow(
        `the learning rate of step 3 must be at least 0, not ${rate}`,
      );
      expect([...w!.data]).toEqual(before);
    },
  );
});

describe.each(Object.entries({ clipByGlobalNorm, clipByNorm, clipByValue }))('%s', (name, clip) => {
  it.each([NaN, undefined, 0, -1, Infinity, '1', null, { limit: 1 }])('refuses the limit %p', (limit) => {
    expect(() => clip(limit as number)).toThrow(RangeError);
    expect(() => clip(limit as number)).toThrow(`${name}: the limit must be above 0, not `);
  });
});

test('every option has values that are refused', () => {
  expect(new Set(names.flatMap(optionsOf))).toEqual(new Set(Object.keys(REFUSED)));
});
