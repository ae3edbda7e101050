/**
 * Types for the part of the WebAssembly API that we use: TypeScript declares it only as part of the DOM.
 * `WebAssembly` is undefined if the platform has none.
 */
export interface Memory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

export interface Module {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}

interface Api {
  Memory: new (size: { initial: number; maximum: number; shared: true }) => Memory;
  Instance: new (module: Module, imports: { env: { memory: Memory } }) => { exports: unknown };
  validate(bytes: Uint8Array): boolean;
  compile(bytes: Uint8Array): Promise<Module>;
}

export const WebAssembly = (globalThis as unknown as { WebAssembly?: Api }).WebAssembly;

export const isNode = typeof process !== 'undefined' && process.versions?.node !== undefined;
