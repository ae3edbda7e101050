import { describe, expect, it } from '@jest/globals';
import { clockIn, timeIn, type DateOrder } from '../../datasets/series/times.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const time = (text: string, order: DateOrder = 'dmy') => timeIn(bytes(text), 0, text.length, order);
const iso = (milliseconds: number) => new Date(milliseconds).toISOString().replace('.000Z', '');

describe('timeIn(bytes, from, to, order)', () => {
  it.each([
    ['2011-01-02 00:15:00', '2011-01-02T00:15:00'],
    ['2011-01-02T00:15', '2011-01-02T00:15:00'],
    ['2011/1/2 0:15', '2011-01-02T00:15:00'],
    ['2011-01-02', '2011-01-02T00:00:00'],
    ['20110102', '2011-01-02T00:00:00'],
    ['20110102 0015', null],
    ['20110102 00:15', '2011-01-02T00:15:00'],
    ['20110102T00:15:30', '2011-01-02T00:15:30'],
    ['2015-01-01T00:00:00Z', '2015-01-01T00:00:00'],
    ['2015-01-01T00:00:00+01:00', '2014-12-31T23:00:00'],
    ['2015-01-01 00:00:00-0330', '2015-01-01T03:30:00'],
    ['2015-01-01T00:00:00.250+02', '2014-12-31T22:00:00.250Z'],
    ['2015-01-01 00:00:00 UTC', '2015-01-01T00:00:00'],
    ['02.01.2011 00:15', '2011-01-02T00:15:00'],
    ['02/01/2011 00:15:59', '2011-01-02T00:15:59'],
    ['2.1.11 24:00', '2011-01-03T00:00:00'],
    ['2-Jan-2011 00:15', '2011-01-02T00:15:00'],
    ['Jan 2, 2011 00:15', '2011-01-02T00:15:00'],
    ['2 January 2011', '2011-01-02T00:00:00'],
    ['01/02/2011 11:45 PM', '2011-02-01T23:45:00'],
    ['01/02/2011 12:00 am', '2011-02-01T00:00:00'],
    ['01.01.2015 00:00 - 01.01.2015 01:00', '2015-01-01T00:00:00'],
    ['28.10.2018 02:00 (CEST) - 28.10.2018 02:15', '2018-10-28T02:00:00'],
    ['2012-02-29', '2012-02-29T00:00:00'],
    ['2011-02-29', null],
    ['2000-02-29', '2000-02-29T00:00:00'],
    ['1900-02-29', null],
    ['2011-13-01', null],
    ['2011-01-01 24:01', null],
    ['2011-01-01 00:60', null],
    ['2011-01-01 00:00:00+1', null],
    ['2011-01-01 13:00 PM', null],
    ['2011-01', null],
    ['later', null],
    ['1', null],
    ['', null],
  ])('reads %j as %s', (text, expected) => {
    const found = time(text);
    expect(Number.isNaN(found) ? null : iso(found)).toBe(expected);
  });

  it('reads the month first where it is so', () => {
    expect(iso(time('01/02/2011', 'mdy'))).toBe('2011-01-02T00:00:00');
    expect(time('31/12/2011', 'mdy')).toBeNaN();
    // Whatever the order, a year of four digits at the beginning is one.
    expect(iso(time('2011-01-02', 'mdy'))).toBe('2011-01-02T00:00:00');
  });

  it('agrees with Date.UTC on every day of 400 years', () => {
    for (let day = Date.UTC(1800, 0, 1); day < Date.UTC(2200, 0, 1); day += 86_400_000)
      if (time(new Date(day).toISOString().slice(0, 10)) !== day) expect(new Date(day)).toBe('that day');
  });
});

describe('clockIn(bytes, from, to)', () => {
  it.each([
    ['17:24:00', 62_640_000],
    ['0:05', 300_000],
    ['24:00', 86_400_000],
    ['17', null],
    ['17.24', null],
    ['25:00', null],
  ])('reads %j', (text, expected) => {
    const found = clockIn(bytes(text), 0, text.length);
    expect(Number.isNaN(found) ? null : found).toBe(expected);
  });
});
