/**
 * Reads Python's pickles without running anything. A pickle is a program for a stack machine (Python's
 * pickletools.py documents the opcodes) that may call any function of Python; here the only names are those
 * of tensors, and everything else is refused.
 */
import type { Refuse } from './refusal.js';

/** A name of Python. */
export class Global {
  constructor(readonly name: string) {}
}

/** The names that a pickle may use, and what stands for what they make. */
export interface Names {
  /** Whether a name may occur. */
  readonly has: (name: string) => boolean;
  /** What calling it gives; undefined: it cannot be called so. */
  readonly call: (name: string, args: readonly unknown[]) => unknown;
  /** What a persistent id stands for: a reference to data outside of the pickle. */
  readonly load: (id: unknown) => unknown;
}

type Handlers = Readonly<Record<number, () => void>>;

/** Bytes of memory that a dict takes, and a list or tuple, also when they are empty. */
const [DICT, LIST] = [200, 50];

const code = (letter: string) => letter.charCodeAt(0);
const STOP = code('.');

/**
 * What a pickle holds: dicts as Map, lists and tuples as arrays.
 * @param room bytes of memory that these may take: each byte of a pickle may ask for another dict
 * @throws InputError when it is damaged, or asks for anything but data
 */
export function unpickle(bytes: Uint8Array, names: Names, room: number, refuse: Refuse): unknown {
  const machine = createMachine(bytes, names, room, refuse);
  const handlers = {
    ...simpleOpcodes(machine),
    ...containerOpcodes(machine),
    ...callOpcodes(machine, names, refuse),
  };
  for (;;) {
    const op = machine.byte();
    if (op === STOP) return machine.pop();
    const handler = (handlers as Handlers)[op];
    if (!handler) throw refuse(`its pickle has the opcode 0x${op.toString(16)}, which no state_dict needs`);
    handler();
  }
}

type Machine = ReturnType<typeof createMachine>;

/** What reads the bytes, and what has been read: a stack with marks, and a memo. */
const createMachine = (bytes: Uint8Array, names: Names, room: number, refuse: Refuse) => {
  const damaged = () => refuse('damaged: its pickle cannot be read');
  let left = room;
  /** Something that takes so much memory. */
  function made<T>(size: number, one: T): T {
    left -= size;
    if (left < 0) throw refuse('its pickle makes more of lists and dicts than the file is large');
    return one;
  }
  return { damaged, made, ...createReader(bytes, damaged), ...createStack(names, refuse, damaged) };
};

function createReader(bytes: Uint8Array, damaged: () => Error) {
  const decoder = new TextDecoder();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  /** Where the next n bytes begin. */
  const skip = (n: number): number => {
    if (!(n >= 0 && at + n <= bytes.length)) throw damaged();
    at += n;
    return at - n;
  };
  const text = (n: number): string => {
    const from = skip(n);
    return decoder.decode(bytes.subarray(from, from + n));
  };
  const line = (): string => {
    const found = text(bytes.indexOf(10, at) - at);
    skip(1);
    return found;
  };
  return { view, skip, text, line, byte: () => bytes[skip(1)]! };
}

function createStack(names: Names, refuse: Refuse, damaged: () => Error) {
  const stack: unknown[] = [];
  const marks: number[] = [];
  const memo = new Map<number, unknown>();
  const requireOne = () => {
    if (stack.length <= (marks.at(-1) ?? 0)) throw damaged();
  };
  const push = (value: unknown) => void stack.push(value);
  const pop = (): unknown => {
    requireOne();
    return stack.pop();
  };
  /** The value on top, which stays there. */
  const top = <T>(is: (value: unknown) => value is T): T => {
    requireOne();
    const value = stack.at(-1);
    if (!is(value)) throw damaged();
    return value;
  };
  const mark = () => void marks.push(stack.length);
  const toMark = (): unknown[] => {
    const from = marks.pop();
    if (from === undefined) throw damaged();
    return stack.splice(from);
  };
  const put = (n: number) => {
    requireOne();
    memo.set(n, stack.at(-1));
  };
  const get = (n: number) => {
    if (!memo.has(n)) throw damaged();
    push(memo.get(n));
  };
  const name = (given: string) => {
    if (!names.has(given))
      throw refuse(`its pickle asks for ${given.slice(0, 80)}, which is code; save a state_dict`);
    push(new Global(given));
  };
  return { push, pop, top, mark, toMark, put, get, name, memoize: () => put(memo.size) };
}

/** Numbers, texts, and the memo. */
function simpleOpcodes({ view, skip, push, byte, text, put, get, memoize, damaged }: Machine): Handlers {
  const uint32 = () => view.getUint32(skip(4), true);
  function long(): number {
    const n = byte();
    const from = skip(n);
    let value = 0n;
    for (let i = n - 1; i >= 0; i--) value = (value << 8n) | BigInt(view.getUint8(from + i));
    const number = Number(BigInt.asIntN(8 * n, value));
    if (!Number.isSafeInteger(number)) throw damaged();
    return number;
  }
  return {
    0x80: () => {
      if (byte() > 5) throw damaged();
    },
    0x95: () => void skip(8),
    [code('K')]: () => push(byte()),
    [code('M')]: () => push(view.getUint16(skip(2), true)),
    [code('J')]: () => push(view.getInt32(skip(4), true)),
    0x8a: () => push(long()),
    [code('G')]: () => push(view.getFloat64(skip(8), false)),
    [code('N')]: () => push(null),
    0x88: () => push(true),
    0x89: () => push(false),
    [code('X')]: () => push(text(uint32())),
    0x8c: () => push(text(byte())),
    [code('q')]: () => put(byte()),
    [code('r')]: () => put(uint32()),
    0x94: memoize,
    [code('h')]: () => get(byte()),
    [code('j')]: () => get(uint32()),
  };
}

const isDict = (value: unknown): value is Map<unknown, unknown> => value instanceof Map;
const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** Dicts, lists and tuples. */
function containerOpcodes({ push, pop, top, mark, toMark, made, damaged }: Machine): Handlers {
  const tuple = (n: number) => () => push(made(LIST, Array.from({ length: n }, pop).reverse()));
  return {
    [code('}')]: () => push(made(DICT, new Map())),
    [code(']')]: () => push(made(LIST, [])),
    [code(')')]: () => push(made(LIST, [])),
    [code('(')]: mark,
    [code('t')]: () => push(made(LIST, toMark())),
    0x85: tuple(1),
    0x86: tuple(2),
    0x87: tuple(3),
    [code('s')]() {
      const [value, key] = [pop(), pop()];
      top(isDict).set(key, value);
    },
    [code('u')]() {
      const items = toMark();
      if (items.length % 2) throw damaged();
      const dict = top(isDict);
      for (let n = 0; n < items.length; n += 2) dict.set(items[n], items[n + 1]);
    },
    [code('a')]() {
      const item = pop();
      top(isList).push(item);
    },
    [code('e')]() {
      const items = toMark();
      const list = top(isList);
      for (const item of items) list.push(item);
    },
  };
}

/** Names, calls and references. */
function callOpcodes(machine: Machine, names: Names, refuse: Refuse): Handlers {
  const { push, pop, top, line, name: named, made, damaged } = machine;
  return {
    [code('c')]: () => named(`${line()}.${line()}`),
    0x93: () => {
      const [name, module] = [pop(), pop()];
      if (typeof name !== 'string' || typeof module !== 'string') throw damaged();
      named(`${module}.${name}`);
    },
    [code('R')]() {
      const [args, called] = [pop(), pop()];
      if (!(called instanceof Global) || !isList(args)) throw damaged();
      const result = names.call(called.name, args);
      if (result === undefined) throw refuse(`damaged: its pickle calls ${called.name} with something else`);
      push(made(DICT, result));
    },
    [code('Q')]() {
      const loaded = names.load(pop());
      if (loaded === undefined) throw damaged();
      push(loaded);
    },
    // The attributes of a state_dict: versions of its modules.
    [code('b')]() {
      pop();
      top(isDict);
    },
  };
}
