/** Run-time checks of values read from a file against their types. */
import { cells } from '../../models/index.js';

/** @param record the record with this field; the fields before it are already checked */
export type Check = (value: unknown, record?: object) => boolean;

/** A check for each field of a record. */
export type Fields<R> = Readonly<Record<keyof R, Check>>;

export const isText: Check = (value) => typeof value === 'string';

/** A whole number, `least` or more and at most `most`. */
export const isWhole =
  (least: number, most = Infinity): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

/** A finite number, 0 or more. */
export const isAmount: Check = (value) => Number.isFinite(value) && (value as number) >= 0;

/** The name of a cell. */
export const isCell: Check = (value) => typeof value === 'string' && Object.hasOwn(cells, value);

export const isNullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

export const isAbsentOr =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

export const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((one) => check(one));

/** An object with at least these fields. */
export const isRecordOf =
  (fields: Record<string, Check>): Check =>
  (value) =>
    typeof value === 'object' && value !== null && badField(value, fields) === null;

/** The first field that is missing or wrong; null if none is. */
export function badField(value: object, fields: Record<string, Check>): string | null {
  const bad = Object.entries(fields).find(
    ([name, check]) => !check((value as Record<string, unknown>)[name], value),
  );
  return bad?.[0] ?? null;
}
