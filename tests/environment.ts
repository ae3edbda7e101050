/**
 * Where test files run. Jest's own environment has a proxy for its global object, so that every `Array` or
 * `Math` in a loop is a call that V8 cannot compile away; gradient checks took three times as long. Here the
 * global is a plain one.
 */
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/** In Jest's global these are Node's own, so that what Node returns is an instance of them. */
const SHARED = ['Buffer', 'ArrayBuffer', 'Uint8Array'];

export default class PlainGlobal extends TestEnvironment {
  constructor(...args: ConstructorParameters<typeof TestEnvironment>) {
    super(...args);
    // Before 20.18 Node lacks the constant, and the global stays slow.
    const context = vm.createContext(vm.constants?.DONT_CONTEXTIFY);
    const plain = vm.runInContext('globalThis', context) as typeof this.global;
    for (const name of Reflect.ownKeys(this.global)) {
      if (!Object.hasOwn(plain, name) || SHARED.includes(name as string)) share(name, this.global, plain);
    }
    plain.global = plain;
    plain.Error.stackTraceLimit = this.global.Error.stackTraceLimit;
    this.context = context;
    this.global = plain;
  }
}

/** Defines a property of `from` in `to` as well. What is lazy remains so. */
function share(name: PropertyKey, from: object, to: object): void {
  const descriptor = Object.getOwnPropertyDescriptor(from, name)!;
  if ('value' in descriptor) Object.defineProperty(to, name, descriptor);
  else {
    const { configurable = false, enumerable = false } = descriptor;
    const define = (value: unknown) =>
      Object.defineProperty(to, name, { configurable, enumerable, value, writable: true });
    Object.defineProperty(to, name, {
      ...{ configurable, enumerable, set: define },
      get: () => Reflect.get(from, name) as unknown,
    });
  }
}
