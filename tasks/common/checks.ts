/** Checks of values that came from a file: is it what the types say it is? */
import { cells } from '../../models/index.js';

/** @param record what the value is a field of, its fields before this one checked */
export type Check = (value: unknown, record?: object) => boolean;

/** What each field of a record must be. */
export type Fields<R> = Readonly<Record<keyof R, Check>>;

export const isText: Check = (value) => typeof value === 'string';

/** A whole number, `least` or more. */
export const isWhole =
  (least: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least;

/** A real number, 0 or above. */
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

/** An object with these fields, perhaps others. */
export const isRecordOf =
  (fields: Record<string, Check>): Check =>
  (value) =>
    typeof value === 'object' && value !== null && badField(value, fields) === null;

/** The first field that is missing or wrong; null: none. */
export function badField(value: object, fields: Record<string, Check>): string | null {
  const bad = Object.entries(fields).find(
    ([name, check]) => !check((value as Record<string, unknown>)[name], value),
  );
  return bad?.[0] ?? null;
}
