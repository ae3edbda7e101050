/** Numbers read from bytes are the nearest float64, as JavaScript's own parser has them. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { numberIn } from '../../datasets/series/numbers.js';
import { quotient } from '../../datasets/series/quotient.js';

const read = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  return numberIn(bytes, 0, bytes.length, { decimal: '.' });
};
const digits = (least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most });

it.each<[string, fc.Arbitrary<string>]>([
  ['float64 as programs write them', fc.double({ noNaN: true, noDefaultInfinity: true }).map(String)],
  ['up to 24 digits and a point', fc.tuple(digits(1, 12), digits(0, 12)).map(([a, b]) => `${a}.${b}`)],
  // Above 2^53, many whole numbers lie there.
  [
    'numbers in the middle between two',
    fc.bigInt(2n ** 53n, 10n ** 18n - 1n).map((n) => String(n - (n % 4n))),
  ],
])('%s', (_, texts) => {
  fc.assert(
    fc.property(texts, (text) => expect(read(text)).toBe(Number(text))),
    { seed: 1, numRuns: 3000 },
  );
});

it.each([
  // 2^53 + 1 lies in the middle between 2^53 and 2^53 + 2; with a tenth more or less it does not.
  ['9007199254740993', 90071992, 1e8, 54740993, 1, NaN],
  ['9007199254740993.1', 900719925, 1e8, 47409931, 10, 9007199254740994],
  ['9007199254740992.9', 900719925, 1e8, 47409929, 10, 9007199254740992],
])(
  'the quotient of %s is told apart from the middle, or not at all',
  (_, high, scale, low, divisor, value) => {
    expect(quotient(high, scale, low, divisor)).toBe(value);
  },
);
