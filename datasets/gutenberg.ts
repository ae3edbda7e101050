/**
 * The header and the licence that Project Gutenberg puts around a book. Since about 2003 the book is between
 * lines `*** START OF THIS PROJECT GUTENBERG EBOOK .. ***` and `*** END OF ..`, where a long title takes two lines;
 * before, a "small print" came first, which ends with a line `*END*THE SMALL PRINT! ..*END*`, and the book ended
 * with `End of Project Gutenberg's ..`. Books from the years between have both.
 */
import { requireText } from './checks.js';
import { splitLines } from './lines.js';

const START = /^\s{0,9}\*{3} ?START OF/i;
const SMALL_PRINT = /^\s{0,9}\*END[ *]{0,3}(?:THE )?SMALL PRINT!/i;
const END = /^\s{0,9}(?:\*{3} ?END OF|END OF (?:THE |THIS )?PROJECT GUTENBERG)/i;

/** The lines of a marker: its title may be long. */
const MARKER_LINES = 4;

/**
 * The part between Project Gutenberg's header and licence, or all of the text if it has neither.
 * @throws TypeError when it is no string
 */
export function withoutGutenbergFrame(text: string): string {
  requireText('withoutGutenbergFrame', 'text', text);
  const lines = splitLines(text);
  const find = (pattern: RegExp, from: number) => {
    const at = lines.slice(from).findIndex((line) => pattern.test(line));
    return at < 0 ? lines.length : from + at;
  };
  const startsAt = find(START, 0);
  let from = startsAt < lines.length ? afterMarker(lines, startsAt) : 0;
  // A small print after the end is part of the licence.
  const smallPrint = find(SMALL_PRINT, from);
  const end = find(END, from);
  if (smallPrint < end) from = smallPrint + 1;
  const body = lines.slice(from, find(END, from));
  return body.length === lines.length ? text : body.map((line) => `${line}\n`).join('');
}

/** The line after a marker, which ends with three stars, in this line or one of the next. */
function afterMarker(lines: readonly string[], at: number): number {
  const rest = lines.slice(at, at + MARKER_LINES);
  const last = rest.findIndex((line, n) =>
    /\*{3}\s{0,9}$/.test(n === 0 ? line.replace(/^\s*\*{3}/, '') : line),
  );
  return at + 1 + Math.max(0, last);
}
