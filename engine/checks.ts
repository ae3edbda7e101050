/**
 * Checks of what callers pass, made once, where it comes in. Each throws one line that names the function, the
 * argument, and what was passed.
 */

/** What was passed, short enough for a message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}..` : value}"`;
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function';
  if (value instanceof Promise) return 'a promise; await it';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** @throws RangeError unless `value` is a whole number of at least `least` and at most `most` */
export function requireWhole(name: string, value: unknown, least = 1, most = Infinity): void {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
  const limits = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new RangeError(`${name} must be a whole number ${limits}, not ${show(value)}`);
}

/** Limits of a number. Default: any finite number. */
export interface Limits {
  /** Default: none. */
  readonly least?: number;
  /** Default: none. */
  readonly most?: number;
  /** Exclusive. Default: none. */
  readonly above?: number;
  /** Exclusive. Default: none. */
  readonly below?: number;
}

/** @throws RangeError unless `value` is a finite number within the limits */
export function requireNumber(name: string, value: unknown, limits: Limits = {}): void {
  const { least = -Infinity, most = Infinity, above = -Infinity, below = Infinity } = limits;
  const isWithin = (x: number) => x >= least && x <= most && x > above && x < below;
  if (Number.isFinite(value) && isWithin(value as number)) return;
  const said = [
    ...('least' in limits ? [`at least ${least}`] : []),
    ...('above' in limits ? [`above ${above}`] : []),
    ...('most' in limits ? [`at most ${most}`] : []),
    ...('below' in limits ? [`below ${below}`] : []),
  ].join(' and ');
  throw new RangeError(`${name} must be ${said || 'a finite number'}, not ${show(value)}`);
}

/** @throws TypeError unless `value` is a function */
export function requireFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function, not ${show(value)}`);
}

/** @throws TypeError unless `value` is a string */
export function requireText(name: string, value: unknown): void {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string, not ${show(value)}`);
}

/** @throws TypeError unless `value` is true or false */
export function requireFlag(name: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false, not ${show(value)}`);
}

/** Whether it is an object of named values: no array, and no promise of one. */
export function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Promise);
}

/** Whether it has these members: what looks like kernels, a model or a graph is taken for one. */
export function hasMembers(value: unknown, ...names: string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}

/** @throws TypeError unless `value` has the members of kernels, as a promise of them has not */
export function requireKernels(of: string, value: unknown): void {
  if (!hasMembers(value, 'zeros', 'indices', 'matmul', 'plan'))
    throw new TypeError(
      `${of}: kernels must be those of createKernels() or referenceKernels(), not ${show(value)}`,
    );
}

/** @throws RangeError that lists the choices unless `value` is one of them */
export function requireChoice(name: string, value: unknown, choices: readonly unknown[]): void {
  if (choices.includes(value)) return;
  throw new RangeError(`${name} must be one of ${choices.map(String).join(', ')}, not ${show(value)}`);
}

/**
 * The options, completed by defaults; what is undefined counts as left out.
 * @param of       the function whose options these are
 * @param required options without a default
 * @throws TypeError when `given` is no object, names an option that does not exist, or lacks a required one
 */
export function readOptions<O extends object, D extends Partial<O>>(
  of: string,
  given: O,
  defaults: D,
  required: readonly (keyof O & string)[] = [],
): Omit<O, keyof D> & { [K in keyof D & keyof O]-?: Exclude<O[K], undefined> } {
  const names = [...required, ...Object.keys(defaults)];
  if (!isRecord(given))
    throw new TypeError(`${of} takes an object of options (${names.join(', ')}), not ${show(given)}`);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`${of} has no option "${unknown}"; its options are ${names.join(', ')}`);
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  const options = { ...defaults, ...Object.fromEntries(set) };
  const missing = required.find((name) => !Object.hasOwn(options, name));
  if (missing !== undefined) throw new TypeError(`${of}: the option "${missing}" is missing`);
  return options as ReturnType<typeof readOptions<O, D>>;
}
