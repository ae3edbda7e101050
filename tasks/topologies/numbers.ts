/** Numbers in words, and words as symbols. */

/** Symbol n is letter n of the alphabet; symbol 0 is the end. */
const ALPHABET = ' -abcdefghijklmnopqrstuvwxyz';
export const SYMBOLS = ALPHABET.length;

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** `forty-two`. @param n a whole number, 0 to 99 */
export function spell(n: number): string {
  if (n < ONES.length) return ONES[n]!;
  const ten = TENS[Math.floor(n / 10) - 2]!;
  return n % 10 === 0 ? ten : `${ten}-${ONES[n % 10]!}`;
}

/** The symbols of a word, filled up with 0 for the end. */
export const symbolsOf = (word: string, length: number): number[] =>
  Array.from({ length }, (_, n) => (n < word.length ? ALPHABET.indexOf(word[n]!) : 0));

/** The word of these symbols, up to the first 0. */
export function wordOf(symbols: readonly number[]): string {
  const end = symbols.indexOf(0);
  const letters = end < 0 ? symbols : symbols.slice(0, end);
  return letters.map((symbol) => ALPHABET[symbol]).join('');
}

/** The letter of each symbol; '' for the end. */
export const lettersOf = (symbols: readonly number[]): string[] =>
  symbols.map((symbol) => (symbol === 0 ? '' : ALPHABET[symbol]!));
