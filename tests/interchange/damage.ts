/** Files with a byte changed, or cut off. */
import { InputError } from '../../engine/index.js';

/**
 * Reads a file in all its damaged forms.
 * @param places the bytes that are changed, and where it is cut. Default: all
 * @returns what was neither refused nor the same
 */
export async function damage(
  file: Uint8Array,
  read: (bytes: Uint8Array) => string | Promise<string>,
  places: Iterable<number> = file.keys(),
): Promise<string[]> {
  const right = await read(file);
  const wrong: string[] = [];
  async function judge(what: string, bytes: Uint8Array): Promise<void> {
    const begin = performance.now();
    try {
      if ((await read(bytes)) !== right) wrong.push(`${what}: another model`);
    } catch (error) {
      if (!(error instanceof InputError) || error.message.includes('\n'))
        wrong.push(`${what}: ${String(error)}`);
    }
    if (performance.now() - begin > 1000) wrong.push(`${what}: slow`);
  }
  for (const at of places) {
    const flipped = Uint8Array.from(file);
    // Each bit is flipped somewhere, and all of them somewhere.
    flipped[at]! ^= at % 9 === 8 ? 255 : 1 << (at % 9);
    await judge(`byte ${at}`, flipped);
    await judge(`the first ${at} bytes`, file.slice(0, at));
  }
  return wrong;
}
