/** Tagged sentences, the result of each reader of such data. */

export interface TaggedSentence {
  /** At least one, spelled as in the text. */
  readonly words: readonly string[];
  /** The part of speech of each word. */
  readonly tags: readonly string[];
}

/** The tokens of a line, separated by white space. */
export function tokensOf(line: string): string[] {
  return line.match(/\S+/g) ?? [];
}
