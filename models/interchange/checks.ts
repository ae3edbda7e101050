/** A check of what callers pass. */
import { show } from '../../engine/checks.js';
import { isJson } from './json.js';

/** The file that says what a model is, and those with its numbers, if they are in others. */
export interface Files {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly others: ReadonlyMap<string, Uint8Array>;
}

/**
 * The files of a model: the text that describes the others, or the first.
 * @param of the function that is given them
 * @throws TypeError unless they are the bytes of a file, or such files by name
 */
export function requireFiles(of: string, files: unknown): Files {
  if (!(files instanceof Map)) {
    requireBytes(of, files);
    return { name: 'the file', bytes: files, others: new Map() };
  }
  const all = [...(files as Map<unknown, unknown>)];
  for (const [, bytes] of all) requireBytes(of, bytes);
  const given = all as [string, Uint8Array][];
  const main = given.find(([, bytes]) => isJson(bytes)) ?? given[0];
  if (!main) throw new TypeError(`${of}: files must be at least one file, not an empty Map`);
  return { name: main[0], bytes: main[1], others: new Map(given.filter((one) => one !== main)) };
}

function requireBytes(of: string, bytes: unknown): asserts bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(`${of}: bytes must be a Uint8Array, not ${show(bytes)}`);
}
