/** A graph in the making: nodes, constants, inputs and outputs, each value under a name of its own. */
import type { Tensor } from '../../../engine/index.js';
import { bytesOf } from '../fileTensor.js';
import {
  ATTRIBUTE_TYPES,
  FLOAT,
  INT32,
  INT64,
  type AttributeMessage,
  type GraphMessage,
  type NodeMessage,
  type TensorMessage,
  type ValueInfo,
} from './messages.js';

/** Whole numbers, a text, or in `f` a float32. */
export type Attribute = number | string | readonly number[] | { readonly f: number };

export type GraphBuilder = ReturnType<typeof createGraphBuilder>;

export function createGraphBuilder() {
  const nodes: NodeMessage[] = [];
  const initializers: TensorMessage[] = [];
  const [inputs, outputs]: [ValueInfo[], ValueInfo[]] = [[], []];
  const taken = new Set<string>();
  const takenByNodes = new Set<string>();

  const unique = (name: string) => uniqueAmong(taken, name);

  /** @returns the names of the outputs; those called '' are not computed */
  function nodeOf(
    opType: string,
    name: string,
    input: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
    wanted: readonly string[],
  ): string[] {
    const output = wanted.map((one) => one && unique(one));
    const given = [...input];
    while (given.at(-1) === '') given.pop();
    const attribute = Object.entries(attributes).map(attributeOf);
    nodes.push({ input: given, output, name: uniqueAmong(takenByNodes, name), opType, attribute });
    return output;
  }

  return {
    nodeOf,
    /** A node of one output, which is called like it. */
    node: (
      opType: string,
      name: string,
      input: readonly string[],
      attributes: Readonly<Record<string, Attribute>> = {},
    ): string => nodeOf(opType, name, input, attributes, [name])[0]!,
    /** A constant of numbers. */
    weight(name: string, t: Tensor): string {
      initializers.push({ dims: t.shape, dataType: FLOAT, name: unique(name), rawData: bytesOf(t) });
      return name;
    },
    /** A constant of whole numbers, a vector or a scalar: sizes and places, or int32 where only that is read. */
    whole(values: readonly number[] | number, dataType: typeof INT64 | typeof INT32 = INT64): string {
      const constant = wholeConstant(values, dataType);
      if (!taken.has(constant.name)) initializers.push({ ...constant, name: unique(constant.name) });
      return constant.name;
    },
    input(name: string, type: number, shape: readonly (string | number)[]): string {
      inputs.push(infoOf(unique(name), type, shape));
      return name;
    },
    /** Gives a value another name, under which it leaves the graph. */
    output(name: string, value: string, shape: readonly (string | number)[]): void {
      nodeOf('Identity', name, [value], {}, [name]);
      outputs.push(infoOf(name, FLOAT, shape));
    },
    finish: (name: string): GraphMessage => ({
      ...{ node: nodes, name, initializer: initializers, input: inputs, output: outputs },
    }),
  };
}

/** The name, or with a number if it is taken. */
function uniqueAmong(taken: Set<string>, name: string): string {
  let [free, count] = [name, 1];
  while (taken.has(free)) free = `${name}_${++count}`;
  taken.add(free);
  return free;
}

function wholeConstant(values: readonly number[] | number, dataType: number) {
  const [dims, list] = typeof values === 'number' ? [[], [values]] : [[values.length], values];
  const numbers = dataType === INT64 ? BigInt64Array.from(list, BigInt) : Int32Array.from(list);
  const name = `${dataType === INT64 ? 'whole' : 'int32'}.${dims.length}.${list.join('_')}`;
  return { dims, dataType, name, rawData: new Uint8Array(numbers.buffer) };
}

function attributeOf([name, value]: [string, Attribute]): AttributeMessage {
  const of = (field: keyof typeof ATTRIBUTE_TYPES, given: AttributeMessage): AttributeMessage => ({
    ...{ name, ...given, type: ATTRIBUTE_TYPES[field] },
  });
  if (typeof value === 'number') return of('i', { i: value });
  if (typeof value === 'string') return of('s', { s: value });
  return 'f' in value ? of('f', value) : of('ints', { ints: value });
}

const infoOf = (name: string, elemType: number, shape: readonly (string | number)[]): ValueInfo => {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
};
