/** Our own SHA-256, for pages without crypto.subtle. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createRandom } from '../../engine/index.js';
import { decodeTensors, encodeTensors } from '../../models/weights/safetensors.js';
import { sha256 } from '../../models/weights/sha256.js';

function bytes(length: number): Uint8Array {
  const random = createRandom(length);
  return Uint8Array.from({ length }, () => Math.floor(256 * random.uniform()));
}

describe('sha256', () => {
  it('has the digits of node:crypto, whatever the length, in one part or several', () => {
    for (const length of [...Array(140).keys(), 1000, 100_000]) {
      const data = bytes(length);
      const digits = createHash('sha256').update(data).digest('hex');
      expect(sha256(data)).toBe(digits);
      expect(sha256(data.subarray(0, 7), data.subarray(7))).toBe(digits);
    }
  });

  it('has the digits of the standard for "abc"', () => {
    expect(sha256(new TextEncoder().encode('abc'))).toMatch(/^ba7816bf8f01cfea.{32}b410ff61f20015ad$/);
  });
});

describe('a checkpoint', () => {
  const { subtle } = crypto;
  const setSubtle = (value: unknown) =>
    Object.defineProperty(crypto, 'subtle', { value, configurable: true, writable: true });
  afterEach(() => void setSubtle(subtle));

  it('has the same bytes without crypto.subtle, and is read there', async () => {
    const tensors = [['w', { shape: [2, 50], data: new Float32Array(100).fill(0.1) }]] as const;
    const file = await encodeTensors(tensors, 'text');
    setSubtle(undefined);
    expect(await encodeTensors(tensors, 'text')).toEqual(file);
    expect((await decodeTensors(file, 'file')).text).toBe('text');
    const damaged = file.slice();
    damaged[damaged.length - 1]! ^= 1;
    await expect(decodeTensors(damaged, 'file')).rejects.toThrow('its checksum does not match');
  });
});
