/** The checksum of a text and data, SHA-256, by the platform where it can. */
import { sha256 } from './sha256.js';

/** The digest of a text and data, one part after another. */
export async function digestOf(text: string, ...data: readonly Uint8Array[]): Promise<string> {
  const head = new TextEncoder().encode(text);
  // Pages have it on https and on localhost only. It is ten times as fast.
  const subtle = crypto.subtle as typeof crypto.subtle | undefined;
  if (!subtle) return sha256(head, ...data);
  const digest = await subtle.digest('SHA-256', concatenate([head, ...data]));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** All bytes, one chunk after another. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
