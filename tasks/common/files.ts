/** Files for tasks: a read that fails gives a one-line message; a write is atomic. */
import { createHash, randomUUID } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../../models/index.js';
import { place } from './paths.js';
import { reason } from './reason.js';

export const MiB = 2 ** 20;

/** The name of standard input, where a file is read. */
export const STDIN = '-';

/** A file's name in messages. */
export const sourceName = (path: string): string => (path === STDIN ? 'standard input' : path);

/**
 * The bytes of a file or a pipe.
 * @param path `-`: standard input
 * @param limit in bytes; a device or a pipe might never end
 * @throws InputError when it cannot be read, is empty or too large
 */
export function readInput(path: string, limit: number): Uint8Array {
  try {
    const status = path === STDIN ? fstatSync(process.stdin.fd) : statSync(path);
    if (path === STDIN && process.stdin.isTTY)
      throw new InputError('it is the terminal; pipe a file into it');
    if (path !== STDIN && (status.isCharacterDevice() || status.isBlockDevice()))
      throw new InputError('it is a device');
    const bytes = readAll(path, status.size, limit);
    if (bytes.length > 0) return bytes;
  } catch (error) {
    throw new InputError(
      `cannot read ${sourceName(path)}: ${error instanceof InputError ? error.message : reason(error)}`,
    );
  }
  throw new InputError(`${sourceName(path)} is empty`);
}

/** @param size 0 for a pipe, whose size is unknown */
function readAll(path: string, size: number, limit: number): Uint8Array {
  const file = path === STDIN ? process.stdin.fd : openSync(path, 'r');
  try {
    const chunks: Uint8Array[] = [];
    for (let total = 0; ;) {
      if (Math.max(size, total) > limit) throw new InputError(`it is larger than ${limit / MiB} MiB`);
      const chunk = Buffer.allocUnsafe(MiB / 16);
      const count = readSome(file, chunk);
      if (count === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, count));
      total += count;
    }
  } finally {
    if (path !== STDIN) closeSync(file);
  }
}

/**
 * The bytes that there are, or 0 at the end. A pipe that does not block has none yet, which is an error to
 * Node.
 */
function readSome(file: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0; // a closed pipe on Windows
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/**
 * The bytes of a file or a pipe, piece by piece.
 * @throws InputError when it cannot be read
 */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array, undefined> {
  try {
    const stream = path === STDIN ? process.stdin : createReadStream(path, { highWaterMark: MiB });
    for await (const piece of stream) yield piece as Uint8Array;
  } catch (error) {
    throw new InputError(`cannot read ${sourceName(path)}: ${reason(error)}`);
  }
}

/** Writes a new file and renames it: the old one stays until the new one is complete and on disk. */
export async function writeOutput(path: string, content: string | Uint8Array): Promise<void> {
  const target = place(path); // keeps a symbolic link
  await clearStrays(dirname(target));
  const temporary = join(dirname(target), temporaryName());
  try {
    const old = await stat(target).catch(() => null);
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content); // repeats short writes
      if (old) {
        await file.chown(old.uid, old.gid).catch(() => {}); // only root may give files away
        await file.chmod(old.mode & 0o777);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw new InputError(`cannot write ${path}: ${reason(error)}`);
  }
}

/** Writes files into a folder, which is made if it is not there: first all of them, then their names. */
export async function writeFolder(path: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const temporary = join(dirname(place(path)), temporaryName());
  await clearStrays(dirname(temporary));
  try {
    await mkdir(temporary);
    for (const [name, content] of files) await writeOutput(join(temporary, name), content);
    await mkdir(path, { recursive: true });
    for (const name of files.keys()) await rename(join(temporary, name), join(path, name));
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(`cannot write into ${path}: ${reason(error)}`);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** The name of a file that is not complete yet, and the process that writes it. */
const temporaryName = () => `.unrolled-${process.pid}-${randomUUID()}`;
const TEMPORARY = /^\.unrolled-(?:(\d+)-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Removes what killed processes have left in a directory; what cannot be removed stays. */
async function clearStrays(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) {
    const [isStray, pid] = TEMPORARY.exec(name) ?? [];
    if (isStray && !(pid && isAlive(+pid)))
      await rm(join(directory, name), { recursive: true, force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
