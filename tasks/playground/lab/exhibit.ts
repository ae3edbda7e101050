/**
 * What the lab shows: settings of the adding problem and of the four topologies, as the page asks for them.
 */
import type { CELL_NAMES } from '../../../cells/names.js';
import { complaintOf } from '../settings.js';

export type CellName = (typeof CELL_NAMES)[number];

/** Networks that learn the adding problem from the same examples, batch by batch. */
export interface AddingExhibit {
  readonly kind: 'adding';
  readonly cells: readonly CellName[];
  /** T, the numbers of a sequence. */
  readonly steps: number;
  readonly units: number;
  readonly rate: number;
  /** The norm that the gradient is clipped to; null: not clipped. */
  readonly clip: number | null;
  readonly seed: number;
  /** The spectral radius that a tanh-RNN's W starts with; null: as the layer makes it. */
  readonly radius: number | null;
  /** The bias that the forget gate of an LSTM starts with; null: as the layer makes it. */
  readonly bias: number | null;
  /** Whether gradients are followed, which takes time. */
  readonly hasFlows: boolean;
}

export const TOPOLOGY_NAMES = ['adding', 'copy', 'label', 'reverse'] as const;

/** One of the programs of `npm start -- topology`, with its default settings. */
export interface TopologyExhibit {
  readonly kind: 'topology';
  readonly name: (typeof TOPOLOGY_NAMES)[number];
  readonly cell: CellName;
  readonly seed: number;
}

export type Exhibit = AddingExhibit | TopologyExhibit;

/** Those of the first chart. With these a tanh-RNN learns nothing, and a gated cell does. */
export const ADDING: AddingExhibit = {
  ...{ kind: 'adding', cells: ['rnn', 'lstm'], steps: 60, units: 32, rate: 0.01, clip: 1, seed: 0 },
  ...{ radius: null, bias: null, hasFlows: false },
};

/** Those of the second: the networks of `npm start -- lab --steps 60`, which learn a little faster here. */
export const FLOWS: AddingExhibit = {
  ...{ kind: 'adding', cells: ['rnn', 'lstm', 'gru'], steps: 60, units: 64, rate: 0.005, clip: 1, seed: 0 },
  ...{ radius: 1, bias: 1, hasFlows: true },
};

/** Fewer numbers than the command has by default, so that it is learnt within a minute. */
export const SIZES: Readonly<Partial<Record<TopologyExhibit['name'], number>>> = { adding: 20 };

export const LIMITS = {
  steps: { least: 2, most: 200, whole: true },
  units: { least: 4, most: 128, whole: true },
  rate: { least: 0.00001, most: 1, whole: false },
  clip: { least: 0.01, most: 100, whole: false, orNone: true },
  seed: { least: 0, most: 999_999, whole: true },
} as const;

export type NumberName = keyof typeof LIMITS;

/** What is wrong with a number, as a sentence; null: nothing. */
export function complaint(name: NumberName, value: number): string | null {
  const wrong = complaintOf(name, value, LIMITS[name]);
  return wrong && `The ${wrong}.`.replace('not NaN', 'not empty');
}
