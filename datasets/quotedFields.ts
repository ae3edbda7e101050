/**
 * Fields in quotes, as RFC 4180 has them: a quote opens at the beginning of a field, spaces before it or not; up to
 * the next quote, separators and line ends are text, and two quotes are one. Anywhere else, a quote is text.
 *
 * The finder of fields in bytes (series/fieldFinder.ts) has the same rule.
 */

export interface Field {
  /** Without the quotes around it. */
  readonly text: string;
  /** The place after it: of a sign that ends it, or the end of the text. */
  readonly end: number;
  /** Whether the quote that it opens is closed. */
  readonly isClosed: boolean;
}

/** The field that begins at `at`. @param signs characters that end it: the separator, line ends */
export function fieldAt(text: string, at: number, signs: string): Field {
  let from = at;
  if (!signs.includes(' ')) while (text[from] === ' ') from++;
  let inside = '';
  if (text[from] === '"') {
    for (from++; ; from++) {
      const close = text.indexOf('"', from);
      if (close < 0) return { text: inside + text.slice(from), end: text.length, isClosed: false };
      inside += text.slice(from, close);
      from = close + 1;
      if (text[from] !== '"') break;
      inside += '"';
    }
  } else from = at;
  let end = from;
  while (end < text.length && !signs.includes(text[end]!)) end++;
  return { text: inside + text.slice(from, end), end, isClosed: true };
}
