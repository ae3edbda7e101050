/** The page's settings, and how they are written into its address: `#cell=lstm&units=32`. */
import { CELL_NAMES } from '../../cells/names.js';

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

interface Limits {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

/** The range of each number. */
export const LIMITS = {
  units: { least: 8, most: 128, whole: true },
  steps: { least: 5, most: 50, whole: true },
  batch: { least: 1, most: 1024, whole: true },
  seed: { least: 0, most: 999_999, whole: true },
  rate: { least: 0.00001, most: 1, whole: false },
  clip: { least: 0.01, most: 100, whole: false },
  radius: { least: 0.5, most: 1.5, whole: false },
  bias: { least: -2, most: 3, whole: false },
} satisfies Record<string, Limits>;

export type NumberName = keyof typeof LIMITS;

/** What is wrong with a number, as a sentence; null: nothing. */
export function complaint(name: NumberName, value: number): string | null {
  const { least, most, whole } = LIMITS[name];
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return null;
  return `${name} must be ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}, not ${value}`;
}

/**
 * The part of an address after `#`. A text of one's own stays on the page: the address only says that there
 * was one.
 */
export function toHash(settings: Settings): string {
  const words = Object.entries(settings).map(([name, value]): [string, string] => [
    name,
    value === null ? 'none' : String(value),
  ]);
  return new URLSearchParams(words).toString();
}

/**
 * The settings of an address.
 * @param hash with or without `#`; what it leaves out has its default
 * @returns the settings, the stop of the tour if it is one, and a sentence for each part that could not be used
 */
export function fromHash(hash: string): { settings: Settings; tour: number | null; complaints: string[] } {
  const settings: Settings = { ...DEFAULTS };
  const complaints: string[] = [];
  let tour: number | null = null;
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ''))) {
    if (name === 'tour') {
      tour = Number(value);
      continue;
    }
    const wrong = read(settings, name, value);
    if (wrong !== null) complaints.push(`The address was not understood: ${wrong}.`);
  }
  return { settings, tour, complaints };
}

/** Puts one part of an address into the settings. @returns what is wrong with it, or null */
function read(settings: Settings, name: string, value: string): string | null {
  if (name === 'cell') {
    const cell = CELL_NAMES.find((one) => one === value);
    if (!cell) return `there is no cell "${value}"; there are ${CELL_NAMES.join(', ')}`;
    settings.cell = cell;
    return null;
  }
  if (name === 'text') {
    if (value !== 'alice' && value !== 'own') return `text is alice or own, not "${value}"`;
    settings.text = value;
    return null;
  }
  if (name === 'clip' && value === 'none') {
    settings.clip = null;
    return null;
  }
  if (!Object.hasOwn(LIMITS, name)) return `there is no setting "${name}"`;
  const number = value.trim() === '' ? NaN : Number(value);
  const wrong = complaint(name as NumberName, number);
  if (wrong === null) settings[name as NumberName] = number;
  return wrong;
}
