/** Models whose passes are enough work for several threads but fast enough for a test. */
import type { Cell } from '../../cells/index.js';
import {
  bidirectional,
  dense,
  dropout,
  embedding,
  features,
  layerNormalization,
  oneHot,
  recurrent,
  repeatVector,
  residual,
  spatialDropout1D,
  type InputSpec,
  type Layer,
} from '../../models/index.js';

export const [T, WORDS] = [4, 35];
const [D, H] = [3, 18];
/** Widths for models whose examples share work: with the widest embedding it is enough to be partitioned. */
const [WIDE, EMBEDDING] = [64, 224];
/** Too little work is not partitioned, so the last layer is wide enough to exceed this. */
const ENOUGH = 600_000;
const widthOf = (rows: number, inputs = H) => Math.ceil(ENOUGH / rows / inputs);

const sequence = { units: H, returnSequences: true };
const dropping = { dropout: 0.3, recurrentDropout: 0.4 };
export type Layout = readonly [InputSpec, ...Layer[]];
/** @param B the batch size */
export const models: Record<string, (cell: Cell, B: number) => Layout> = {
  'all states': (cell, B) => [features(D), recurrent(cell, sequence), dense(widthOf(T * B))],
  'two layers and the last state': (cell, B) => [
    features(D),
    recurrent(cell, sequence),
    recurrent(cell, { units: H }),
    dense(widthOf(B)),
  ],
  symbols: (cell, B) => [oneHot(WORDS), recurrent(cell, sequence), dense(widthOf(T * B))],
  activations: (cell, B) => [
    features(D),
    ...(['relu', 'tanh', 'sigmoid', 'softmax'] as const).map((activation) => dense(H, { activation })),
    recurrent(cell, sequence),
    dense(widthOf(T * B), { activation: 'tanh' }),
  ],
  'layer normalization and residuals': (cell, B) => [
    features(D),
    dense(H),
    residual(recurrent(cell, sequence)),
    layerNormalization(),
    residual(dense(H)),
    dense(widthOf(T * B)),
  ],
  'an embedding': (cell, B) => [
    oneHot(WORDS),
    embedding(EMBEDDING),
    recurrent(cell, { units: WIDE, returnSequences: true }),
    dense(widthOf(T * B, WIDE)),
  ],
  'an embedding whose rows are written out': (cell, B) => [
    oneHot(WORDS),
    embedding(7),
    dense(20),
    recurrent(cell, { units: H }),
    dense(widthOf(B)),
  ],
  'both directions': (cell, B) => [features(D), bidirectional(cell, sequence), dense(widthOf(T * B, 2 * H))],
  'an embedding, both directions': (cell, B) => [
    oneHot(WORDS),
    embedding(EMBEDDING),
    bidirectional(cell, { units: WIDE }),
    dense(widthOf(B, 2 * WIDE)),
  ],
  'a repeated state': (cell, B) => [
    features(D),
    recurrent(cell, { units: H }),
    repeatVector(T),
    recurrent(cell, sequence),
    dense(widthOf(T * B)),
  ],
  'every kind of dropout': (cell, B) => [
    features(D),
    dropout(0.2),
    recurrent(cell, { ...sequence, ...dropping }),
    spatialDropout1D(0.3),
    bidirectional(cell, { units: H, ...dropping }),
    dropout(0.5),
    dense(widthOf(B, 2 * H)),
  ],
  'dropout per gate': (cell, B) => [
    features(D),
    dense(H),
    recurrent(cell, { ...sequence, ...dropping, dropoutPerGate: true }),
    dense(widthOf(T * B)),
  ],
  'an embedding, and dropout of the words of each direction': (cell, B) => [
    oneHot(WORDS),
    embedding(20),
    bidirectional(cell, { ...sequence, ...dropping }),
    dropout(0.5),
    dense(widthOf(T * B, 2 * H)),
  ],
};
