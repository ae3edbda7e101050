/** Reading tables for tests, and public energy tables, a few lines of each form. */
import { readSeries } from '../../datasets/index.js';

export const bytes = (text: string) => new TextEncoder().encode(text);

/** The bytes in pieces of `size`. */
async function* pieces(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += size) {
    await Promise.resolve();
    yield content.subarray(from, from + size);
  }
}

export const read = (text: string | Uint8Array, column: string | null = null, size = 1000) =>
  readSeries(pieces(typeof text === 'string' ? bytes(text) : text, size), column, 'x.csv');

const HEADER = '"";"MT_001";"MT_002";"MT_003"\n';
export const LD2011 =
  HEADER +
  '"2011-01-01 00:15:00";0;3,8071065989848;1\n' +
  '"2011-01-01 00:30:00";0;17;1,5E-2\n' +
  '"2011-01-01 00:45:00";-2;0,25;1\n';

/** Public energy tables, each with its column, first time, minutes and readings. */
export const FORMS: [string, string, string | null, [start: number, minutes: number], number[]][] = [
  [
    'UCI electricity load diagrams',
    LD2011,
    'MT_002',
    [Date.UTC(2011, 0, 1, 0, 15), 15],
    [3.8071065989848, 17, 0.25],
  ],
  [
    'UCI household power, with ? for what is missing',
    'Date;Time;Global_active_power;Voltage\n' +
      '16/12/2006;17:30:00;4.200;234.840\n16/12/2006;17:35:00;?;?\n16/12/2006;17:40:00;5.400;233.290\n',
    'Global_active_power',
    [Date.UTC(2006, 11, 16, 17, 30), 5],
    [4.2, 4.8, 5.4],
  ],
  [
    'ENTSO-E, with ranges of times',
    '"Time (CET/CEST)","Day-ahead Total Load Forecast [MW] - BZN|DE","Actual Total Load [MW] - BZN|DE"\n' +
      '"01.01.2019 00:00 - 01.01.2019 00:15","44,000","43,512"\n' +
      '"01.01.2019 00:15 - 01.01.2019 00:30","43,900","-"\n' +
      '"01.01.2019 00:30 - 01.01.2019 00:45","43,900","42,512"\n',
    'actual total load [mw] - bzn|de',
    [Date.UTC(2019, 0, 1), 15],
    [43512, 43012, 42512],
  ],
  [
    'PJM, whose days are not in order',
    'Datetime,PJME_MW\n2004-12-31 01:00:00,5.0\n2004-12-31 02:00:00,6.0\n2004-12-30 23:00:00,3.0\n2004-12-31 00:00:00,4.0\n',
    null,
    [Date.UTC(2004, 11, 30, 23), 60],
    [3, 4, 5, 6],
  ],
  [
    'Open Power System Data, in UTC, empty at the beginning and within',
    'utc_timestamp,cet_cest_timestamp,DE_load,DE_solar\n2014-12-31T23:00:00Z,2015-01-01T00:00:00+0100,,\n' +
      '2015-01-01T00:00:00Z,2015-01-01T01:00:00+0100,41151.0,\n2015-01-01T01:00:00Z,2015-01-01T02:00:00+0100,,\n' +
      '2015-01-01T02:00:00Z,2015-01-01T03:00:00+0100,40135.0,71.0\n',
    'DE_load',
    [Date.UTC(2015, 0, 1), 60],
    [41151, 40643, 40135],
  ],
  [
    'ETT',
    'date,HUFL,OT\n2016-07-01 00:00:00,5.82,30.5\n2016-07-01 01:00:00,5.69,27.7\n',
    'OT',
    [Date.UTC(2016, 6, 1), 60],
    [30.5, 27.7],
  ],
];
