/** Where a number is computed. */
export interface Origin {
  /** `L6`, and its equation as at the top of the file. */
  readonly label: string;
  readonly equation: string;
  /** `cells/lstm.ts` */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly code: string;
}
