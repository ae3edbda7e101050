/** The settings of the page in its address. */
import { describe, expect, it } from '@jest/globals';
import {
  complaint,
  DEFAULTS,
  fromHash,
  toHash,
  type NumberName,
  type Settings,
} from '../../../tasks/playground/state.js';
import { TOUR, tourHash } from '../../../tasks/playground/tour.js';

const OTHER: Settings = {
  ...{ cell: 'gru', units: 64, steps: 12, batch: 32, seed: 7, rate: 0.002, clip: 1, radius: 0.9, bias: 3 },
  text: 'own',
};

describe('an address', () => {
  it.each([DEFAULTS, OTHER])('gives back the settings that were written into it', (settings) => {
    expect(fromHash(`#${toHash(settings)}`)).toEqual({ settings, tour: null, complaints: [] });
  });

  it('may be empty: then all settings are the defaults', () => {
    expect(fromHash('')).toEqual({ settings: DEFAULTS, tour: null, complaints: [] });
  });

  it.each([
    ['units=1000', 'units must be a whole number from 8 to 128, not 1000'],
    ['units=8.5', 'units must be a whole number from 8 to 128, not 8.5'],
    ['rate=NaN', 'rate must be a number from 0.00001 to 1, not NaN'],
    ['rate=', 'rate must be a number from 0.00001 to 1, not NaN'],
    ['rate=Infinity', 'rate must be a number from 0.00001 to 1, not Infinity'],
    ['cell=transformer', 'there is no cell "transformer"'],
    ['text=bible', 'text is alice or own, not "bible"'],
    ['layers=3', 'there is no setting "layers"'],
    ['constructor=1', 'there is no setting "constructor"'],
  ])('with %s says so, and leaves the default', (hash, said) => {
    const { settings, complaints } = fromHash(hash);
    expect(settings).toEqual(DEFAULTS);
    expect(complaints).toEqual([expect.stringContaining(said)]);
  });
});

describe('the tour', () => {
  it('has five stops, each with an address of its own that the page understands', () => {
    const hashes = TOUR.map((_, n) => tourHash(n + 1));
    expect(new Set(hashes).size).toBe(5);
    hashes.forEach((hash, n) => {
      expect(fromHash(hash)).toEqual({ settings: TOUR[n]!.settings, tour: n + 1, complaints: [] });
    });
  });

  it('stays within the limits of the settings', () => {
    for (const { settings } of TOUR)
      for (const [name, value] of Object.entries(settings))
        if (typeof value === 'number') expect(complaint(name as NumberName, value)).toBeNull();
  });
});
