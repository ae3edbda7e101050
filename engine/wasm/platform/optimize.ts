/**
 * Compiles the functions of an instance with V8's optimizing compiler at once. Otherwise V8 runs the code of its baseline
 * compiler first, which takes several times as long, and replaces it some time later, when it has counted enough calls.
 *
 * The function that does it is one of V8's own tests; its name can be parsed while a flag is set. The code belongs to
 * the module: other instances and other threads run it, too.
 */

/** The part of `node:v8` that we use. */
export interface V8 {
  setFlagsFromString(flags: string): void;
}

/**
 * @param exports of an instance; only exported functions are compiled
 * @returns whether it could be done: not where code may not be made from strings, or V8 has no such function
 */
export function optimize(v8: V8, exports: Readonly<Record<string, unknown>>): boolean {
  const compile = compiler(v8);
  if (!compile) return false;
  for (const value of Object.values(exports)) if (typeof value === 'function') compile(value);
  return true;
}

function compiler(v8: V8): ((wasmFunction: unknown) => void) | null {
  v8.setFlagsFromString('--allow-natives-syntax');
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-type-assertion
    return new Function('wasmFunction', '%WasmTierUpFunction(wasmFunction)') as (wasmFunction: unknown) => void;
  } catch {
    return null;
  } finally {
    v8.setFlagsFromString('--no-allow-natives-syntax');
  }
}
