import { describe, expect, it } from '@jest/globals';
import {
  cells,
  createModel,
  createRandom,
  dense,
  embedding,
  features,
  normal,
  oneHot,
  recurrent,
  referenceKernels,
  repeatVector,
  unroll,
  type Cell,
  type Indices,
  type Kernels,
  type Layer,
  type Tensor,
} from '../../models/index.js';

const [B, T, D, H] = [3, 4, 2, 5];

/** Kernels that count their matrix products and the multiplications in them. */
function countingKernels() {
  const kernels: Kernels = referenceKernels(Float64Array);
  const counter = { products: 0, multiplications: 0 };
  const counting: Kernels = {
    ...kernels,
    matmul(out, a, b, accumulate) {
      counter.products++;
      counter.multiplications += out.size * a.shape[1]!;
      kernels.matmul(out, a, b, accumulate);
    },
  };
  return { kernels: counting, counter };
}

/** The loss, all gradients, and the number of products of one pass from an initial state. */
function pass(
  layers: readonly Layer[],
  initial: number,
  options: { steps?: number; initialStateGradient?: boolean } = {},
) {
  const { kernels, counter } = countingKernels();
  const model = createModel({ kernels, input: features(D), layers: [...layers, dense(2)], seed: 1 });
  const graph = unroll(model, { batch: B, steps: T, loss: 'softmaxCrossEntropy', ...options });
  normal(1)(graph.input as Tensor, createRandom(1));
  for (const states of Object.values(graph.states)) kernels.fill(states['h']!.initial, initial);
  const loss = graph.forward();
  graph.backward();
  return { loss, gradients: [...model.parameters.gradients.data], products: counter.products };
}

describe.each(Object.values<Cell>(cells))('$name', (cell) => {
  const layer = [recurrent(cell, { units: H })];

  it('from a state of 0 skips the first recurrent product and gives the same bits', () => {
    // Not 0, but too small to change a bit of any sum.
    const plain = pass(layer, 1e-100);
    const saving = pass(layer, 0);
    expect(saving.products).toBeLessThan(plain.products);
    expect(saving.loss).toBe(plain.loss);
    saving.gradients.forEach((g, n) => expect(g).toBeCloseTo(plain.gradients[n]!, 15));
  });

  it('computes the gradient of the initial state only on request; the others have the same bits', () => {
    const plain = pass(layer, 0.3, { initialStateGradient: true });
    const saving = pass(layer, 0.3);
    expect(saving.products).toBe(plain.products - 1);
    expect(saving.gradients).toEqual(plain.gradients);
  });

  it('multiplies a repeated vector once, for any number of steps', () => {
    const decoder = (steps: number) => [
      ...layer,
      repeatVector(steps),
      recurrent(cell, { units: H, returnSequences: true }),
    ];
    const perStep = (steps: number) =>
      pass(decoder(steps + 1), 0).products - pass(decoder(steps), 0).products;
    // One more step adds its recurrent products but none for its input.
    const recurrentProducts = pass(layer, 0, { steps: 6 }).products - pass(layer, 0, { steps: 5 }).products;
    expect(perStep(5)).toBe(recurrentProducts);
  });

  it('multiplies a word once, however often it occurs, with the same result as row by row', () => {
    const V = 8;
    const run = (ids: readonly number[], embedded: boolean) => {
      const { kernels, counter } = countingKernels();
      const upper = [recurrent(cell, { units: H }), dense(2)];
      const withWords = createModel({ kernels, input: oneHot(V), layers: [embedding(D), ...upper], seed: 1 });
      const E = withWords.parameters.list[0]!.value;
      const rowsOnly = createModel({ kernels, input: features(D), layers: upper, seed: 1 });
      rowsOnly.parameters.values.data.set(withWords.parameters.values.data.subarray(V * D));
      const model = embedded ? withWords : rowsOnly;
      const graph = unroll(model, {
        batch: B,
        steps: T,
        loss: 'softmaxCrossEntropy',
        inputGradient: !embedded,
      });
      if (embedded) graph.input.data.set(ids);
      else kernels.gather(graph.input as Tensor, E, indices(kernels, ids));
      const loss = graph.forward();
      graph.backward();
      const dE = kernels.zeros(V, D);
      if (!embedded) kernels.scatterAdd(dE, indices(kernels, ids), graph.inputGradient!);
      const gradients = [...(embedded ? [] : dE.data), ...model.parameters.gradients.data];
      return { loss, gradients, multiplications: counter.multiplications };
    };
    const ids = [3, 3, 5, 0, 3, 5, 5, 5, 3, 0, 0, 3];
    const words = run(ids, true);
    const rows = run(ids, false);
    expect(words.loss).toBeCloseTo(rows.loss, 14);
    words.gradients.forEach((g, n) => expect(g).toBeCloseTo(rows.gradients[n]!, 14));
    expect(words.multiplications).toBeLessThan(rows.multiplications);
  });

  it.each([
    { side: 'left', real: [2, 3] },
    { side: 'right', real: [0, 1] },
  ])('does not multiply steps that are padding in every row, on the $side', ({ real }) => {
    const short = maskedPass(cell, 2, [0, 1]);
    const padded = maskedPass(cell, T, real);
    const full = maskedPass(cell, T, [0, 1, 2, 3]);
    expect(padded.products).toBe(short.products);
    expect(padded.products).toBeLessThan(full.products);
    // Neither numbers in the padding nor leftovers of an earlier, longer batch matter.
    expect(padded.loss).toBeCloseTo(short.loss, 12);
    padded.gradients.forEach((g, n) => expect(g).toBeCloseTo(short.gradients[n]!, 12));
  });
});

function indices(kernels: Kernels, values: readonly number[]): Indices {
  const t = kernels.indices(values.length);
  t.data.set(values);
  return t;
}

/** A pass through two recurrent layers; the second row is real only at the first of the `real` steps. */
function maskedPass(cell: Cell, steps: number, real: readonly number[]) {
  const { kernels, counter } = countingKernels();
  const layers = [
    recurrent(cell, { units: H, returnSequences: true }),
    recurrent(cell, { units: H }),
    dense(2),
  ];
  const model = createModel({ kernels, input: features(D), layers, seed: 1 });
  const graph = unroll(model, { batch: B, steps, loss: 'softmaxCrossEntropy', mask: true });
  normal(1)(graph.input as Tensor, createRandom(7));
  // A batch without padding first.
  graph.forward();
  graph.backward();

  kernels.fill(model.parameters.gradients, 0);
  counter.products = 0;
  const input = createRandom(1);
  graph.mask!.data.fill(0);
  for (const [n, t] of real.entries()) {
    for (let row = 0; row < B; row++) if (n === 0 || row !== 1) graph.mask!.data[t * B + row] = 1;
    for (let i = t * B * D; i < (t + 1) * B * D; i++) graph.input.data[i] = input.normal();
  }
  const loss = graph.forward();
  graph.backward();
  return { loss, gradients: [...model.parameters.gradients.data], products: counter.products };
}
