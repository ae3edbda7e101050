/**
 * Whether a build fuses product and sum, found out by computing: relaxed SIMD leaves it to the engine. On x64
 * V8 and SpiderMonkey fuse where the processor can; JavaScriptCore does not.
 */
import { WebAssembly, type Module } from './webAssembly.js';

interface Exports {
  multiplyAddOne: (x: number, y: number, sum: number) => number;
}

/** Whether products in this module are added before they are rounded. */
export function fuses(module: Module): boolean {
  const memory = new WebAssembly!.Memory({ initial: 1, maximum: 1, shared: true });
  const { multiplyAddOne } = new WebAssembly!.Instance(module, { env: { memory } }).exports as Exports;
  // x² = 1 + 2^-11 + 2^-24, and the last term does not fit in a float32.
  const x = 1 + 2 ** -12;
  return multiplyAddOne(x, x, -(1 + 2 ** -11)) === 2 ** -24;
}
