/** The bench page's settings in its address. */
import { expect, it } from '@jest/globals';
import { BROWSER_COMPETITORS } from '../../bench/browser/competitors.js';
import { DEFAULTS, fromHash, toHash } from '../../bench/browser/settings.js';
import { BROWSER_STEPS } from '../../bench/browser/steps.js';

it('The default needs no address', () => {
  expect(toHash(DEFAULTS)).toBe('');
  expect(fromHash('')).toEqual({ settings: DEFAULTS, complaints: [] });
});

it.each(BROWSER_STEPS.map(({ id }) => id))('%s comes back from its address', (step) => {
  for (const [n, { id }] of BROWSER_COMPETITORS.entries()) {
    const competitors = n === 0 ? (['ours1'] as const) : (['ours1', id] as const);
    const settings = { step, rounds: n + 1, competitors };
    expect(fromHash(`#${toHash(settings)}`)).toEqual({ settings, complaints: [] });
  }
});

it.each(['step=alise', 'rounds=0', 'rounds=1.5', 'rounds=51', 'rounds=', 'with=tfjs'])(
  'An address with %s gets the default, and a sentence',
  (hash) => {
    const { settings, complaints } = fromHash(`#${hash}`);
    expect(settings).toEqual(DEFAULTS);
    expect(complaints).toEqual([`The address has ${hash}, which is unknown here.`]);
  },
);
