/// <reference lib="esnext.disposable" preserve="true" />
/** The key of the method that `using` calls, also where the runtime does not know it yet. */
export const DISPOSE: typeof Symbol.dispose =
  (Symbol as Partial<SymbolConstructor>).dispose ?? (Symbol.for('Symbol.dispose') as never);
