/** The fields of a line, and the sign between them. */
import { fieldAt } from '../quotedFields.js';

/** The signs that may separate columns, the less ambiguous first. Runs of spaces are one. */
export const SEPARATORS = ['\t', ';', '|', ',', ' '] as const;
/** Null: the table has one column. */
export type Separator = (typeof SEPARATORS)[number] | null;

/** Splits a line; a quote that is not closed goes on to its end, and is refused when the line is read. */
export function splitFields(line: string, separator: Separator): string[] {
  const isSpaced = separator === ' ';
  if (!line.includes('"') && separator !== null) return plainFields(line, separator);
  const fields: string[] = [];
  for (let at = 0; at <= line.length;) {
    const { text, end } = fieldAt(line, at, separator ?? '');
    // Spaces before a field or at the end of the line separate nothing.
    if (!(isSpaced && end === at)) fields.push(text.trim());
    at = end + 1;
  }
  return fields;
}

function plainFields(line: string, separator: string): string[] {
  const fields = line.split(separator);
  return (separator === ' ' ? fields.filter((field) => field !== '') : fields).map((field) => field.trim());
}

/**
 * The sign that splits all lines, or nearly all of them, into the same number of fields, as many as the first line
 * has; the lines that differ are refused when they are read.
 */
export function separatorOf(lines: readonly string[]): Separator {
  const counts = SEPARATORS.map((separator) => {
    const each = lines.map((line) => splitFields(line, separator).length);
    return { separator, count: each[0]!, same: each.filter((count) => count === each[0]).length };
  });
  const able = counts.filter(({ count }) => count > 1);
  const whole = able.find(({ same }) => same === lines.length);
  return (whole ?? able.find(({ same }) => same > lines.length / 2))?.separator ?? null;
}
