/** Data cannot be read. The message is one line: which file and line, what is wrong, what to do. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
