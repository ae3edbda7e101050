/**
 * The situations in which every cell is checked, as plain data. A line added here is a new row for every cell;
 * a cell added to cells/index.ts earns every row.
 */
import {
  bidirectional,
  dense,
  dropout,
  embedding,
  recurrent,
  repeatVector,
  spatialDropout1D,
  type Cell,
  type Layer,
  type LossName,
  type MergeMode,
} from '../../models/index.js';

/** B rows of the batch, T steps of a window, D input width (or symbols), H units, N outputs. */
export interface Size {
  readonly B: number;
  readonly T: number;
  readonly D: number;
  readonly H: number;
  readonly N: number;
}

export interface Configuration {
  readonly name: string;
  /** `entries`: every entry of every tensor is moved. `projection`: one random direction per tensor. */
  readonly by: 'entries' | 'projection';
  readonly size: Size;
  /** What lies between the input and a dense layer. */
  readonly network: Network;
  readonly oneHot: boolean;
  /** Symbols a step, where the input is one-hot. */
  readonly columns: number;
  readonly loss: LossName;
  /** Whether the first window starts from a state other than 0. */
  readonly initialState: boolean;
  /** Whether row b has a real step at time t; the others are padding. */
  readonly real: ((t: number, b: number) => boolean) | null;
  /** Whether the rows of the loss have weights, some of them 0. */
  readonly weights: boolean;
  readonly windows: Windows;
}

/** Windows of T steps, each `advance` steps after the one before; those before number `from` only carry their state. */
export interface Windows {
  readonly count: number;
  readonly advance: number;
  readonly from: number;
}

/** Layers of `cell`, built for this size. */
export type Network = (cell: Cell, size: Size) => Layer[];

const lastState: Network = (cell, { H }) => [recurrent(cell, { units: H })];
const allStates: Network = (cell, { H }) => [recurrent(cell, { units: H, returnSequences: true })];
const twoLayers: Network = (cell, size) => [...allStates(cell, size), ...lastState(cell, size)];
const twoLayersAllStates: Network = (cell, size) => [...allStates(cell, size), ...allStates(cell, size)];
const embedded: Network = (cell, size) => [embedding(size.D + 1), ...allStates(cell, size)];
const embeddedDense: Network = (cell, size) => [
  embedding(size.D + 1),
  dense(size.D),
  ...allStates(cell, size),
];
const embeddedBothWays: Network = (cell, { D, H }) => [embedding(D + 1), bidirectional(cell, { units: H })];
const encoderDecoder: Network = (cell, size) => [
  ...lastState(cell, size),
  repeatVector(size.T),
  ...allStates(cell, size),
];
const repeatedOutput: Network = (cell, size) => [...lastState(cell, size), repeatVector(size.T)];
const bothWays: Network = (cell, { H }) => [bidirectional(cell, { units: H })];
const bothWaysTwice: Network = (cell, { H }) => [
  bidirectional(cell, { units: H, returnSequences: true }),
  bidirectional(cell, { units: H - 1, returnSequences: true }),
];

const merged =
  (mergeMode: MergeMode, returnSequences: boolean): Network =>
  (cell, { H }) => [bidirectional(cell, { units: H, returnSequences, mergeMode })];
const backwards =
  (returnSequences: boolean): Network =>
  (cell, { H }) => [recurrent(cell, { units: H, returnSequences, goBackwards: true })];
const backwardsTwice: Network = (cell, size) => [
  ...backwards(true)(cell, size),
  ...backwards(true)(cell, size),
];

const rates = { dropout: 0.3, recurrentDropout: 0.4 };
const dropping: Network = (cell, { H }) => [recurrent(cell, { units: H, returnSequences: true, ...rates })];
const droppingBetween: Network = (cell, size) => [
  ...allStates(cell, size),
  dropout(0.4),
  ...lastState(cell, size),
  dropout(0.4),
];
const droppingEmbedded: Network = (cell, size) => [
  embedding(size.D + 1),
  spatialDropout1D(0.3),
  ...dropping(cell, size),
];
const droppingBothWays: Network = (cell, { D, H }) => [
  embedding(D + 1),
  bidirectional(cell, { units: H, returnSequences: true, ...rates }),
];
const droppingDecoder: Network = (cell, size) => [
  ...lastState(cell, size),
  repeatVector(size.T),
  spatialDropout1D(0.3),
  ...dropping(cell, size),
];
const droppingRepeated: Network = (cell, size) => [
  ...lastState(cell, size),
  repeatVector(size.T),
  dropout(0.3),
  ...allStates(cell, size),
];
const maskedByZeros: Network = (cell, { D, H }) => [
  embedding(D + 1, { maskZero: true }),
  recurrent(cell, { units: H, returnSequences: true }),
];

const SMALL: Size = { B: 3, T: 5, D: 3, H: 4, N: 3 };
const REAL: Size = { B: 32, T: 20, D: 32, H: 64, N: 42 };

type Changes = { name: string; windows?: Partial<Windows> } & Partial<
  Omit<Configuration, 'name' | 'windows'>
>;

/** One layer, last state, everything else off, but for the changes. */
function configuration({ windows, ...changes }: Changes): Configuration {
  return {
    by: 'entries',
    size: SMALL,
    network: lastState,
    oneHot: false,
    columns: 1,
    loss: 'softmaxCrossEntropy',
    initialState: false,
    real: null,
    weights: false,
    windows: { count: 1, advance: (changes.size ?? SMALL).T, from: 0, ...windows },
    ...changes,
  };
}

/** The last two of three overlapping windows, with padding and weights, in two layers. */
export const EVERYTHING = configuration({
  name: 'everything at once',
  network: twoLayersAllStates,
  initialState: true,
  weights: true,
  real: (t, b) => (t + b) % 4 !== 1,
  windows: { count: 3, advance: 2, from: 1 },
});

const changes: Changes[] = [
  { name: 'last state' },
  { name: 'all states', network: allStates },
  { name: 'one step', size: { ...SMALL, T: 1 }, initialState: true },
  { name: 'initial state', initialState: true },
  { name: 'two layers, last state', network: twoLayers, initialState: true },
  { name: 'two layers, all states', network: twoLayersAllStates, initialState: true },

  { name: 'window 2, carried state', windows: { count: 2, from: 1 } },
  { name: 'sum of 3 windows', network: allStates, windows: { count: 3 } },
  { name: 'BPTT(2, 5): overlapping windows', windows: { count: 3, advance: 2 } },

  { name: 'mask: left', real: (t, b) => t >= b, initialState: true },
  { name: 'mask: middle', real: (t, b) => t !== b + 1, initialState: true },
  { name: 'mask: right', real: (t, b) => t < SMALL.T - b, initialState: true },
  { name: 'mask: a whole row', real: (_, b) => b !== 1, initialState: true, network: allStates },
  { name: 'mask: two layers', real: (t, b) => t !== 3 - b, initialState: true, network: twoLayersAllStates },

  { name: 'one-hot input', oneHot: true, network: allStates },
  { name: 'weights on loss rows', network: allStates, weights: true },
  { name: 'binary cross-entropy', loss: 'binaryCrossEntropy' },
  { name: 'mean squared error', loss: 'meanSquaredError', weights: true },

  { name: 'embedding', oneHot: true, network: embedded },
  { name: 'embedding, masked', oneHot: true, network: embedded, real: (t, b) => t !== 3 - b },
  { name: 'embedding under a dense layer', oneHot: true, network: embeddedDense },
  { name: 'embedding read both ways', oneHot: true, network: embeddedBothWays },
  { name: 'encoder and decoder', network: encoderDecoder, initialState: true },
  {
    name: 'encoder and decoder, mask',
    network: encoderDecoder,
    initialState: true,
    real: (t, b) => t !== 3 - b,
  },
  { name: 'the last state at every step', network: repeatedOutput },
  { name: 'bidirectional, last states', network: bothWays, initialState: true },
  { name: 'bidirectional, two layers', network: bothWaysTwice, initialState: true },
  {
    name: 'bidirectional, two layers, mask',
    network: bothWaysTwice,
    initialState: true,
    real: (t, b) => (t + b) % 3 !== 1,
  },
  ...(['sum', 'ave', 'mul'] as const).flatMap((mode): Changes[] => [
    { name: `bidirectional, ${mode}`, network: merged(mode, true), initialState: true },
    {
      name: `bidirectional, ${mode}, last states, mask`,
      network: merged(mode, false),
      real: (t, b) => t >= b,
    },
  ]),
  {
    name: 'bidirectional, mask, a loss that counts padding',
    network: merged('sum', true),
    weights: true,
    real: (t, b) => t !== 3 - b,
  },
  { name: 'backwards, last state', network: backwards(false), initialState: true },
  { name: 'backwards, all states', network: backwards(true) },
  { name: 'backwards twice, mask', network: backwardsTwice, real: (t, b) => t >= b, initialState: true },

  { name: 'dropout', network: dropping, initialState: true },
  { name: 'dropout, mask', network: dropping, initialState: true, real: (t, b) => t !== 3 - b },
  { name: 'dropout, window 2, carried state', network: dropping, windows: { count: 2, from: 1 } },
  { name: 'dropout between layers and before the last', network: droppingBetween, initialState: true },
  { name: 'dropout of an embedding', oneHot: true, network: droppingEmbedded },
  { name: 'dropout of an embedding read both ways', oneHot: true, network: droppingBothWays },
  { name: 'dropout of what is repeated', network: droppingDecoder },
  { name: 'dropout of each repetition by itself', network: droppingRepeated },

  { name: 'embedding that masks zeros', oneHot: true, network: maskedByZeros },
  { name: 'embedding of three symbols a step', oneHot: true, columns: 3, network: embedded },
  { name: 'embedding of two symbols a step, masked', oneHot: true, columns: 2, network: maskedByZeros },
];

export const SMALL_CONFIGURATIONS: readonly Configuration[] = [...changes.map(configuration), EVERYTHING];

export const REAL_CONFIGURATIONS: readonly Configuration[] = [
  configuration({
    name: 'B 32, T 20, D 32, H 64',
    by: 'projection',
    size: REAL,
    network: allStates,
    initialState: true,
    // Examples of 5 to 20 steps, padded on the left.
    real: (t, b) => t >= b % 16,
  }),
];

export const CONFIGURATIONS = [...SMALL_CONFIGURATIONS, ...REAL_CONFIGURATIONS];
