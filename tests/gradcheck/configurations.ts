/**
 * The situations in which every cell is checked, as plain data. A line added here is a new row for every
 * cell; a cell added to cells/index.ts gets every row.
 */
import { activations, type ActivationName } from '../../models/index.js';
import { configuration, REAL, SMALL, type Changes, type Configuration, type Kind } from './configuration.js';
import * as networks from './networks.js';

/** The last two of three overlapping windows, with padding and weights, in two layers. */
export const EVERYTHING = configuration({
  name: 'everything at once',
  kind: 'all at once, and large',
  network: networks.twoLayersAllStates,
  initialState: true,
  weights: true,
  real: (t, b) => (t + b) % 4 !== 1,
  windows: { count: 3, advance: 2, from: 1 },
});

const changes: Record<Exclude<Kind, 'all at once, and large'>, Changes[]> = {
  plain: [
    { name: 'last state' },
    { name: 'all states', network: networks.allStates },
    { name: 'one step', size: { ...SMALL, T: 1 }, initialState: true },
    { name: 'initial state', initialState: true },
    { name: 'one-hot input', oneHot: true, network: networks.allStates },
    { name: 'weights on loss rows', network: networks.allStates, weights: true },
    { name: 'binary cross-entropy', loss: 'binaryCrossEntropy' },
    { name: 'mean squared error', loss: 'meanSquaredError', weights: true },
    { name: 'backwards, last state', network: networks.backwards(false), initialState: true },
    { name: 'backwards, all states', network: networks.backwards(true) },
  ],
  'two layers': [
    { name: 'two layers, last state', network: networks.twoLayers, initialState: true },
    { name: 'two layers, all states', network: networks.twoLayersAllStates, initialState: true },
  ],
  bidirectional: [
    { name: 'bidirectional, last states', network: networks.bothWays, initialState: true },
    { name: 'bidirectional, two layers', network: networks.bothWaysTwice, initialState: true },
    {
      name: 'bidirectional, two layers, mask',
      network: networks.bothWaysTwice,
      initialState: true,
      real: (t, b) => (t + b) % 3 !== 1,
    },
    ...(['sum', 'ave', 'mul'] as const).flatMap((mode): Changes[] => [
      { name: `bidirectional, ${mode}`, network: networks.merged(mode, true), initialState: true },
      {
        name: `bidirectional, ${mode}, last states, mask`,
        network: networks.merged(mode, false),
        real: (t, b) => t >= b,
      },
    ]),
    {
      name: 'bidirectional, mask, a loss that counts padding',
      network: networks.merged('sum', true),
      weights: true,
      real: (t, b) => t !== 3 - b,
    },
  ],
  masked: [
    { name: 'mask: left', real: (t, b) => t >= b, initialState: true },
    { name: 'mask: middle', real: (t, b) => t !== b + 1, initialState: true },
    { name: 'mask: right', real: (t, b) => t < SMALL.T - b, initialState: true },
    { name: 'mask: a whole row', real: (_, b) => b !== 1, initialState: true, network: networks.allStates },
    {
      name: 'mask: two layers',
      real: (t, b) => t !== 3 - b,
      initialState: true,
      network: networks.twoLayersAllStates,
    },
    {
      name: 'mask: whole steps, others in each window',
      network: networks.twoLayersAllStates,
      // The first step of the first window, and the last of the second.
      real: (t, b) => t % 9 !== 0 && (t + b) % 4 !== 1,
      windows: { count: 2 },
    },
    {
      name: 'backwards twice, mask',
      network: networks.backwardsTwice,
      real: (t, b) => t >= b,
      initialState: true,
    },
  ],
  'stateful carry': [
    { name: 'window 2, carried state', windows: { count: 2, from: 1 } },
    { name: 'sum of 3 windows', network: networks.allStates, windows: { count: 3 } },
  ],
  truncated: [{ name: 'BPTT(2, 5): overlapping windows', windows: { count: 3, advance: 2 } }],
  'dropout with fixed masks': [
    { name: 'dropout', network: networks.dropping, initialState: true },
    { name: 'dropout, mask', network: networks.dropping, initialState: true, real: (t, b) => t !== 3 - b },
    { name: 'dropout per gate', network: networks.droppingPerGate, initialState: true },
    {
      name: 'dropout per gate, mask: whole steps, others in each window',
      network: networks.droppingPerGate,
      initialState: true,
      real: (t, b) => t % 9 !== 0 && (t + b) % 4 !== 1,
      windows: { count: 2 },
    },
    { name: 'dropout per gate, sum of 2 windows', network: networks.droppingPerGate, windows: { count: 2 } },
    { name: 'dropout of each gate, both ways', oneHot: true, network: networks.droppingPerGateBothWays },
    { name: 'dropout, window 2, carried state', network: networks.dropping, windows: { count: 2, from: 1 } },
    {
      name: 'dropout between layers and before the last',
      network: networks.droppingBetween,
      initialState: true,
    },
    { name: 'dropout of an embedding', oneHot: true, network: networks.droppingEmbedded },
    { name: 'dropout of an embedding read both ways', oneHot: true, network: networks.droppingBothWays },
    { name: 'dropout of what is repeated', network: networks.droppingDecoder },
    { name: 'dropout of each repetition by itself', network: networks.droppingRepeated },
  ],
  embedding: [
    { name: 'embedding', oneHot: true, network: networks.embedded },
    { name: 'embedding, masked', oneHot: true, network: networks.embedded, real: (t, b) => t !== 3 - b },
    { name: 'embedding under a dense layer', oneHot: true, network: networks.embeddedDense },
    { name: 'embedding read both ways', oneHot: true, network: networks.embeddedBothWays },
    { name: 'embedding that masks zeros', oneHot: true, network: networks.maskedByZeros },
    {
      name: 'embedding that masks zeros, sum of 2 windows',
      oneHot: true,
      network: networks.maskedByZeros,
      windows: { count: 2 },
    },
    { name: 'embedding of three symbols a step', oneHot: true, columns: 3, network: networks.embedded },
    {
      name: 'embedding of two symbols a step, masked',
      oneHot: true,
      columns: 2,
      network: networks.maskedByZeros,
    },
  ],
  'encoder and decoder': [
    { name: 'encoder and decoder', network: networks.repeatedState, initialState: true },
    {
      name: 'encoder and decoder, mask',
      network: networks.repeatedState,
      initialState: true,
      real: (t, b) => t !== 3 - b,
    },
    { name: 'encoder that hands on its state', network: networks.handingOn, initialState: true },
    {
      name: 'encoder that hands on its state, mask',
      network: networks.handingOn,
      initialState: true,
      real: (t, b) => t !== 3 - b,
    },
    { name: 'encoder that hands on its state, embedding', oneHot: true, network: networks.handingOnEmbedded },
    {
      name: 'encoder that hands on its state, dropout',
      network: networks.handingOnDropping,
      initialState: true,
    },
    { name: 'the last state at every step', network: networks.repeatedOutput },
  ],
  'normalization and residuals': [
    { name: 'layer normalization', network: networks.normalized, windows: { count: 3 } },
    { name: 'layer normalization above an embedding', oneHot: true, network: networks.normalizedEmbedding },
    { name: 'residual layers', network: networks.residuals, initialState: true },
    { name: 'residual layers, mask', network: networks.residuals, real: (t, b) => t !== 3 - b },
    { name: 'residual layers, dropout', network: networks.residualsDropping },
  ],
  activations: [
    ...(Object.keys(activations) as ActivationName[]).map((name): Changes => ({
      name,
      network: networks.activated(name),
      // Few rows: a difference across the kink of a rectifier has no derivative.
      size: { ...SMALL, B: 2, T: 2 },
      windows: { count: 2, advance: 2 },
    })),
    { name: 'activations of a state and of what is repeated', network: networks.activatedState },
  ],
};

export const SMALL_CONFIGURATIONS: readonly Configuration[] = [
  ...Object.entries(changes).flatMap(([kind, list]) =>
    list.map((change) => configuration({ ...change, kind: kind as Kind })),
  ),
  EVERYTHING,
];

export const REAL_CONFIGURATIONS: readonly Configuration[] = [
  configuration({
    name: 'B 32, T 20, D 32, H 64',
    kind: 'all at once, and large',
    by: 'projection',
    size: REAL,
    network: networks.allStates,
    initialState: true,
    // Examples of 5 to 20 steps, padded on the left.
    real: (t, b) => t >= b % 16,
  }),
];

export const CONFIGURATIONS = [...SMALL_CONFIGURATIONS, ...REAL_CONFIGURATIONS];
