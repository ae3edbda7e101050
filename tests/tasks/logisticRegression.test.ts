import { describe, expect, it } from '@jest/globals';
import { fitLogistic, trainLogistic, type Bag } from '../../tasks/sentiment/logisticRegression.js';
import { createRandom } from '../../models/index.js';

/** Bags of words that say something about their class, and nothing for certain. */
function someBags(count: number, words: number, classes: number): Bag[] {
  const random = createRandom(1, 'bags');
  return Array.from({ length: count }, () => {
    const label = random.integer(classes);
    const length = random.integer(9);
    const near = () => (random.integer(3) === 0 ? label : random.integer(words));
    return { label, words: Array.from({ length }, near) };
  });
}

/** The objective, written once more, from its definition. */
function objective(bags: readonly Bag[], W: Float64Array, words: number, classes: number): number {
  const scores = classes === 2 ? 1 : classes;
  let J = W.subarray(0, words * scores).reduce((sum, w) => sum + (w * w) / 2, 0);
  for (const bag of bags) {
    const own = Array.from({ length: scores }, (_, k) =>
      Array.from(bag.words).reduce((sum, word) => sum + W[word * scores + k]!, W[words * scores + k]!),
    );
    const s = scores === 1 ? [0, ...own] : own;
    J += Math.log(s.reduce((sum, one) => sum + Math.exp(one), 0)) - s[bag.label]!;
  }
  return J;
}

describe('fitLogistic(bags, words, classes)', () => {
  it.each([2, 3, 5])('finds where the gradient is 0: %i classes', async (classes) => {
    const [bags, words] = [someBags(300, 12, classes), 12];
    const { weights, loss, gradientNorm, gradientNormAtZero } = await fitLogistic(bags, words, classes);
    expect(gradientNorm).toBeLessThanOrEqual(1e-8 * gradientNormAtZero);
    expect(loss).toBeCloseTo(objective(bags, weights, words, classes), 8);
    // Finite differences know nothing of the gradient's equations.
    for (let n = 0; n < weights.length; n++) {
      const [more, less] = [weights.slice(), weights.slice()];
      more[n]! += 1e-4;
      less[n]! -= 1e-4;
      const slope = (objective(bags, more, words, classes) - objective(bags, less, words, classes)) / 2e-4;
      expect(Math.abs(slope)).toBeLessThan(1e-5);
    }
  });

  it('finds the optimum that can be computed by hand: no words, shares of the labels', async () => {
    const bags = [0, 0, 0, 1].map((label) => ({ label, words: [] }));
    // b = ln(p / (1 - p))
    expect((await fitLogistic(bags, 0, 2)).weights[0]).toBeCloseTo(Math.log(1 / 3), 8);
  });

  it('gives what scikit-learn gives', async () => {
    // LogisticRegression(C=1, tol=1e-12).fit([[2, 0], [1, 1], [0, 1], [0, 2], [1, 0], [1, 2]], y)
    const counts = [[0, 0], [0, 1], [1], [1, 1], [0], [0, 1, 1]];
    const bagsOf = (labels: readonly number[]) => counts.map((words, n) => ({ words, label: labels[n]! }));
    const two = await fitLogistic(bagsOf([0, 1, 1, 1, 0, 0]), 2, 2);
    [-0.8218928, 0.3244252, 0.3499766].forEach((w, n) => expect(two.weights[n]).toBeCloseTo(w, 6));
    const three = await fitLogistic(bagsOf([0, 1, 2, 2, 0, 1]), 2, 3);
    [
      0.4975827, 0.366415, -0.8639977, -0.8264728, 0.5207466, 0.3057262, 0.2828241, -0.6620029, 0.3791787,
    ].forEach((w, n) => expect(three.weights[n]).toBeCloseTo(w, 6));
  });

  it('ends where a class never occurs, though its constant has no minimum', async () => {
    const { weights } = await fitLogistic([{ words: [0], label: 1 }], 1, 3);
    expect([...weights].every(Number.isFinite)).toBe(true);
  });
});

it('lets timers and signals run while it fits many sentences', async () => {
  let isDone = false;
  const ticked = new Promise<boolean>((resolve) => setTimeout(() => resolve(!isDone), 1));
  await fitLogistic(someBags(60_000, 500, 5), 500, 5);
  isDone = true;
  expect(await ticked).toBe(true);
});

describe('trainLogistic(sentences, classes)', () => {
  it('learns which words tell, ignores the unknown, and gives the same for the same sentences', async () => {
    const texts = [
      ['so good', 2],
      ['not good', 0],
      ['so bad', 0],
      ['good fun', 2],
      ['so so', 1],
      ['it was', 1],
    ] as const;
    const sentences = texts.map(([text, label]) => ({ words: text.split(' '), label }));
    const [answer, again] = [await trainLogistic(sentences, 3), await trainLogistic(sentences, 3)];
    for (const { words, label } of sentences) expect([answer(words), again(words)]).toEqual([label, label]);
    expect(answer(['fun', 'zebra'])).toBe(2);
    expect(answer([])).toBe(answer(['zebra']));
  });
});
