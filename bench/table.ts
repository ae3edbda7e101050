/** Tables for the terminal: the first column is text, the others are right-aligned numbers. */

export function printTable(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n]!) : cell.padStart(widths[n]!))).join('  ');
  console.log(`\n${title}\n`);
  console.log(`  ${line(header)}`);
  console.log(`  ${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of rows) console.log(`  ${line(row)}`);
}

/** Three significant digits: 0.0123, 1.23, 123, 12300. */
export function digits(x: number): string {
  return Number(x.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3, useGrouping: false });
}
