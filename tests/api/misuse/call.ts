/** A valid call of a public function, from which wrong ones are made. */

/** A function, and valid arguments by name, in order. A name that ends in `?` can be left out. */
export interface Call {
  readonly run: (...args: never[]) => unknown;
  readonly args: Readonly<Record<string, unknown>>;
  /** What a message may say instead of the name of the function or of the argument. Default: nothing. */
  readonly says?: RegExp;
}

/** By the path of the function: `adam`, `random.integer`. Each call is made anew: it may change its arguments. */
export type Calls = Readonly<Record<string, () => Call>>;

const marked = new WeakSet<object>();

/** Options, each of which is replaced in turn. */
export function options(record: Record<string, unknown>): Record<string, unknown> {
  marked.add(record);
  return record;
}

export const isOptions = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && marked.has(value);

export const isOptional = (name: string) => name.endsWith('?');
export const plainName = (name: string) => name.replace('?', '');

/** The options as the function gets them. */
export const plainOptions = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [plainName(name), value]));

/** Says: such a size is right, but there is no memory for it. */
export const FULL = /^the kernels' memory is full/;
