/** Files as tasks need them: read with one clear line when that fails, written whole or not at all. */
import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { InputError } from '../models/index.js';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'part of its path is not a directory',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
};

/** The reason of a failed file operation in words. */
function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}

/** The bytes of a file. @throws InputError when it cannot be read or is empty */
export function readInput(path: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${reason(error)}`);
  }
  if (bytes.length === 0) throw new InputError(`${path} is empty`);
  return bytes;
}

/**
 * Makes sure, before hours of work, that the result can be written there. Nothing is written yet.
 * @throws InputError when the directory is missing or not writable, or the path is a directory
 */
export function requireWritable(path: string): void {
  const directory = dirname(path);
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw new InputError(`cannot write ${path}: it is a directory; name a file`);
    }
    accessSync(directory, constants.W_OK);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `cannot write ${path}: its directory ${directory} does not exist or is not writable`,
    );
  }
}

/** Writes a temporary file and renames it: the old file stays until the new one is whole. */
export async function writeOutput(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFileAtomic(path, typeof content === 'string' ? content : Buffer.from(content));
  } catch (error) {
    throw new InputError(`cannot write ${path}: ${reason(error)}`);
  }
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
