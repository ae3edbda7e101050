/** What a series is, in lines. */
import type { Kernels } from '../../models/index.js';
import { describeKernels } from '../common/kernels.js';
import { printable, whole } from '../common/printable.js';
import { print } from '../common/say.js';
import { everyText } from './clock.js';
import { countedOf } from './counted.js';
import type { Series } from './series.js';

/** Three digits at least. */
export const amount = (value: number) => (Math.abs(value) < 10 ? value.toPrecision(3) : value.toFixed(1));

/** What the table did not have, in words. */
export function missingLines({ missing, gaps, longest, shared }: Series['record']): string[] {
  const lines = [];
  if (missing > 0) {
    const where = gaps === 1 ? 'in a row' : `in ${whole(gaps)} gaps, the longest of ${whole(longest)}`;
    lines.push(
      missing === 1
        ? '1 is missing: filled in halfway between its neighbours'
        : `${whole(missing)} are missing, ${where}: filled with straight lines`,
    );
  }
  if (shared > 0)
    lines.push(
      `${whole(shared)} ${shared === 1 ? 'has' : 'have'} the time of another, as when a clock is set back: averaged`,
    );
  return lines;
}

/** ` in kW`; empty if the unit is not known. */
export const inUnit = ({ record: { unit } }: Series) => (unit === '' ? '' : ` in${unit}`);

/** The name of the readings, with their unit if it is known. */
export const axisOf = ({ record: { column, unit } }: Series) =>
  unit === '' ? (column ?? 'reading') : `load,${unit}`;

/** `, without 12 filled in and 3 right after those`: what does not count in the test part. */
export function leftOutText({ filled }: Series, split: number): string {
  const part = filled.subarray(split);
  const count = part.reduce((sum, one) => sum + one, 0);
  const after =
    countedOf(filled, 1)
      .subarray(split)
      .filter((counts) => counts === 0).length - count;
  return count + after === 0
    ? ''
    : `, without ${whole(count)} filled in and ${whole(after)} right after those`;
}

export function printSeries({ record, rhythm }: Series, kernels: Kernels): void {
  const { source, column, form, count, least, most, start, sha256, unit } = record;
  print(printable(`data     ${source}${column === null ? '' : `, column ${column}`}`));
  if (form !== null) print(printable(`         ${form}`));
  const every = everyText(rhythm.step);
  print(
    `         ${whole(count)} readings, one every ${every} from ${start}, ${amount(least)} to ${amount(most)}${unit}`,
  );
  for (const line of missingLines(record)) print(`         ${line}`);
  print(`         sha256 ${sha256}`);
  print(`kernels  ${describeKernels(kernels)}`);
}
