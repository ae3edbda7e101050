/** Metrics against numbers worked out by hand, and against the formulas of scikit-learn. */
import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../../engine/index.js';
import * as nn from '../../models/index.js';
import { float64 } from '../kernels.js';

type Options = Partial<nn.UnrollOptions>;

/** A graph with these outputs, as if after a forward pass. */
function graphOf(outputs: number[][], labels: readonly number[], options: Options = {}): nn.Graph {
  const width = outputs[0]!.length;
  const model = nn.createModel({ kernels: float64, input: nn.features(1), layers: [nn.dense(width)] });
  const loss = labels.length === outputs.length && width > 1 ? 'softmaxCrossEntropy' : 'meanSquaredError';
  const graph = nn.unroll(model, { batch: 1, steps: outputs.length, loss, ...options });
  graph.output.data.set(outputs.flat());
  graph.labels!.data.set(labels);
  return graph;
}

function measured<F>(metric: nn.Metric<F>, ...graphs: nn.Graph[]): F {
  const meter = nn.createMeter(metric);
  graphs.forEach(meter.update);
  return meter.take();
}

/** Logits whose largest is that of the answer. */
const answers = (classes: number, ...list: number[]) =>
  list.map((answer) => Array.from({ length: classes }, (_, v) => (v === answer ? 2 : -v / 10)));

// Three classes; truth above answer.
const truths = [0, 0, 0, 1, 1, 2, 2, 2, 2];
const given = [0, 0, 1, 1, 2, 2, 2, 0, 1];
const classes = () => graphOf(answers(3, ...given), truths);

describe('of classes', () => {
  it('confusionMatrix counts answers by truth', () => {
    const matrix = [
      [2, 1, 0],
      [0, 1, 1],
      [1, 1, 2],
    ];
    expect(measured(nn.confusionMatrix(), classes())).toEqual(matrix);
    expect(measured(nn.confusionMatrix(), classes(), classes())).toEqual(
      matrix.map((row) => row.map((n) => 2 * n)),
    );
    expect(measured(nn.confusionMatrix())).toEqual([]);
  });

  it.each([
    ['accuracy', nn.accuracy(), 5 / 9],
    ['precision, of one class', nn.precision({ label: 2 }), 2 / 3],
    ['precision, the mean over classes', nn.precision(), (2 / 3 + 1 / 3 + 2 / 3) / 3],
    ['recall, of one class', nn.recall({ label: 0 }), 2 / 3],
    ['recall, the mean over classes', nn.recall(), (2 / 3 + 1 / 2 + 2 / 4) / 3],
    ['f1, of one class', nn.f1({ label: 1 }), (2 * (1 / 3) * (1 / 2)) / (1 / 3 + 1 / 2)],
    ['f1, the mean over classes', nn.f1(), (2 / 3 + 0.4 + 4 / 7) / 3],
  ])('%s', (_, metric, expected) => {
    expect(measured(metric, classes())).toBeCloseTo(expected, 12);
  });

  it('a class that never occurs is left out of means, and a part of nothing is 0', () => {
    const graph = () => graphOf(answers(4, 0, 1, 1), [0, 1, 2]);
    expect(measured(nn.precision(), graph())).toBeCloseTo((1 + 1 / 2 + 0) / 3, 12);
    expect(measured(nn.recall({ label: 3 }), graph())).toBe(0);
    expect(() => measured(nn.recall({ label: 4 }), graph())).toThrow(
      'label 4 is no class; classes are 0 to 3',
    );
  });

  it('topKAccuracy counts labels among the k largest logits, the first of equal ones first', () => {
    const logits = [
      [3, 2, 1, 0],
      [3, 2, 1, 0],
      [3, 2, 1, 0],
      [1, 1, 1, 0],
    ];
    const of = (k: number) => measured(nn.topKAccuracy({ k }), graphOf(logits, [0, 1, 3, 1]));
    expect([1, 2, 3, 4].map(of)).toEqual([1 / 4, 3 / 4, 3 / 4, 1]);
    expect(of(1)).toBe(measured(nn.accuracy(), graphOf(logits, [0, 1, 3, 1])));
    expect(() => nn.topKAccuracy({ k: 0 })).toThrow(
      'topKAccuracy: k must be a whole number of at least 1, not 0',
    );
  });

  it('perplexity is exp of the mean cross entropy: that of the loss, and of V for equal logits', () => {
    const random = createRandom(4);
    const logits = Array.from({ length: 9 }, () => [random.normal(), random.normal(), random.normal()]);
    const graph = graphOf(logits, truths);
    const labels = graph.labels as nn.Indices;
    const kernels: nn.Kernels = float64;
    const loss = kernels.softmaxCrossEntropy(null, graph.output, labels);
    expect(measured(nn.perplexity(), graph)).toBeCloseTo(Math.exp(loss), 12);
    expect(
      measured(
        nn.perplexity(),
        graphOf(
          logits.map(() => [1e4, 1e4, 1e4]),
          truths,
        ),
      ),
    ).toBeCloseTo(3, 12);
  });
});

describe('of yes and no, by a single logit', () => {
  const logits = [[2], [-1], [0.5], [-3], [4]];
  it.each([
    ['0 and 1', [1, 0, 0, 1, 1]],
    ['smoothed', [0.95, 0.05, 0.05, 0.95, 0.95]],
  ])('accuracy, precision, recall and f1, targets %s', (_, labels) => {
    const graph = () => graphOf(logits, labels, { loss: 'binaryCrossEntropy' });
    expect(measured(nn.accuracy(), graph())).toBe(3 / 5);
    expect(measured(nn.precision(), graph())).toBe(2 / 3);
    expect(measured(nn.recall(), graph())).toBe(2 / 3);
    expect(measured(nn.recall({ label: 0 }), graph())).toBe(1 / 2);
    expect(measured(nn.f1(), graph())).toBe(2 / 3);
    expect(measured(nn.confusionMatrix(), graph())).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });
});

describe('of numbers', () => {
  const graph = (options?: Options) =>
    graphOf(
      [
        [1, 2],
        [3, 4],
      ],
      [1, 4, 0, 4],
      { loss: 'meanSquaredError', ...options },
    );
  it('meanAbsoluteError and rootMeanSquaredError', () => {
    expect(measured(nn.meanAbsoluteError(), graph())).toBe((0 + 2 + 3 + 0) / 4);
    expect(measured(nn.rootMeanSquaredError(), graph())).toBeCloseTo(Math.sqrt((4 + 9) / 4), 12);
    // A mean over all batches, not of their roots.
    expect(
      measured(nn.rootMeanSquaredError(), graph(), graphOf([[0, 0]], [5, 5], { loss: 'meanSquaredError' })),
    ).toBeCloseTo(Math.sqrt((4 + 9 + 25 + 25) / 6), 12);
  });
});

describe.each(Object.entries(nn.metrics))('%s', (name, create) => {
  const isOfNumbers = name.includes('Error');
  const graph = (options?: Options) =>
    isOfNumbers
      ? graphOf([[1], [2], [3], [9]], [1, 3, 0, 0], options)
      : graphOf(answers(3, 0, 1, 2, 2), [0, 2, 2, 2], options);
  const firstTwo = () => (isOfNumbers ? graphOf([[1], [2]], [1, 3]) : graphOf(answers(3, 0, 1), [0, 2]));
  // Of three classes, the label is always among the 5 largest.
  const metric = (name === 'topKAccuracy' ? nn.topKAccuracy({ k: 1 }) : create()) as nn.Metric<unknown>;

  it.each(['mask', 'weights'] as const)('does not count rows whose %s is 0, whatever they hold', (option) => {
    const some = graph({ [option]: true });
    some[option]!.data.set([1, 1, 0, 0]);
    some.output.data.fill(NaN, 2 * some.output.shape[1]!);
    expect(measured(metric, some)).toEqual(measured(metric, firstTwo()));
    expect(measured(metric, graph())).not.toEqual(measured(metric, firstTwo()));
  });

  it('does not weigh the rows that count', () => {
    const weighted = graph({ weights: true });
    weighted.weights!.data.set([5, 1, 2, 3]);
    expect(measured(metric, weighted)).toEqual(measured(metric, graph()));
  });

  it('refuses options that it has not', () => {
    if (isOfNumbers) return;
    expect(() => (create as (options: object) => unknown)({ ignored: 1 })).toThrow(
      `${name} has no option "ignored"`,
    );
  });
});

it('createMeter(metric) refuses what is no metric', () => {
  expect(() => nn.createMeter(nn.accuracy as unknown as nn.Metric)).toThrow(
    'createMeter takes a metric, such as accuracy(), not the function accuracy',
  );
});
