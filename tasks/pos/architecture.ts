/** What differs between the two models: how they see words, and their layers. */
import type { TaggedSentence } from '../../datasets/index.js';
import type { Layer } from '../../models/index.js';
import type { TaskSettings } from '../common/checkpoints.js';

/** The settings that determine a model and its training. */
export interface PosSettings extends TaskSettings {
  model: 'chapter' | 'tagger';
  bidirectional: boolean;
  /** Learning rate of Adam. */
  lr: number;
}

/** Words as numbers. */
export interface Reader {
  /** The number of different numbers. 0 is padding. */
  readonly size: number;
  /** Numbers per word. */
  readonly columns: number;
  /** The numbers of the words, word by word. */
  numbers(words: readonly string[]): Int32Array;
}

export interface Architecture {
  readonly defaults: Pick<PosSettings, 'cell' | 'bidirectional' | 'lr'> & {
    readonly units: number;
    readonly epochs: number;
  };
  /** Words read at a time. Shorter sentences are padded at the start, longer ones are read in pieces. */
  readonly length: number;
  /** Whether padding is masked; otherwise the model has to tag it too. */
  readonly masked: boolean;
  /** The symbols in order of their numbers; stored in a saved model. */
  symbols(all: readonly TaggedSentence[], training: readonly TaggedSentence[]): readonly string[];
  reader(symbols: readonly string[]): Reader;
  /** @param classes the number of tags, including PAD */
  layers(settings: PosSettings, classes: number): Layer[];
  /** A short description. */
  describe(settings: PosSettings): string;
}
