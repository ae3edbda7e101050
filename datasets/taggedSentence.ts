/** Sentences whose words have been tagged: what each reader of such data gives. */

export interface TaggedSentence {
  /** At least one, as they are written. */
  readonly words: readonly string[];
  /** The part of speech of each word. */
  readonly tags: readonly string[];
}

/** What is separated by white space in a line; none in an empty one. */
export function tokensOf(line: string): string[] {
  return line.match(/\S+/g) ?? [];
}
