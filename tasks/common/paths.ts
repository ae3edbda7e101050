/** Checks of a run's files before hours of work. They open and write nothing. */
import { accessSync, constants, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../models/index.js';
import { reason } from './reason.js';

/** More links than systems follow. */
const MOST_LINKS = 40;

/**
 * The real path, links resolved; for a file that does not exist yet, where a link to it leads, or else its
 * real directory and its name.
 */
export function place(path: string, links = 0): string {
  for (const [directory, name] of [
    [path, ''],
    [dirname(path), basename(path)],
  ] as const) {
    try {
      const real = join(realpathSync(directory), name);
      const target = links < MOST_LINKS ? linkAt(real) : null;
      return target === null ? real : place(resolve(dirname(real), target), links + 1);
    } catch {
      // It does not exist: try the directory.
    }
  }
  return resolve(path);
}

/** Where a link leads; null: it is none. */
const linkAt = (path: string): string | null =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : null;

/**
 * @param paths by option; null if not given
 * @throws InputError when two options name the same file, since one would overwrite the other
 */
export function requireDistinct(paths: Record<string, string | null>): void {
  const options = new Map<string, string>();
  for (const [option, path] of Object.entries(paths)) {
    if (path === null) continue;
    const other = options.get(place(path));
    if (other) throw new InputError(`${other} and ${option} name the same file, ${path}: give two`);
    options.set(place(path), option);
  }
}

/** @throws InputError when no file can be written there */
export function requireWritable(path: string): void {
  const refuse = (why: string) => new InputError(`cannot write ${path}: ${why}`);
  let old;
  try {
    old = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw refuse(reason(error));
  }
  if (old?.isDirectory()) throw refuse('it is a directory; name a file');
  if (old && !old.isFile()) throw refuse('it is a pipe or a device; name a file');
  if (old && (old.mode & 0o222) === 0) throw refuse('it is read-only');
  if (old && !isWritable(path)) throw refuse('permission denied');
  const target = place(path);
  if (isWritable(dirname(target))) return;
  const directory = linkAt(path) === null ? dirname(path) : dirname(target);
  throw refuse(`its directory ${directory} does not exist or is not writable`);
}

/** @throws InputError when there is something already, unless it may be replaced */
export function requireNew(path: string, force: boolean): void {
  if (!force && lstatSync(path, { throwIfNoEntry: false }))
    throw new InputError(`${path} exists already: give another name, or --force to replace it`);
}

/** @throws InputError when files cannot be written there. The directory need not exist if it can be made. */
export function requireWritableDirectory(path: string): void {
  const refuse = (why: string) => new InputError(`cannot write into ${path}: ${why}`);
  let existing = resolve(path);
  try {
    while (!lstatSync(existing, { throwIfNoEntry: false })) existing = dirname(existing);
    if (!statSync(existing).isDirectory()) {
      throw refuse(existing === resolve(path) ? 'it is not a directory' : reason({ code: 'ENOTDIR' }));
    }
  } catch (error) {
    throw error instanceof InputError ? error : refuse(reason(error));
  }
  if (!isWritable(existing)) throw refuse('permission denied');
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
