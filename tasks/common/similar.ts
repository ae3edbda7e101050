/** Names that are typed wrong. */

/** More changes than one in so many letters make another word; two at most. */
const [LETTERS, MOST] = [3, 2];

/** The name that is most like a word; null: none is. */
export function similarTo(word: string, names: readonly string[]): string | null {
  const distances = names.map((name) => distance(word, name));
  const least = Math.min(...distances);
  return least <= Math.min(MOST, Math.max(1, Math.floor(word.length / LETTERS)))
    ? names[distances.indexOf(least)]!
    : null;
}

/** The fewest letters to insert, remove, replace or exchange with a neighbour (Damerau 1964). */
function distance(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) d[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = d[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      d[i]![j] = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, replaced);
      const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isExchange) d[i]![j] = Math.min(d[i]![j]!, d[i - 2]![j - 2]! + 1);
    }
  }
  return d[a.length]![b.length]!;
}
