/** Data that come along: files of packages that are installed for these alone. */
import { fileURLToPath } from 'node:url';
import { InputError } from '../../models/index.js';

/**
 * The path of a file or a directory in a package.
 * @param module  a module that the package exports, often its index alone
 * @param place   where the file lies, seen from there
 * @param what    names it, with its verb, and `instead` a way out, for the message
 * @throws InputError when the package is not installed
 */
export function embeddedPath(module: string, place: string, what: string, instead: string): string {
  try {
    return fileURLToPath(new URL(place, import.meta.resolve(module)));
  } catch {
    throw new InputError(`the embedded ${what} not installed: run \`npm ci\`, or ${instead}`);
  }
}
