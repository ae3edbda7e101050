/** Shares of right answers. */

/** The share of correct answers, 0 to 1. */
export const shareEqual = (answers: readonly string[], right: readonly string[]): number =>
  answers.filter((answer, n) => answer === right[n]).length / answers.length;

/** Rows of a table: the model's share, and the baseline's. */
export const shares = (...all: readonly (readonly [name: string, share: number])[]): string[][] =>
  all.map(([name, share]) => [name, `${(100 * share).toFixed(1)}%`]);
