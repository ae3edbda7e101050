/** Parsers of option values. The message for an invalid value says what is expected. */
import { InvalidArgumentError } from 'commander';

/** @param expected completes the message "Give a ..." */
const numberThat =
  (fits: (value: number) => boolean, expected: string) =>
  (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (!fits(value)) throw new InvalidArgumentError(`Give a ${expected}.`);
    return value;
  };

/** 0, 1, 2 ... */
export const wholeNumber = numberThat(
  (value) => Number.isSafeInteger(value) && value >= 0,
  'whole number, 0 or more',
);

/** 0, 1, 2 ... up to `most`. */
export function wholeNumberUpTo(most: number): (text: string) => number {
  return (text) => {
    const value = wholeNumber(text);
    if (value > most) throw new InvalidArgumentError(`Give at most ${most}.`);
    return value;
  };
}

/** 1, 2, 3 ... */
export const positiveInteger = numberThat(
  (value) => Number.isSafeInteger(value) && value >= 1,
  'whole number, 1 or more',
);

/** 1, 2, 3 ... up to `most`. */
export const positiveIntegerUpTo = (most: number) => positiveIntegerAmong(1, most);

/** A whole number from `least`, 1 or more, up to `most`. */
export function positiveIntegerAmong(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = positiveInteger(text);
    if (value < least) throw new InvalidArgumentError(`Give at least ${least}.`);
    if (value > most) throw new InvalidArgumentError(`Give at most ${most}.`);
    return value;
  };
}

export const positiveNumber = numberThat((value) => value > 0 && value < Infinity, 'number above 0');

export const nonNegativeNumber = numberThat((value) => value >= 0 && value < Infinity, 'number, 0 or above');

/** A fraction above 0 and below 1. */
export const fraction = numberThat((value) => value > 0 && value < 1, 'number between 0 and 1, such as 0.1');

/** A name; empty when a shell variable was not set. */
export const path = nameOf('file');
export const directory = nameOf('directory');
export const columnName = nameOf('column');

function nameOf(what: string): (text: string) => string {
  return (text) => {
    if (text.trim() === '') throw new InvalidArgumentError(`Give the name of a ${what}.`);
    return text;
  };
}
