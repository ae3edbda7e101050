/** The page's settings. */
import { CELL_NAMES } from '../../cells/names.js';
import { complaintOf, readSettings, writeSettings } from './settings.js';

export interface Settings {
  cell: (typeof CELL_NAMES)[number];
  /** H, the width of the state. */
  units: number;
  /** T, the characters of a window. */
  steps: number;
  /** Windows per training step. */
  batch: number;
  seed: number;
  /** Learning rate of RMSprop. */
  rate: number;
  /** The norm that the gradient is clipped to; null: not clipped. */
  clip: number | null;
  /** The spectral radius that the tanh-RNN's W starts with. */
  radius: number;
  /** The forget bias that an LSTM starts with. */
  bias: number;
  /** The bundled book, or a text of one's own, which is never part of an address. */
  text: 'alice' | 'own';
}

export const DEFAULTS: Settings = {
  cell: 'lstm',
  units: 32,
  steps: 24,
  batch: 128,
  seed: 0,
  rate: 0.01,
  clip: null,
  radius: 1,
  bias: 1,
  text: 'alice',
};

/** The range of each number. */
export const LIMITS = {
  units: { least: 8, most: 128, whole: true },
  steps: { least: 5, most: 50, whole: true },
  batch: { least: 1, most: 1024, whole: true },
  seed: { least: 0, most: 999_999, whole: true },
  rate: { least: 0.00001, most: 1, whole: false },
  clip: { least: 0.01, most: 100, whole: false, orNone: true },
  radius: { least: 0.5, most: 1.5, whole: false },
  bias: { least: -2, most: 3, whole: false },
} as const;

export type NumberName = keyof typeof LIMITS;

/** What is wrong with a number; null: nothing. */
export const complaint = (name: NumberName, value: number) => complaintOf(name, value, LIMITS[name]);

/** A text of one's own stays on the page: the address only says that there was one. */
export const toHash = (settings: Settings): string => writeSettings({ ...settings });

const KINDS = { ...LIMITS, cell: CELL_NAMES, text: ['alice', 'own'] };

/** The settings of an address. @param defaults for what it leaves out */
export const fromHash = (hash: string, defaults = DEFAULTS) => readSettings(hash, defaults, KINDS);
