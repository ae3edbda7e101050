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

/** Whether memories can be of the shared kind, whose views stay valid when they grow. */
export function hasSharedMemory(): boolean {
  const { buffer } = new WebAssembly!.Memory({ initial: 1, maximum: 1, shared: true });
  return Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';
}

/** Whether this is Node, or offers its modules: Deno, Bun. */
export const isNode = typeof process !== 'undefined' && process.versions?.node !== undefined;

/** Whether this is Node itself, whose V8 can be told to compile (v8.ts). Bun states a version of V8, too. */
export const takesFlags = isNode && process.versions.bun === undefined && process.versions.deno === undefined;

/** The version of V8 as a number, such as 13.6; NaN in browsers and on Bun. */
export const v8Version =
  isNode && process.versions.bun === undefined ? Number.parseFloat(process.versions.v8) : NaN;
