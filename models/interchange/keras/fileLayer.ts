/** The layers of a file, as it says them, and what each reads. */
import type { JsonRecord } from '../record.js';

/** An output of a layer: its first one, unless it also gives its states. */
export interface Source {
  readonly layer: string;
  readonly output: number;
}

/** A layer of a file. */
export interface FileLayer {
  readonly name: string;
  /** Of the other program: LSTM, or NotEqual for an operation. */
  readonly className: string;
  readonly config: JsonRecord;
  readonly inputs: readonly Source[];
  /** The states it begins with; none: 0. */
  readonly initialState: readonly Source[];
  /** Where its mask comes from; null: it has none; undefined: the file does not say that. */
  readonly mask: Source | null | undefined;
  /** What else it is called with, as the steps of a slice. */
  readonly constants: readonly unknown[];
}

/** The layers of a file, in its order. */
export interface FileNetwork {
  readonly layers: readonly FileLayer[];
  readonly output: Source;
}

/** The classes whose layers have weights, and what Keras calls their groups. */
export const GROUPS: Readonly<Record<string, string>> = {
  ...{ SimpleRNN: 'simple_rnn', LSTM: 'lstm', GRU: 'gru', Bidirectional: 'bidirectional' },
  ...{ Dense: 'dense', TimeDistributed: 'time_distributed', Embedding: 'embedding' },
  LayerNormalization: 'layer_normalization',
};
