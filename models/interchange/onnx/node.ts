/** A node of a graph in the hands of who reads it: its inputs, its settings, and how it is refused. */
import type { InputError } from '../../../engine/index.js';
import type { FileTensor } from '../fileTensor.js';
import type { Refuse } from '../refusal.js';
import { ATTRIBUTE_TYPES, type AttributeMessage, type NodeMessage } from './messages.js';
import { wholeNumbersOf } from './tensors.js';
import type { Signal, Size, Value } from './values.js';

/** What a node gives, in the order of its outputs. */
export type Reader = (node: NodeReader) => readonly (Value | undefined)[];

export type NodeReader = ReturnType<typeof createNodeReader>;

/** Defaults of settings by name, which also say the type; null: a constant or nothing. */
type Settings = Readonly<Record<string, number | string | readonly number[] | readonly string[] | null>>;
type Given<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends number
    ? number
    : S[K] extends string
      ? string
      : S[K] extends null
        ? AttributeMessage | null
        : S[K];
};

/**
 * @param label  what the node is called in errors and as a layer
 * @param inputs null where it has none
 */
export function createNodeReader(
  message: NodeMessage,
  label: string,
  inputs: readonly (Value | null)[],
  opset: number,
  refuse: Refuse,
) {
  const { opType = '', attribute = [] } = message;
  const refused = (what: string): InputError => refuse(`node ${label} (${opType}): ${what}`);
  return {
    ...{ label, opType, opset, count: inputs.length, refuse: refused },
    ...inputReaders(inputs, refused),

    /** The settings. @throws InputError on any that is not in the list, or of another type */
    settings<S extends Settings>(defaults: S): Given<S> {
      const found: Record<string, unknown> = { ...defaults };
      for (const one of attribute) {
        const { name = '' } = one;
        if (!Object.hasOwn(defaults, name))
          throw refused(`its attribute ${name.slice(0, 40)} is not known here`);
        found[name] = settingOf(one, defaults[name] ?? null, () =>
          refused(`its attribute ${name} has another type`),
        );
      }
      return found as Given<S>;
    },
  };
}

/** What an input is; `what` it is called in errors. They throw InputErrors if it is something else. */
function inputReaders(inputs: readonly (Value | null)[], refuse: Refuse) {
  /** An input that may be missing. */
  function optional(n: number): Value | null {
    const value = inputs[n] ?? null;
    if (value?.kind === 'unknown') throw value.why;
    return value;
  }

  function input(n: number): Value {
    const value = optional(n);
    if (!value) throw refuse(`its input ${n + 1} is missing`);
    return value;
  }

  function constant(n: number, what: string): FileTensor {
    const value = input(n);
    if (value.kind === 'constant') return value.tensor;
    throw refuse(`${what} is computed; only a constant can be read`);
  }

  function sizes(n: number, what: string): readonly Size[] {
    const value = input(n);
    const found = value.kind === 'constant' ? wholeNumbersOf(value.tensor) : null;
    if (value.kind === 'sizes' || found) return value.kind === 'sizes' ? value.sizes : found!;
    throw refuse(`${what} is not made of sizes, and not constant`);
  }

  /** Whole numbers that are constant. */
  function whole(n: number, what: string): readonly number[] {
    const found = sizes(n, what);
    if (found.every((size) => typeof size === 'number')) return found;
    throw refuse(`${what} depends on sizes that are open`);
  }

  function signal(n: number): Signal {
    const value = input(n);
    if (value.kind === 'signal') return value;
    throw refuse('it is not used on what a layer gives, or on the input of numbers');
  }

  return { optional, input, constant, sizes, whole, signal };
}

function settingOf(one: AttributeMessage, like: Settings[string], wrong: () => InputError): unknown {
  if (one.refAttrName !== undefined) throw wrong();
  const { f, i, s, floats, ints, strings } = ATTRIBUTE_TYPES;
  const isOf = (...types: number[]) => one.type === undefined || types.includes(one.type);
  if (like === null) return one;
  // Some programs leave out what is 0.
  if (typeof like === 'number' && isOf(i, f) && !one.t) return one.i ?? one.f ?? 0;
  if (typeof like === 'string' && isOf(s) && !one.t) return one.s ?? '';
  if (Array.isArray(like) && isOf(ints, floats, strings)) return one.ints ?? one.floats ?? one.strings ?? [];
  throw wrong();
}
