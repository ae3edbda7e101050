/** Lines for the terminal, as wide as it is. When the output is piped, lines are as long as they are. */
import { printable } from './printable.js';

/** Columns of the label before a line: `kernels  `. */
const LABEL = 9;

/** The columns of the terminal; none are counted when the output is no terminal. */
export const columns = ({ isTTY, columns }: Partial<NodeJS.WriteStream> = process.stdout): number =>
  isTTY && columns ? columns : Infinity;

let isQuiet = false;

/** Prints lines, broken between words where the terminal ends. */
export function print(text = ''): void {
  if (isQuiet) return;
  const lines = text.split('\n').map((line) => fitLine(line, columns()));
  console.log(lines.join('\n'));
}

/** Prints `data     Alice's Adventures in Wonderland`; '' continues the line above. */
export const say = (label: string, text: string): void =>
  print(printable(`${label.padEnd(LABEL)}${text}`.trimEnd()));

/** Does the work without printing. */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  isQuiet = true;
  try {
    return await work();
  } finally {
    isQuiet = false;
  }
}

/** A checksum, of which the beginning is enough for a reader. */
const CHECKSUM = /\b([0-9a-f]{16})[0-9a-f]{48}\b/;

/** The line in lines of at most `width` columns, unless a word is longer. */
export function fitLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const indent = /^([a-z]+ {2,}(?=\S)| *)/.exec(line)![0];
  const inset = ' '.repeat(indent.length === LABEL || indent.trim() === '' ? indent.length : 0);
  const fitted: string[] = [];
  // Where a checksum does not fit beside its label, its beginning is shown.
  let rest = width < LABEL + 64 + 8 ? line.replace(CHECKSUM, '$1...') : line;
  while (rest.length > width) {
    const last = rest.lastIndexOf(' ', width);
    const end = last > inset.length ? last : rest.indexOf(' ', inset.length + 1);
    if (end < 0) break;
    fitted.push(rest.slice(0, end).trimEnd());
    rest = inset + rest.slice(end).trimStart();
  }
  return [...fitted, rest].join('\n');
}
