/** sequences: ordinary arrays become batches; what cannot be right is named. */
import { describe, expect, it } from '@jest/globals';
import ndarray from 'ndarray';
import {
  adam,
  createEvaluator,
  createModel,
  createRandom,
  createTrainer,
  dense,
  embedding,
  encoderDecoder,
  features,
  fit,
  gru,
  oneHot,
  recurrent,
  sequences,
  unroll,
  type Graph,
  type InputSpec,
  type Layer,
  type LossName,
  type SequencesOptions,
  type UnrollOptions,
} from '../../models/index.js';
import { float64 } from '../kernels.js';
import { entries } from '../tensors.js';

const last: Layer[] = [recurrent(gru, { units: 3 }), dense(3)];
const every: Layer[] = [recurrent(gru, { units: 3, returnSequences: true }), dense(3)];

/** A graph filled with all examples. */
function filled(
  options: SequencesOptions,
  input: InputSpec = oneHot(9),
  layers = last,
  loss: LossName | null = null,
  more: Partial<UnrollOptions> = {},
): Graph {
  const examples = sequences(options);
  const model = createModel({ kernels: float64, input, layers });
  const graph = unroll(model, { ...examples.unroll, batch: examples.count, loss, ...more });
  // What an earlier batch left must not matter.
  graph.input.data.fill(7);
  for (let n = 0; n < examples.count; n++) examples.write(graph, n, n);
  return graph;
}

const x = [[1, 2, 3], [4], [5, 6]];
const CLASSES = 'softmaxCrossEntropy';

describe('sequences(..)', () => {
  it.each([
    ['after', [1, 4, 5, 2, 0, 6, 3, 0, 0], [1, 1, 1, 1, 0, 1, 1, 0, 0]],
    ['before', [1, 0, 0, 2, 0, 5, 3, 4, 6], [1, 0, 0, 1, 0, 1, 1, 1, 1]],
  ] as const)('pads %s, step by step, and masks', (pad, input, mask) => {
    const graph = filled({ x, pad });
    expect(entries(graph.input)).toEqual(input);
    expect(entries(graph.mask!)).toEqual(mask);
  });

  const even = [
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  ];
  const data = [1, 2, 3, 4, 5, 6, 7, 8];
  it.each([
    ['nested arrays', even],
    ['typed arrays in arrays', even.map((steps) => steps.map((step) => Float32Array.from(step)))],
    ['numbers with their shape', { data: Float32Array.from(data), shape: [2, 2, 2] }],
    ['an ndarray', ndarray(Float64Array.from(data), [2, 2, 2])],
    ['a view', ndarray(Float64Array.of(0, 1, 5, 2, 6, 3, 7, 4, 8), [2, 2, 2], [1, 4, 2], 1)],
  ])('reads %s; a step has numbers or several symbols', (_, x) => {
    expect(entries(filled({ x }, features(2)).input)).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
    expect(filled({ x }, features(2)).mask).toBeNull();
    const columns = filled({ x }, oneHot(9, 2), [embedding(2), ...last]);
    expect(entries(columns.input)).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
  });

  it('takes one number per step for a model of one feature, and cuts to lengths', () => {
    const graph = filled({ x: { data: [1, NaN, 2, 3], shape: [2, 2] }, lengths: [1, 2] }, features(1));
    expect(entries(graph.input)).toEqual([1, 2, 0, 3]);
    expect(entries(graph.mask!)).toEqual([1, 1, 0, 1]);
  });

  it('writes labels per sequence and per step, classes and targets', () => {
    expect(entries(filled({ x, y: [2, 0, 1] }, oneHot(9), last, CLASSES).labels!)).toEqual([2, 0, 1]);
    expect(entries(filled({ x, y: [[2], [0], [1]] }, oneHot(9), last, CLASSES).labels!)).toEqual([2, 0, 1]);
    const y = [[2, 1, 0], [1], [0, 2]];
    expect(entries(filled({ x, y }, oneHot(9), every, CLASSES).labels!)).toEqual([2, 1, 0, 1, 0, 2, 0, 0, 0]);

    const vectors = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]; // prettier-ignore
    const perSequence = filled({ x, y: vectors }, oneHot(9), last, 'meanSquaredError');
    expect(entries(perSequence.labels!)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const layers = [...every.slice(0, 1), dense(1)];
    const perStep = filled({ x, y: [[0.5, 1, 2], [3], [4, 5]] }, oneHot(9), layers, 'meanSquaredError');
    expect(entries(perStep.labels!)).toEqual([0.5, 3, 4, 1, 0, 5, 2, 0, 0]);
  });

  it('writes the labels of a decoder, which answers at the last steps', () => {
    const layers = [encoderDecoder(gru, { units: 3, sourceSteps: 2 }), dense(3)];
    const { labels } = filled({ x: [[1, 2, 3, 4], [5, 6, 7]], y: [[1, 2], [1]] }, oneHot(9), layers, CLASSES); // prettier-ignore
    expect(entries(labels!)).toEqual([1, 1, 2, 0]);
  });

  it('writes weights per sequence or step, 0 at padding', () => {
    const y = [[0, 0, 0], [0], [0, 0]];
    const weighted = (weights: SequencesOptions['weights'], more = {}) =>
      entries(filled({ x, y, weights: weights ?? null }, oneHot(9), every, CLASSES, more).weights!);
    expect(weighted([1, 2, 3])).toEqual([1, 2, 3, 1, 0, 3, 1, 0, 0]);
    expect(weighted([[1, 2, 3], [4], [5, 6]])).toEqual([1, 4, 5, 2, 0, 6, 3, 0, 0]);
    expect(weighted(null, { weights: true })).toEqual([1, 1, 1, 1, 0, 1, 1, 0, 0]);
    const last = filled({ x, y: [0, 1, 2], weights: [1, 0, 3] }, oneHot(9), undefined, CLASSES);
    expect(entries(last.weights!)).toEqual([1, 0, 3]);
  });

  it('splits into two parts of the same shape, in order or drawn', () => {
    const all = sequences({ x });
    const [first, rest] = all.split(2 / 3);
    expect([...first.lengths, ...rest.lengths]).toEqual([3, 1, 2]);
    expect(rest.unroll).toEqual(all.unroll);
    const [a, b] = all.split(0.4, createRandom(1));
    expect([...a.lengths, ...b.lengths].sort()).toEqual([1, 2, 3]);
    expect(() => all.split(1)).toThrow('split: share must be above 0 and below 1, not 1');
    expect(() => all.split(0.1)).toThrow('leaves one part empty');
  });

  it('lets fit and evaluators take steps and mask from it', async () => {
    const examples = sequences({ x, y: [0, 1, 2] });
    const model = createModel({ kernels: float64, input: oneHot(9), layers: last });
    const trainer = createTrainer(model, adam({ rate: 0.05 }));
    const options = { batch: 2, unroll: { loss: CLASSES } } as const;
    await fit(trainer, examples, { ...options, epochs: 60, shuffle: null });
    expect(await createEvaluator(model, options)(examples)).toBeLessThan(0.1);
  });
});

describe('sequences(..) refuses, when made,', () => {
  const wrong: [string, unknown, string][] = [
    ['no x', {}, 'sequences: the option "x" is missing'],
    ['no arrays', { x: 'abc' }, 'x must be arrays of numbers, or { data, shape }, not "abc"'],
    ['no steps', { x: [1, 2] }, 'x has one number per example, and no steps: give x[example][step]'],
    ['no examples', { x: [] }, 'sequences: x is empty'],
    ['an empty sequence', { x: [[1], []] }, 'x[1] is empty; it needs a step at least'],
    ['a string', { x: [[1, '2']] }, 'x[0][1] must be a number, not "2"'],
    ['a hole', { x: [[1], undefined] }, 'x[1] must be an array, not undefined'],
    ['NaN', { x: [[1], [2, NaN]] }, 'x[1][1] (example 1, step 1) is NaN, not a finite number'],
    ['infinity', { x: [[[1, Infinity]]] }, 'x[0][0][1] (example 0, step 0) is Infinity'],
    ['NaN labels', { x, y: [1, NaN, 0] }, 'y[1] (example 1) is NaN'],
    ['ragged steps', { x: [[[1, 2]], [[1]]] }, 'x[1][0] has 1 numbers, but x[0][0] has 2'],
    ['too deep', { x: [[[[1]]]] }, 'x is nested 4 deep; at most example, step, column'],
    [
      'a wrong shape',
      { x: { data: [1, 2, 3], shape: [2, 2] } },
      'x has 3 numbers, but its shape [2, 2] needs 4',
    ],
    ['no shape', { x: { data: [1], shape: [1.5] } }, 'the shape of x must be 1 to 3 whole numbers'],
    ['too few labels', { x, y: [1, 2] }, 'y has 2 examples, but x has 3'],
    ['too many lengths', { x, lengths: [1, 1, 1, 1] }, '4 lengths for 3 examples'],
    ['a long length', { x, lengths: [1, 2, 1] }, 'lengths[1] is 2, but x[1] has 1 steps'],
    [
      'half a length',
      { x, lengths: [1.5, 1, 1] },
      'lengths[0] must be a whole number of at least 1, not 1.5',
    ],
    ['a weight below 0', { x, weights: [1, -1, 1] }, 'weights[1] (example 1) is -1, below 0'],
    ['weights of 0', { x, weights: [0, 0, 0] }, 'sequences: all weights are 0'],
    ['another pad', { x, pad: 'pre' }, 'sequences: pad must be one of after, before, not "pre"'],
    ['another option', { x, z: 1 }, 'sequences has no option "z"'],
  ];
  it.each(wrong)('%s', (_, options, message) => {
    expect(() => sequences(options as SequencesOptions)).toThrow(message);
  });
});

describe('sequences(..) refuses, when used,', () => {
  const perStep = [[0, 0, 0], [0], [0, 0]];
  const scalar = [recurrent(gru, { units: 3, returnSequences: true }), dense(1)];
  const wrong: [string, () => unknown, string][] = [
    ['a symbol out of range', () => filled({ x }, oneHot(6)), 'x[2][1] (example 2, step 1) is 6; the model\'s symbols are 0 to 5'],
    ['half a symbol', () => filled({ x: [[0.5]] }), 'x[0][0] (example 0, step 0) is 0.5'],
    ['one-hot rows', () => filled({ x: [[[1, 0, 0]]] }, oneHot(3)), 'give class numbers instead of one-hot rows'],
    ['too few features', () => filled({ x }, features(2)), 'x has 1 per step, but the model reads 2 numbers'],
    ['too few steps', () => filled({ x }, oneHot(9), last, null, { steps: 2 }), 'x[0] has 3 steps, but the graph 2'],
    ['no mask', () => filled({ x }, oneHot(9), last, null, { mask: false }), 'x[1] has 1 steps, but the graph 3; unroll with mask: true'],
    ['no labels', () => filled({ x }, oneHot(9), last, CLASSES), 'the loss needs labels; give y'],
    ['returnSequences forgotten', () => filled({ x, y: perStep }, oneHot(9), last, CLASSES), 'give its last recurrent layer returnSequences: true'],
    ['returnSequences too much', () => filled({ x, y: [0, 1, 2] }, oneHot(9), every, CLASSES), 'leave out returnSequences'],
    ['labels of other lengths', () => filled({ x, y: [[0, 0], [0], [0, 0]] }, oneHot(9), every, CLASSES), 'y[0] has 2 steps, but the model answers at 3 of example 0'],
    ['a class out of range', () => filled({ x, y: [0, 3, 1] }, oneHot(9), last, CLASSES), 'y[1] (example 1) is 3; the model\'s classes are 0 to 2'],
    ['half a class', () => filled({ x, y: [0, 1.7, 1] }, oneHot(9), last, CLASSES), 'y[1] (example 1) is 1.7'],
    ['too few targets', () => filled({ x, y: [0, 1, 2] }, oneHot(9), last, 'meanSquaredError'), 'the model answers with 3'],
    ['vectors of other widths', () => filled({ x, y: [[1, 2], [1, 2], [1, 2]] }, oneHot(9), last, 'meanSquaredError'), 'every y must have the 3 numbers'],
    ['too many targets', () => filled({ x: [[1]], y: [[[1, 2]]] }, oneHot(9), scalar, 'meanSquaredError'), 'y has 2 numbers per step, but the model answers with 1'],
    ['unused weights', () => filled({ x, y: perStep, weights: [1, 1, 1] }, oneHot(9), every, CLASSES, { weights: false }), 'unroll with weights: true'],
    ['weights per step', () => filled({ x, y: [0, 1, 2], weights: [[1, 1, 1], [1], [1, 1]] }, oneHot(9), last, CLASSES), 'weights are per step'],
  ]; // prettier-ignore
  it.each(wrong)('%s', (_, use, message) => {
    expect(use).toThrow(message);
  });
});
