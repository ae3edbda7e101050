/** Tables of readings in the forms in which energy data are published. Each begins on Monday, 4 March 2019. */

const MINUTE = 60_000;
const START = Date.UTC(2019, 2, 4);

/** `2019`, `03`, `04`, `00`, `15`, `00` */
const parts = (time: number) =>
  new Date(time).toISOString().slice(0, 19).split(/\D/) as [string, string, string, string, string, string];
const iso = (time: number) => new Date(time).toISOString().slice(0, 19);

/** UCI, individual household: one line a minute, semicolons, `?` for what is missing. Each reading is 15 lines. */
export function householdTable(readings: Float64Array): string {
  const lines = Array.from({ length: readings.length * 15 }, (_, n) => {
    const [year, month, day, hour, minute, second] = parts(START + n * MINUTE);
    const value = n % 997 < 3 ? '?;?' : `${readings[Math.floor(n / 15)]!.toFixed(3)};240.1`;
    return `${Number(day)}/${Number(month)}/${year};${hour}:${minute}:${second};${value}\n`;
  });
  return 'Date;Time;Global_active_power;Voltage\n' + lines.join('');
}

/** UCI, load diagrams: decimal commas, quoted times. */
export function diagramsTable(readings: Float64Array): string {
  const lines = Array.from(
    readings,
    (value, n) => `"${iso(START + n * 15 * MINUTE).replace('T', ' ')}";0;${`${value}`.replace('.', ',')}\n`,
  );
  return '"";"MT_001";"MT_002"\n' + lines.join('');
}

/** ENTSO-E: ranges in Central European time, whose clock is set forward on 31 March at 2. */
export function entsoeTable(readings: Float64Array): string {
  const forward = Date.UTC(2019, 2, 31, 2);
  const local = (n: number) =>
    START + n * 15 * MINUTE + (START + n * 15 * MINUTE >= forward ? 60 * MINUTE : 0);
  const shown = (time: number) => {
    const [year, month, day, hour, minute] = parts(time);
    return `${day}.${month}.${year} ${hour}:${minute}`;
  };
  const lines = Array.from(readings, (value, n) => {
    const range = `${shown(local(n))} - ${shown(local(n) + 15 * MINUTE)}`;
    return `"${range}","n/e","${n === 100 ? '-' : (1000 * value).toLocaleString('en')}"\n`;
  });
  return '"Time (CET/CEST)","Forecast [MW] - BZN|DE","Actual Total Load [MW] - BZN|DE"\n' + lines.join('');
}

/** PJM: one line an hour, the days of a month in reverse order. */
export function pjmTable(readings: Float64Array): string {
  const hours = Array.from(
    readings,
    (value, n) => `${iso(START + n * 60 * MINUTE).replace('T', ' ')},${(100 * value).toFixed(1)}\n`,
  );
  const days = Array.from({ length: Math.ceil(hours.length / 24) }, (_, day) =>
    hours.slice(24 * day, 24 * (day + 1)),
  );
  return 'Datetime,PJME_MW\n' + days.reverse().flat().join('');
}

/** Open Power System Data: times in UTC and local, empty before the series begins and in gaps. */
export function opsdTable(readings: Float64Array): string {
  const lines = Array.from(readings, (value, n) => {
    const isGap = n < 30 || (n > 300 && n < 305);
    return `${iso(START + n * 60 * MINUTE)}Z,${iso(START + (n + 1) * 60 * MINUTE)}+0100,${isGap ? '' : value},\n`;
  });
  return 'utc_timestamp,cet_cest_timestamp,DE_load_actual,DE_solar_actual\n' + lines.join('');
}
