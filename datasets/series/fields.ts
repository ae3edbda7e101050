/** The fields of a line, and the sign between them. */

/** The signs that may separate columns, the less ambiguous first. Runs of spaces are one. */
export const SEPARATORS = ['\t', ';', '|', ',', ' '] as const;
/** Null: the table has one column. */
export type Separator = (typeof SEPARATORS)[number] | null;

/** Splits a line; within quotes, a separator is text. */
export function splitFields(line: string, separator: Separator): string[] {
  if (separator === null) return [unquoted(line)];
  if (separator === ' ') return line.trim().split(/ +/).map(unquoted);
  if (!line.includes('"')) return line.split(separator).map(unquoted);
  const fields: string[] = [];
  let [from, isQuoted] = [0, false];
  for (let n = 0; n <= line.length; n++) {
    if (line[n] === '"') isQuoted = !isQuoted;
    else if (n === line.length || (line[n] === separator && !isQuoted)) {
      fields.push(unquoted(line.slice(from, n)));
      from = n + 1;
    }
  }
  return fields;
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

/** Without white space and quotes around it. */
function unquoted(text: string): string {
  const field = text.trim();
  const isQuoted = field.length > 1 && field.startsWith('"') && field.endsWith('"');
  return isQuoted ? field.slice(1, -1).replaceAll('""', '"').trim() : field;
}
