/** The networks in which cells are checked: the layers between the input and a dense layer. */
import {
  bidirectional,
  dense,
  dropout,
  embedding,
  encoderDecoder,
  layerNormalization,
  recurrent,
  repeatVector,
  residual,
  spatialDropout1D,
  timeDistributed,
  type ActivationName,
  type Cell,
  type Layer,
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

/** Layers of `cell`, built for this size. */
export type Network = (cell: Cell, size: Size) => Layer[];

export const lastState: Network = (cell, { H }) => [recurrent(cell, { units: H })];
export const allStates: Network = (cell, { H }) => [recurrent(cell, { units: H, returnSequences: true })];
export const twoLayers: Network = (cell, size) => [...allStates(cell, size), ...lastState(cell, size)];
export const twoLayersAllStates: Network = (cell, size) => [
  ...allStates(cell, size),
  ...allStates(cell, size),
];
export const activated =
  (activation: ActivationName): Network =>
  (cell, size) => [
    dense(size.D, { activation }),
    ...allStates(cell, size),
    timeDistributed(dense(size.N, { activation })),
  ];
export const activatedState: Network = (cell, size) => [
  ...lastState(cell, size),
  dense(size.H, { activation: 'tanh' }),
  repeatVector(size.T),
  dense(size.D, { activation: 'sigmoid' }),
];
// Rows of nearly equal numbers would curve too much for finite differences.
const SMOOTH = { epsilon: 0.5 };
export const normalized: Network = (cell, size) => [
  layerNormalization(SMOOTH),
  ...allStates(cell, size),
  layerNormalization(SMOOTH),
];
export const normalizedEmbedding: Network = (cell, size) => [
  embedding(size.D + 1),
  layerNormalization(SMOOTH),
  ...lastState(cell, size),
  layerNormalization(SMOOTH),
  repeatVector(size.T),
  layerNormalization(SMOOTH),
];
export const residuals: Network = (cell, { D }) => [
  residual(dense(D, { activation: 'tanh' })),
  residual(residual(layerNormalization(SMOOTH))),
  residual(recurrent(cell, { units: D, returnSequences: true })),
  residual(bidirectional(cell, { units: D, returnSequences: true, mergeMode: 'sum' })),
];
export const residualsDropping: Network = (cell, { D }) => [
  dense(D, { activation: 'tanh' }),
  residual(dropout(0.3)),
  residual(recurrent(cell, { units: D, returnSequences: true, goBackwards: true, ...rates })),
  residual(dropout(0)),
];
export const embedded: Network = (cell, size) => [embedding(size.D + 1), ...allStates(cell, size)];
export const embeddedDense: Network = (cell, size) => [
  embedding(size.D + 1),
  dense(size.D),
  ...allStates(cell, size),
];
export const embeddedBothWays: Network = (cell, { D, H }) => [
  embedding(D + 1),
  bidirectional(cell, { units: H }),
];
export const repeatedState: Network = (cell, size) => [
  ...lastState(cell, size),
  repeatVector(size.T),
  ...allStates(cell, size),
];
export const handingOn: Network = (cell, { H }) => [encoderDecoder(cell, { units: H, sourceSteps: 2 })];
export const handingOnEmbedded: Network = (cell, size) => [
  embedding(size.D + 1, { maskZero: true }),
  encoderDecoder(cell, { units: size.H, sourceSteps: 3 }),
];
export const handingOnDropping: Network = (cell, size) => [
  ...allStates(cell, size),
  encoderDecoder(cell, { units: size.H, sourceSteps: 2, ...rates }),
];
export const repeatedOutput: Network = (cell, size) => [...lastState(cell, size), repeatVector(size.T)];
export const bothWays: Network = (cell, { H }) => [bidirectional(cell, { units: H })];
export const bothWaysTwice: Network = (cell, { H }) => [
  bidirectional(cell, { units: H, returnSequences: true }),
  bidirectional(cell, { units: H - 1, returnSequences: true }),
];

export const merged =
  (mergeMode: MergeMode, returnSequences: boolean): Network =>
  (cell, { H }) => [bidirectional(cell, { units: H, returnSequences, mergeMode })];
export const backwards =
  (returnSequences: boolean): Network =>
  (cell, { H }) => [recurrent(cell, { units: H, returnSequences, goBackwards: true })];
export const backwardsTwice: Network = (cell, size) => [
  ...backwards(true)(cell, size),
  ...backwards(true)(cell, size),
];

const rates = { dropout: 0.3, recurrentDropout: 0.4 };
const perGate = { ...rates, dropoutPerGate: true };
export const dropping: Network = (cell, { H }) => [
  recurrent(cell, { units: H, returnSequences: true, ...rates }),
];
export const droppingPerGate: Network = (cell, { H }) => [
  recurrent(cell, { units: H, returnSequences: true, ...perGate }),
];
export const droppingPerGateBothWays: Network = (cell, { D, H }) => [
  embedding(D + 1),
  bidirectional(cell, { units: H, ...perGate }),
  repeatVector(2),
  recurrent(cell, { units: H, ...perGate, recurrentDropout: 0 }),
];
export const droppingBetween: Network = (cell, size) => [
  ...allStates(cell, size),
  dropout(0.4),
  ...lastState(cell, size),
  dropout(0.4),
];
export const droppingEmbedded: Network = (cell, size) => [
  embedding(size.D + 1),
  spatialDropout1D(0.3),
  ...dropping(cell, size),
];
export const droppingBothWays: Network = (cell, { D, H }) => [
  embedding(D + 1),
  bidirectional(cell, { units: H, returnSequences: true, ...rates }),
];
export const droppingDecoder: Network = (cell, size) => [
  ...lastState(cell, size),
  repeatVector(size.T),
  spatialDropout1D(0.3),
  ...dropping(cell, size),
];
export const droppingRepeated: Network = (cell, size) => [
  ...lastState(cell, size),
  repeatVector(size.T),
  dropout(0.3),
  ...allStates(cell, size),
];
export const maskedByZeros: Network = (cell, { D, H }) => [
  embedding(D + 1, { maskZero: true }),
  recurrent(cell, { units: H, returnSequences: true }),
];
