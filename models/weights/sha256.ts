/**
 * The digest SHA-256 (FIPS 180-4, 2015). Browsers have their own, `crypto.subtle`, on https and localhost only.
 */

const primes = firstPrimes(64);
/** K, the first 32 bits of the fractions of the cube roots of the first 64 primes. */
const K = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));
/** H(0), the same of the square roots of the first eight. */
const START = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));

/** The digest of these bytes, one part after another, as 64 hexadecimal digits. */
export function sha256(...parts: readonly Uint8Array[]): string {
  const length = parts.reduce((sum, { length }) => sum + length, 0);
  // A 1 after the message, zeros, and its length in bits at the end of a block of 64 bytes.
  const message = new Uint8Array(Math.ceil((length + 9) / 64) * 64);
  let at = 0;
  for (const part of parts) {
    message.set(part, at);
    at += part.length;
  }
  message[length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(message.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(message.length - 4, length << 3);

  const H = START.slice();
  const W = new Int32Array(64);
  for (let block = 0; block < message.length; block += 64) {
    for (let t = 0; t < 16; t++) W[t] = view.getInt32(block + 4 * t);
    compress(H, W);
  }
  return Array.from(H, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Takes the block W[0..16] into the hash H. Letters are those of the standard, section 6.2.2. */
function compress(H: Int32Array, W: Int32Array): void {
  for (let t = 16; t < 64; t++) {
    const x = W[t - 15]!;
    const y = W[t - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[t] = (s1 + W[t - 7]! + s0 + W[t - 16]!) | 0;
  }
  let [a, b, c, d] = [H[0]!, H[1]!, H[2]!, H[3]!];
  let [e, f, g, h] = [H[4]!, H[5]!, H[6]!, H[7]!];
  for (let t = 0; t < 64; t++) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const T1 = (h + S1 + ((e & f) ^ (~e & g)) + K[t]! + W[t]!) | 0;
    const T2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + T1) | 0;
    d = c;
    c = b;
    b = a;
    a = (T1 + T2) | 0;
  }
  H.set([H[0]! + a, H[1]! + b, H[2]! + c, H[3]! + d, H[4]! + e, H[5]! + f, H[6]! + g, H[7]! + h]);
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p > 0)) found.push(n);
  return found;
}

function fraction(x: number): number {
  return (x - Math.floor(x)) * 2 ** 32;
}
