/** The layers around cells, compared with the same network in tfjs: output, loss and every gradient. */
import { describe, expect, test } from '@jest/globals';
import { dense as entries } from '../../engine/shapes.js';
import {
  bidirectional,
  cells,
  createModel,
  createRandom,
  dense,
  embedding,
  features,
  layerNormalization,
  oneHot,
  recurrent,
  repeatVector,
  timeDistributed,
  unroll,
  type Graph,
  type InputSpec,
  type Kernels,
  type Layer,
  type MergeMode,
  type Tensor,
} from '../../models/index.js';
import { onOneThread } from '../kernels.js';
import { toTfjs } from './copyWeights.js';
import { expectEqualResults, type Results } from './difference.js';
import { draw } from './network.js';
import { layers, tf } from './tfjs.js';

const [B, T, D, H, N, SYMBOLS] = [3, 4, 2, 5, 3, 7];

/** tfjs has no GRU that resets after the product, and its gates default to a hard sigmoid. */
const recurrentOf = {
  rnn: (options: Options) => layers.simpleRNN({ ...plain, ...options }),
  lstm: (options: Options) => layers.lstm({ ...gated, ...options }),
  gru: (options: Options) => layers.gru({ ...gated, ...options }),
};
type Cell = keyof typeof recurrentOf;
interface Options {
  returnSequences?: boolean;
  goBackwards?: boolean;
}
// The weights are overwritten.
const plain = { units: H, recurrentInitializer: 'zeros' as const };
const gated = { ...plain, recurrentActivation: 'sigmoid' as const };

interface Network {
  readonly title: string;
  readonly input: InputSpec;
  readonly ours: readonly Layer[];
  readonly theirs: () => layers.Layer[];
  /** Whether to ignore the output and loss of padded steps, where tfjs differs. Default false. */
  readonly realOnly?: boolean;
}

function bothWays(cell: Cell, options: Options, mergeMode: MergeMode = 'concat'): layers.Layer {
  // The type demands RNN, which the factory function does not return.
  return layers.bidirectional({ layer: recurrentOf[cell](options), mergeMode });
}

/** A layer above an embedding whose symbol 0 is padding, and below a dense one. */
function overPadding(ours: Layer, theirs: () => layers.Layer): Omit<Network, 'title'> {
  return {
    input: oneHot(SYMBOLS),
    ours: [embedding(D, { maskZero: true }), ours, dense(N)],
    theirs: () => [
      layers.embedding({ inputDim: SYMBOLS, outputDim: D, maskZero: true }),
      theirs(),
      layers.dense({ units: N }),
    ],
  };
}

const networks = (Object.keys(recurrentOf) as Cell[]).flatMap((cell): Network[] => {
  const one = (options: Options) => recurrent(cells[cell], { units: H, ...options });
  const both = (mergeMode: MergeMode, returnSequences: boolean): Network => ({
    title: `${cell}, both ways, ${mergeMode}, ${returnSequences ? 'all states' : 'the last states'}`,
    input: features(D),
    ours: [bidirectional(cells[cell], { units: H, mergeMode, returnSequences }), dense(N)],
    theirs: () => [bothWays(cell, { returnSequences }, mergeMode), layers.dense({ units: N })],
  });
  const backwards = (returnSequences: boolean): Network => ({
    title: `${cell}, backwards, ${returnSequences ? 'all states' : 'the last state'}`,
    input: features(D),
    ours: [one({ returnSequences, goBackwards: true }), dense(N)],
    theirs: () => [recurrentOf[cell]({ returnSequences, goBackwards: true }), layers.dense({ units: N })],
  });
  return [
    {
      title: `${cell} below a layer normalization`,
      input: features(D),
      ours: [one({ returnSequences: true }), layerNormalization()],
      theirs: () => [recurrentOf[cell]({ returnSequences: true }), layers.layerNormalization()],
    },
    ...(['relu', 'tanh', 'sigmoid', 'softmax'] as const).map((activation): Network => ({
      title: `${cell}, a dense layer with ${activation}`,
      input: features(D),
      ours: [one({ returnSequences: true }), dense(N, { activation })],
      theirs: () => [recurrentOf[cell]({ returnSequences: true }), layers.dense({ units: N, activation })],
    })),
    ...(['concat', 'sum', 'ave', 'mul'] as const).flatMap((mode) => [both(mode, true), both(mode, false)]),
    backwards(true),
    backwards(false),
    {
      title: `${cell}, its last state repeated, read again, and a dense layer at each step`,
      input: features(D),
      ours: [one({}), repeatVector(T), one({ returnSequences: true }), timeDistributed(dense(N))],
      theirs: () => [
        recurrentOf[cell]({}),
        layers.repeatVector({ n: T }),
        recurrentOf[cell]({ returnSequences: true }),
        layers.timeDistributed({ layer: layers.dense({ units: N }) }),
      ],
    },
    {
      title: `${cell} above padding, the last state`,
      ...overPadding(one({}), () => recurrentOf[cell]({})),
    },
    {
      title: `${cell} above padding, backwards, the last state`,
      ...overPadding(one({ goBackwards: true }), () => recurrentOf[cell]({ goBackwards: true })),
    },
    {
      title: `${cell} above padding, both ways, the last states`,
      ...overPadding(bidirectional(cells[cell], { units: H }), () => bothWays(cell, {})),
    },
    ...[false, true].map((goBackwards): Network => {
      const options = { returnSequences: true, goBackwards };
      return {
        title: `${cell} above padding, ${goBackwards ? 'backwards' : 'forwards'}, all states`,
        ...overPadding(one(options), () => recurrentOf[cell](options)),
      };
    }),
    {
      title: `${cell} above padding, both ways, all states of real steps`,
      ...overPadding(bidirectional(cells[cell], { units: H, returnSequences: true }), () =>
        bothWays(cell, { returnSequences: true }),
      ),
      realOnly: true,
    },
  ];
});

/** Three examples, with padding before, after and within; time-major. */
const padded = [0, 3, 2, 0, 4, 0, 5, 0, 0, 3, 0, 3];

describe.each(onOneThread)('on $name kernels', ({ kernels }) => {
  test.each(networks)('$title: output, loss and every gradient equal those of tfjs', (network) => {
    const graph = graphOf(kernels, network);
    const theirs = differentiateTheirs(graph, network.theirs());
    const loss = graph.forward();
    graph.backward();
    const ours: Record<string, ArrayLike<number>> = {
      loss: [loss],
      output: counted(entries(graph.output), graph),
    };
    for (const { name, gradient } of graph.model.parameters.list) ours[name] = entries(gradient);
    if (graph.inputGradient) ours.input = entries(graph.inputGradient);
    expectEqualResults(ours, theirs);
  });

  // Keras gives 0 too; tfjs gives the states that the two directions carry.
  test('both ways, at padded steps, our output is 0 and that of tfjs is not', () => {
    const sequence = { returnSequences: true };
    const graph = graphOf(kernels, {
      title: '',
      input: oneHot(SYMBOLS),
      ours: [embedding(D, { maskZero: true }), bidirectional(cells.rnn, { units: H, ...sequence })],
      theirs: () => [],
    });
    graph.forward();
    const theirs = outputOfTheirs(graph, [
      layers.embedding({ inputDim: SYMBOLS, outputDim: D, maskZero: true }),
      bothWays('rnn', sequence),
    ]);
    // Between two real steps of the last example, both directions carry a state.
    const [row, width] = [2 * B + 2, 2 * H];
    const at = (y: ArrayLike<number>) => Array.from(y).slice(row * width, (row + 1) * width);
    expect(at(entries(graph.output))).toEqual(Array(width).fill(0));
    expect(at(theirs).filter((entry) => entry === 0)).toEqual([]);
  });
});

/** The unrolled graph, with random parameters, input and targets. */
function graphOf(kernels: Kernels, { input, ours, realOnly = false }: Network): Graph {
  const model = createModel({ kernels, input, layers: ours });
  const symbols = input.kind === 'oneHot';
  // Weights override the mask in the loss: tfjs does not skip padding by default.
  const options = { batch: B, steps: T, loss: 'meanSquaredError', weights: true } as const;
  const graph = unroll(model, { ...options, inputGradient: !symbols });
  const random = createRandom(8);
  draw(model.parameters.values, random, 0.6);
  draw(graph.labels, random, 1);
  if (symbols) graph.input.data.set(padded);
  else draw(graph.input as Tensor, random, 1);
  if (realOnly) graph.weights!.data.set(padded.map((symbol) => Number(symbol > 0)));
  return graph;
}

/** An output, ours or theirs, with 0 in the ignored rows. */
function counted(values: ArrayLike<number>, { output, weights }: Graph): number[] {
  const counts = entries(weights!);
  return Array.from(values, (y, n) => y * counts[Math.floor(n / output.shape[1]!)]!);
}

/** The input for tfjs: batch first, where ours is time first. */
const batchFirst = (t: tf.Tensor) => tf.transpose(t, [1, 0, 2]);
function inputOfTheirs({ input, inputGradient }: Graph): tf.Variable {
  return inputGradient
    ? tf.variable(batchFirst(toTfjs(input as Tensor, [T, B, D])))
    : tf.variable(tf.transpose(tf.tensor2d(input.data as Int32Array, [T, B])));
}

/** The output, in our order, of tfjs layers with our weights. */
function outputOfTheirs(graph: Graph, chain: readonly layers.Layer[], x = inputOfTheirs(graph)) {
  giveWeights(graph, chain, x);
  return rowsOf(graph, apply(chain, x)).dataSync();
}

function rowsOf({ output }: Graph, y: tf.Tensor): tf.Tensor {
  return tf.reshape(y.rank === 3 ? batchFirst(y) : y, [...output.shape]);
}

/** @returns the variables that hold the weights, in our order */
function giveWeights(graph: Graph, chain: readonly layers.Layer[], x: tf.Tensor): tf.Variable[] {
  const { list } = graph.model.parameters;
  // The first call creates the weights.
  apply(chain, x);
  let taken = 0;
  return chain.flatMap((layer) => {
    const count = layer.weights.length;
    layer.setWeights(list.slice(taken, (taken += count)).map(({ value }) => toTfjs(value)));
    return layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
  });
}

function differentiateTheirs(graph: Graph, chain: readonly layers.Layer[]): Results {
  const x = inputOfTheirs(graph);
  const output = outputOfTheirs(graph, chain, x);
  const variables = giveWeights(graph, chain, x);
  const target = toTfjs(graph.labels as Tensor);
  const weights = toTfjs(graph.weights!, [graph.weights!.size, 1]);
  const loss = () =>
    tf.losses.meanSquaredError<tf.Tensor, tf.Scalar>(target, rowsOf(graph, apply(chain, x)), weights);
  const { value, grads } = tf.variableGrads(loss, graph.inputGradient ? [...variables, x] : variables);
  const results: Record<string, ArrayLike<number>> = {
    loss: value.dataSync(),
    output: counted(output, graph),
  };
  const { list } = graph.model.parameters;
  list.forEach(({ name }, n) => (results[name] = grads[variables[n]!.name]!.dataSync()));
  if (graph.inputGradient) results.input = batchFirst(grads[x.name]!).dataSync();
  return results;
}

/** Calls each layer with the mask of the one below, like a tfjs model. */
function apply(chain: readonly layers.Layer[], x: tf.Tensor): tf.Tensor {
  let mask: tf.Tensor | null = null;
  for (const layer of chain) {
    const y = layer.apply(x, mask ? { mask } : {}) as tf.Tensor;
    mask = layer.computeMask(x, mask ?? undefined) as tf.Tensor | null;
    x = y;
  }
  return x;
}
