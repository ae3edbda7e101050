/** Lines for the terminal, as wide as it is. When the output is piped, lines are as long as they are. */
import { printable, wrap } from './printable.js';

/** Columns of the label before a line. */
const LABEL = 9;

/** The columns of the terminal; none are counted when the output is no terminal. */
export const columns = ({ isTTY, columns }: Partial<NodeJS.WriteStream> = process.stdout): number =>
  isTTY && columns ? columns : Infinity;

/** Prints `text     Alice's Adventures in Wonderland`, wrapped beside the label; '' continues the one above. */
export function say(label: string, text: string): void {
  wrap(printable(text), columns() - LABEL).forEach((line, n) =>
    console.log(`${(n === 0 ? label : '').padEnd(LABEL)}${line}`.trimEnd()),
  );
}

/** Prints a paragraph, wrapped. */
export const tell = (text: string): void => console.log(wrap(printable(text), columns()).join('\n'));
