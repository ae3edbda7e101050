/** HTTP ranges and versions, to continue a download (RFC 9110, sections 8.8, 13.1.5 and 14). */
import type { Partial, Version } from './partial.js';
import type { Answer } from './request.js';

/** Headers that request the rest if the file is still the same version, and the whole new one otherwise. */
export function askForRest({ size, version }: Partial): Record<string, string> {
  return { range: `bytes=${size}-`, 'if-range': version.validator };
}

/** Whether the answer is exactly the missing rest. */
export function isRest(answer: Answer, { size, version }: Partial): boolean {
  const begins = answer.headers.get('content-range')?.startsWith(`bytes ${size}-`) ?? false;
  const etag = answer.headers.get('etag');
  const same = etag === null || !isStrong(version.validator) || etag === version.validator;
  return answer.status === 206 && begins && same && isPlain(answer);
}

/** Whether the answer concerns a part of the file: it is one, or says that there is no such part. */
export function isPart({ status }: Answer): boolean {
  return status === 206 || status === 416;
}

/** The number of bytes in the body; null if the server does not say. */
export function lengthOf(answer: Answer): number | null {
  const length = answer.headers.get('content-length');
  return length !== null && /^\d+$/.test(length) && isPlain(answer) ? Number(length) : null;
}

/** The version of a whole file, if a later request can ask for its rest. */
export function versionOf(answer: Answer, url: string): Version | null {
  const etag = answer.headers.get('etag');
  const validator = etag !== null && isStrong(etag) ? etag : answer.headers.get('last-modified');
  return validator !== null && isPlain(answer) ? { url, validator } : null;
}

/** A weak ETag (`W/"..."`) may be the same for files that differ slightly. */
const isStrong = (etag: string) => etag.startsWith('"');

/** Whether the body is uncompressed: a compressed one has another length. */
const isPlain = ({ headers }: Answer) => (headers.get('content-encoding') ?? 'identity') === 'identity';
