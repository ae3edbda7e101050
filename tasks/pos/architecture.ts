/** What the two programs differ in: how a model sees words, and which layers it is made of. */
import type { TaggedSentence } from '../../datasets/index.js';
import type { Layer } from '../../models/index.js';
import type { TaskSettings } from '../common/checkpoints.js';

/** What makes a model and its training what they are. */
export interface PosSettings extends TaskSettings {
  model: 'chapter' | 'tagger';
  bidirectional: boolean;
  /** Learning rate of Adam. */
  lr: number;
}

/** Words as numbers. */
export interface Reader {
  /** How many numbers there are. 0 is padding. */
  readonly size: number;
  /** How many of them stand for one word. */
  readonly columns: number;
  /** The numbers of the words, word by word. */
  numbers(words: readonly string[]): Int32Array;
}

export interface Architecture {
  readonly defaults: Pick<PosSettings, 'cell' | 'bidirectional' | 'lr'> & { readonly epochs: number };
  /** Words that are read at a time. Shorter sentences have padding before them, longer ones are read in pieces. */
  readonly length: number;
  /** Whether padding is left out; otherwise the model has to tag it as well. */
  readonly masked: boolean;
  /** What gets a number, by number; a saved model keeps it. */
  symbols(all: readonly TaggedSentence[], training: readonly TaggedSentence[]): readonly string[];
  reader(symbols: readonly string[]): Reader;
  /** @param classes the tags and PAD */
  layers(settings: PosSettings, classes: number): Layer[];
  /** In a few words. */
  describe(settings: PosSettings): string;
}
