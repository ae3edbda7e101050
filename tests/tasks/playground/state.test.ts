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
import {
  fromLabHash,
  LAB_DEFAULTS,
  toLabHash,
  type LabSettings,
} from '../../../tasks/playground/lab/settings.js';
import { fromAddress, TOUR, tourHash } from '../../../tasks/playground/tour.js';

const OTHER: Settings = {
  ...{ cell: 'gru', units: 64, steps: 12, batch: 32, seed: 7, rate: 0.002, clip: 1, radius: 0.9, bias: 3 },
  text: 'own',
};

describe('an address', () => {
  it.each([DEFAULTS, OTHER])('gives back the settings that were written into it', (settings) => {
    expect(fromHash(`#${toHash(settings)}`)).toEqual({ settings, complaints: [] });
  });

  it('may be empty: then all settings are the defaults', () => {
    expect(fromHash('')).toEqual({ settings: DEFAULTS, complaints: [] });
  });

  it.each([
    ['units=1000', 'units must be a whole number from 8 to 128, not 1000'],
    ['units=8.5', 'units must be a whole number from 8 to 128, not 8.5'],
    ['rate=NaN', 'rate must be a number from 0.00001 to 1, not NaN'],
    ['rate=', 'rate must be a number from 0.00001 to 1, not NaN'],
    ['rate=Infinity', 'rate must be a number from 0.00001 to 1, not Infinity'],
    ['cell=transformer', 'there is no cell "transformer"'],
    ['text=bible', 'there is no text "bible"; there are alice, own'],
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
      expect(fromAddress(hash)).toEqual({ settings: TOUR[n]!.settings, tour: n + 1, complaints: [] });
    });
  });

  it.each(['0', '6', '9', '1.5', 'x', ''])('has no stop %s, and says so', (stop) => {
    const { settings, tour, complaints } = fromAddress(`#tour=${stop}&units=16`);
    expect([settings.units, tour]).toEqual([16, null]);
    expect(complaints).toEqual(['The address was not understood: the tour has the stops 1 to 5.']);
  });

  it('may be left: what an address says besides counts', () => {
    const { settings, tour } = fromAddress('#tour=2&units=16');
    expect([settings, tour]).toEqual([{ ...TOUR[1]!.settings, units: 16 }, 2]);
  });

  it('stays within the limits of the settings', () => {
    for (const { settings } of TOUR)
      for (const [name, value] of Object.entries(settings))
        if (typeof value === 'number') expect(complaint(name as NumberName, value)).toBeNull();
  });
});

describe('an address of the lab', () => {
  it.each<LabSettings>([
    LAB_DEFAULTS,
    {
      ...{ one: 'gru', other: 'lstmPeephole', steps: 20, units: 8, rate: 0.002, clip: null, seed: 3 },
      ...{ radius: 1.5, bias: -1, gradient: 'h', cell: 'rnn' },
    },
  ])('gives back the settings that were written into it', (settings) => {
    expect(fromLabHash(`#${toLabHash(settings)}`)).toEqual({ settings, complaints: [] });
  });

  it('has only what differs from the defaults', () => {
    expect(toLabHash(LAB_DEFAULTS)).toBe('');
    expect(toLabHash({ ...LAB_DEFAULTS, steps: 20, clip: null })).toBe('steps=20&clip=none');
  });

  it.each([
    ['steps=1', 'steps must be a whole number from 2 to 200, not 1'],
    ['one=transformer', 'there is no one "transformer"'],
    ['bias=9', 'bias must be a number from -1 to 5, not 9'],
    ['layers=3', 'there is no setting "layers"'],
  ])('with %s says so, and leaves the default', (hash, said) => {
    const { settings, complaints } = fromLabHash(hash);
    expect(settings).toEqual(LAB_DEFAULTS);
    expect(complaints).toEqual([expect.stringContaining(said)]);
  });
});
