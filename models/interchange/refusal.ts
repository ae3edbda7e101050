/** Why a file cannot be read, in one line that begins with its name. */
import { InputError } from '../../engine/index.js';

/** Makes the error that refuses a file: `what` says what it is, and what is wanted. */
export type Refuse = (what: string) => InputError;

/** @param source the file's name */
export const refusing =
  (source: string): Refuse =>
  (what) =>
    // Names in files may have any letters.
    new InputError(`${source}: ${what}`.replace(/\s*[\r\n\u2028\u2029]\s*/g, ' '));

/** Says where an InputError happened: `where` begins what it says. */
export function naming<R>(where: string, refuse: Refuse, run: () => R): R {
  try {
    return run();
  } catch (error) {
    if (error instanceof InputError) throw refuse(where + error.message);
    throw error;
  }
}
