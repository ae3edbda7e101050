/**
 * An error that the user can fix: a damaged file, an impossible option, a loss that became NaN.
 * The message is one line that says what is wrong and what to do; programs print it without a stack trace.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
