/** What only Node offers: V8's flags, and by them its optimizing compiler on demand. */
import { WebAssembly, type Module } from './webAssembly.js';

/** The part of `node:v8` that we use. */
export interface V8 {
  setFlagsFromString(flags: string): void;
}

type Compile = (wasmFunction: unknown) => void;

/**
 * Runs with a flag set, which is then as it was. Flags are the process's: nothing else runs meanwhile in this thread,
 * but others see it. A flag that the process was started with stays set.
 */
function withFlag<R>(v8: V8, flag: string, run: () => R): R {
  const spelled = (argument: string) => argument.replaceAll('_', '-') === `--${flag}`;
  if (process.execArgv.some(spelled)) return run();
  v8.setFlagsFromString(`--${flag}`);
  try {
    return run();
  } finally {
    v8.setFlagsFromString(`--no-${flag}`);
  }
}

/**
 * Compiles the exported functions of a module with the optimizing compiler. Otherwise V8 runs the code of its baseline
 * compiler first, several times slower, and replaces it after some thousand calls. The code is the module's: all of its
 * instances, on any thread, run it.
 * @param wide whether V8 may join pairs of operations on 128 bits to one on 256
 * @returns the exports of an instance with one page of memory, or null where V8 is forbidden to make code from strings
 */
export function optimize(v8: V8, module: Module, wide: boolean): Record<string, unknown> | null {
  const compile = optimizingCompiler(v8);
  if (!compile) return null;
  const memory = new WebAssembly!.Memory({ initial: 1, maximum: 1, shared: true });
  const exports = new WebAssembly!.Instance(module, { env: { memory } }).exports as Record<string, unknown>;
  const compileAll = () => {
    for (const value of Object.values(exports)) if (typeof value === 'function') compile(value);
  };
  if (wide) withFlag(v8, 'experimental-wasm-revectorize', compileAll);
  else compileAll();
  return exports;
}

/** A function of V8's own tests (in Node 20 to 26, at least). Its name is parsed while a flag is set. */
function optimizingCompiler(v8: V8): Compile | null {
  // Other parsers than V8's, those of bundlers included, refuse the name: so it stands in a string.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const parse = () => new Function('f', '%WasmTierUpFunction(f)') as Compile;
  try {
    return withFlag(v8, 'allow-natives-syntax', parse);
  } catch {
    return null;
  }
}
