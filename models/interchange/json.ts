/** Texts in JSON. */

/** What a text says; null if it is none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return null;
  }
}

/** Whether it may be one with an object: a safetensors file can begin so too, but then has zeros. */
export const isJson = (bytes: Uint8Array): boolean => bytes[0] === 0x7b && bytes[7] !== 0;
