/** The guided tour: five states of the page, each with an address. */
import { DEFAULTS, fromHash, type Settings } from './state.js';

export interface Stop {
  readonly title: string;
  readonly settings: Settings;
  /** What to do and see, in a sentence or two. */
  readonly says: string;
  /** Where the slider of the graph is: 0.5 between forward and backward, 1 at the end of both. */
  readonly share: number;
}

export const TOUR: readonly Stop[] = [
  {
    title: 'Untrained',
    settings: DEFAULTS,
    says: 'It guesses among all characters. Press Train: the loss leaves the dotted line, and panel 2 turns from noise into words.',
    share: 0.5,
  },
  {
    title: 'It forgets',
    settings: { ...DEFAULTS, cell: 'rnn', radius: 0.5 },
    says: 'A tanh-RNN whose W has spectral radius 0.5. Move the slider back through time: 20 steps before the loss nothing is left of the gradient.',
    share: 0.85,
  },
  {
    title: 'It remembers',
    settings: { ...DEFAULTS, bias: 3 },
    says: 'An LSTM whose forget gates start open, at a bias of 3. Along c the gradient arrives at the first characters; along h it does not.',
    share: 1,
  },
  {
    title: 'It explodes',
    settings: { ...DEFAULTS, cell: 'rnn', radius: 1.5, rate: 0.3 },
    says: 'Spectral radius 1.5, and a rate that is too high. Train it: the loss rises above that of guessing. Then take the remedy.',
    share: 1,
  },
  {
    title: 'Your text',
    settings: { ...DEFAULTS, text: 'own' },
    says: 'Drop a text on the page, or choose Text, Your own. It stays in this tab; a few thousand characters are enough to see it learn.',
    share: 0.5,
  },
];

/** The address of a stop, counted from 1. */
export const tourHash = (stop: number) => `tour=${stop}`;

/** What an address asks for: settings, or those of a stop, which it may change. */
export interface Asked {
  readonly settings: Settings;
  /** The stop, counted from 1; null: none. */
  readonly tour: number | null;
  /** A sentence for each part that could not be used. */
  readonly complaints: readonly string[];
}

/** @param hash the part of an address after `#` */
export function fromAddress(hash: string): Asked {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const asked = given.get('tour');
  given.delete('tour');
  if (asked === null) return { ...fromHash(String(given)), tour: null };
  const stop = TOUR[Number(asked || NaN) - 1];
  const { settings, complaints } = fromHash(String(given), stop?.settings);
  if (stop) return { settings, complaints, tour: Number(asked) };
  const none = `The address was not understood: the tour has the stops 1 to ${TOUR.length}.`;
  return { settings, complaints: [...complaints, none], tour: null };
}
