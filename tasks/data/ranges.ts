/** The part of HTTP that lets a download go on: ranges, and the names of versions (RFC 9110, sections 8.8, 13.1.5 and 14). */
import type { Partial, Version } from './partial.js';
import type { Answer } from './request.js';

/** The rest, if the file is still the same version, and the whole of the new one otherwise. */
export function askForRest({ size, version }: Partial): Record<string, string> {
  return { range: `bytes=${size}-`, 'if-range': version.validator };
}

/** Whether the answer is exactly what is missing. */
export function isRest(answer: Answer, { size, version }: Partial): boolean {
  const begins = answer.headers.get('content-range')?.startsWith(`bytes ${size}-`) ?? false;
  const etag = answer.headers.get('etag');
  const same = etag === null || !isStrong(version.validator) || etag === version.validator;
  return answer.status === 206 && begins && same && isPlain(answer);
}

/** Whether the answer is about some part of the file: one of its parts, or that there is no such part. */
export function isPart({ status }: Answer): boolean {
  return status === 206 || status === 416;
}

/** How many bytes the body will have; null where the server does not say. */
export function lengthOf(answer: Answer): number | null {
  const length = answer.headers.get('content-length');
  return length !== null && /^\d+$/.test(length) && isPlain(answer) ? Number(length) : null;
}

/** The version of a whole file, if a later request may ask for the rest of that. */
export function versionOf(answer: Answer, url: string): Version | null {
  const etag = answer.headers.get('etag');
  const validator = etag !== null && isStrong(etag) ? etag : answer.headers.get('last-modified');
  return validator !== null && isPlain(answer) ? { url, validator } : null;
}

/** A weak ETag (`W/"..."`) is the same for files that differ a little. */
const isStrong = (etag: string) => etag.startsWith('"');

/** Sent as it is: a compressed body has other lengths. */
const isPlain = ({ headers }: Answer) => (headers.get('content-encoding') ?? 'identity') === 'identity';
