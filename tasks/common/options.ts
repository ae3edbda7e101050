/** Parsers of option values. A value that does not fit is refused with what would. */
import { InvalidArgumentError } from 'commander';

function number(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

/** 1, 2, 3 ... */
export function positiveInteger(text: string): number {
  const value = number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('Give a whole number, 1 or more.');
  return value;
}

/** 1, 2, 3 ... up to `most`. */
export const positiveIntegerUpTo = (most: number) => positiveIntegerAmong(1, most);

/** A whole number from `least`, 1 or more, up to `most`. */
export function positiveIntegerAmong(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = positiveInteger(text);
    if (value < least) throw new InvalidArgumentError(`Give ${least} at least.`);
    if (value > most) throw new InvalidArgumentError(`Give ${most} at most.`);
    return value;
  };
}

/** 0, 1, 2 ... */
export function wholeNumber(text: string): number {
  const value = number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('Give a whole number, 0 or more.');
  return value;
}

/** A real number above 0. */
export function positiveNumber(text: string): number {
  const value = number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('Give a number above 0.');
  return value;
}

/** A real number, 0 or above. */
export function nonNegativeNumber(text: string): number {
  const value = number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('Give a number, 0 or above.');
  return value;
}

/** A share above 0 and below 1. */
export function fraction(text: string): number {
  const value = number(text);
  if (!(value > 0 && value < 1))
    throw new InvalidArgumentError('Give a number between 0 and 1, such as 0.1.');
  return value;
}

/** The name of a file; it is empty where a shell variable was not set. */
export const path = nameOf('file');
export const directory = nameOf('directory');

function nameOf(what: string): (text: string) => string {
  return (text) => {
    if (text.trim() === '') throw new InvalidArgumentError(`Give the name of a ${what}.`);
    return text;
  };
}
