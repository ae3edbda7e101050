/** Finds a place for a label in a chart. */

/** How far its letters, and some air, reach above and below its line. */
export const [ASCENT, DESCENT] = [12, 5];

/**
 * The line on which a label touches no curve, as near to the first one as it can be; else that which is
 * farthest from all.
 * @param curves their heights where the label is, from left to right; between two of them they are straight
 * @param range  of the line, from the top
 */
export function freeLine(curves: readonly (readonly number[])[], range: readonly [number, number]): number {
  const spans = curves.map((heights) => [Math.min(...heights), Math.max(...heights)] as const);
  /** How much air there is between a label and a curve; negative: they touch. */
  const air = (line: number, [top, bottom]: readonly [number, number]) =>
    Math.max(top - line - DESCENT, line - ASCENT - bottom);
  const lines = Array.from(
    { length: Math.max(1, Math.floor(range[1] - range[0]) + 1) },
    (_, n) => range[0] + n,
  );
  const free = lines.filter((line) => spans.every((span) => air(line, span) >= 0));
  const best = (of: readonly number[], cost: (line: number) => number) =>
    of.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  if (free.length) return best(free, (line) => air(line, spans[0]!));
  return best(lines, (line) => -Math.min(...spans.map((span) => air(line, span))));
}
