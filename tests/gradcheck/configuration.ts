/** A situation in which a cell is checked. */
import type { LossName } from '../../models/index.js';
import * as networks from './networks.js';
import type { Network, Size } from './networks.js';

/** The topic of a configuration; the summary has a row for each. */
export type Kind =
  | 'plain'
  | 'two layers'
  | 'bidirectional'
  | 'masked'
  | 'stateful carry'
  | 'truncated'
  | 'dropout with fixed masks'
  | 'embedding'
  | 'encoder and decoder'
  | 'activations'
  | 'normalization and residuals'
  | 'all at once, and large';

export interface Configuration {
  readonly name: string;
  readonly kind: Kind;
  /**
   * `entries`: perturb every entry of every tensor. `projection`: one direction per tensor, of random
   * lengths.
   */
  readonly by: 'entries' | 'projection';
  readonly size: Size;
  /** The layers between the input and a dense layer. */
  readonly network: Network;
  readonly oneHot: boolean;
  /** Symbols per step, for one-hot input. */
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

/**
 * Windows of T steps, each `advance` steps after the previous one; those before number `from` only carry
 * state.
 */
export interface Windows {
  readonly count: number;
  readonly advance: number;
  readonly from: number;
}

export const SMALL: Size = { B: 3, T: 5, D: 3, H: 4, N: 3 };
export const REAL: Size = { B: 32, T: 20, D: 32, H: 64, N: 42 };

export type Changes = { name: string; windows?: Partial<Windows> } & Partial<
  Omit<Configuration, 'name' | 'kind' | 'windows'>
>;

/** One layer, last state, everything else off, except for the changes. */
export function configuration({ windows, ...changes }: Changes & { kind: Kind }): Configuration {
  return {
    by: 'entries',
    size: SMALL,
    network: networks.lastState,
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
