/** Goes through the nodes of a graph in their order, and finds out what each value stands for. */
import { InputError } from '../../../engine/index.js';
import type { FileTensor } from '../fileTensor.js';
import type { Refuse } from '../refusal.js';
import { DATA_TYPES, type GraphMessage, type NodeMessage, type ValueInfo } from './messages.js';
import { createNodeReader, type Reader } from './node.js';
import { readCells } from './readCells.js';
import { readCast, readWhere } from './readMasks.js';
import {
  readConcat,
  readReduce,
  readReshape,
  readSqueeze,
  readTranspose,
  readUnsqueeze,
} from './readMoves.js';
import {
  readActivation,
  readAdd,
  readGemm,
  readLayerNormalization,
  readMatMul,
  readOneHot,
} from './readRows.js';
import {
  readConstant,
  readConstantOfShape,
  readExpand,
  readGather,
  readIdentity,
  readMul,
  readShape,
  readSlice,
  readTile,
} from './readShapes.js';
import type { Axis, Input, Value } from './values.js';

const READERS: Readonly<Record<string, Reader>> = {
  ...{ LSTM: readCells, GRU: readCells, RNN: readCells },
  ...{ MatMul: readMatMul, Gemm: readGemm, Add: readAdd, LayerNormalization: readLayerNormalization },
  ...{ Relu: readActivation, Tanh: readActivation, Sigmoid: readActivation, Softmax: readActivation },
  ...{ Gather: readGather, OneHot: readOneHot, Slice: readSlice, Concat: readConcat, Expand: readExpand },
  ...{ Transpose: readTranspose, Reshape: readReshape, Squeeze: readSqueeze, Unsqueeze: readUnsqueeze },
  ...{ ReduceSum: readReduce, ReduceMean: readReduce, ReduceProd: readReduce, Tile: readTile },
  ...{ Cast: readCast, Where: readWhere, Identity: readIdentity, Dropout: readIdentity },
  ...{ Constant: readConstant, ConstantOfShape: readConstantOfShape, Shape: readShape, Mul: readMul },
};

/** What the values of a graph stand for, by name. */
export interface Walked {
  readonly values: ReadonlyMap<string, Value>;
  readonly inputs: readonly Input[];
  /** How many nodes there are of each kind. */
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * @param tensors the constants
 * @throws InputError when two values have the same name
 */
export function walk(
  { node: nodes = [], input: infos = [] }: GraphMessage,
  tensors: readonly FileTensor[],
  opset: number,
  refuse: Refuse,
): Walked {
  const values = new Map<string, Value>();
  const give = (name: string, value: Value) => {
    if (values.has(name)) throw refuse(`damaged: two values are called ${name.slice(0, 80)}`);
    values.set(name, value);
  };
  for (const tensor of tensors) give(tensor.name, { kind: 'constant', tensor });
  // An input of the name of a constant may replace it; it does not have to.
  const inputs = infos.filter(({ name = '' }) => !values.has(name)).map(inputOf);
  for (const input of inputs) give(input.name, valueOf(input, refuse));
  const labels = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const message of nodes) {
    const { opType = '', output = [] } = message;
    counts.set(opType, (counts.get(opType) ?? 0) + 1);
    const given = readNode(message, labelOf(message, labels), values, opset, refuse);
    for (const [n, name] of output.entries()) if (name !== '') give(name, given(n));
  }
  return { values, inputs, counts };
}

/**
 * Its name or that of its output, and a number if another one has it.
 * @param taken how often each has been wanted
 */
function labelOf({ name, output = [], opType = '' }: NodeMessage, taken: Map<string, number>): string {
  const wanted = (name || output.find(Boolean) || opType).slice(0, 80);
  let label = wanted;
  while (taken.has(label)) {
    const count = taken.get(wanted)! + 1;
    taken.set(wanted, count);
    label = `${wanted}_${count}`;
  }
  taken.set(label, 1);
  return label;
}

/** @returns the values of its outputs; what is not understood matters only if something depends on it */
function readNode(
  message: NodeMessage,
  label: string,
  values: ReadonlyMap<string, Value>,
  opset: number,
  refuse: Refuse,
): (output: number) => Value {
  const { opType = '', domain = '', input = [] } = message;
  const unknown = (why: InputError): Value => ({ kind: 'unknown', why });
  const missing = (name: string) =>
    refuse(`node ${label} reads ${name.slice(0, 80)}, which nothing before it gives`);
  const inputs = input.map((name) => (name === '' ? null : (values.get(name) ?? unknown(missing(name)))));
  const node = createNodeReader(message, label, inputs, opset, refuse);
  try {
    const isKnown = (domain === '' || domain === 'ai.onnx') && Object.hasOwn(READERS, opType);
    // What is not understood is told where it begins.
    if (!isKnown) for (const [n] of inputs.entries()) node.optional(n);
    if (!isKnown) throw node.refuse('it is not known here');
    const given = READERS[opType]!(node);
    return (n) => given[n] ?? unknown(node.refuse(`its output ${n + 1} is not known here`));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return () => unknown(error);
  }
}

function inputOf({ name = '', type }: ValueInfo): Input {
  const { elemType = 0, shape } = type?.tensorType ?? {};
  const axes = (shape?.dim ?? []).map(({ dimValue }): Axis => {
    return { role: 'any', size: dimValue !== undefined && dimValue >= 1 ? dimValue : null };
  });
  return { name, type: DATA_TYPES[elemType] ?? `type ${elemType} of ONNX`, axes };
}

function valueOf(input: Input, refuse: Refuse): Value {
  const { name, type, axes } = input;
  const chain = { input, symbols: null, layers: [] };
  if (axes.length > 0 && (type === 'F32' || type === 'F64')) return { kind: 'signal', chain, axes };
  if (axes.length > 0 && (type === 'I32' || type === 'I64'))
    return { kind: 'symbols', input, axes, steps: null };
  const why = `its input ${name.slice(0, 80)} has numbers of ${type}, in ${axes.length} axes; what can be read is F32 [T,B,D] and I32 or I64 [T,B]`;
  return { kind: 'unknown', why: refuse(why) };
}
