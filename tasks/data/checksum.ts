/** Checksums of files that are too large to be read at once. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { InputError } from '../../models/index.js';
import { reason } from '../common/reason.js';

/**
 * SHA-256 in hexadecimal.
 * @throws InputError when the file cannot be read
 */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) {
      hash.update(piece as Uint8Array);
    }
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${reason(error)}`);
  }
  return hash.digest('hex');
}
