/** The messages of an ONNX file (onnx.proto, IR version 8 and later), as far as networks need them. */
import { blob, float, int, many, message, one, text, type MessageOf } from './protobuf.js';

const ENTRY = { key: one(1, text), value: one(2, text) };

/** A constant. Its numbers are in one of the `..Data`, or in another file. */
export const TENSOR = {
  dims: many(1, int),
  dataType: one(2, int),
  segment: one(3, blob),
  // Packed numbers; `many` because a file may have them in several pieces.
  floatData: many(4, blob),
  int32Data: many(5, int),
  stringData: many(6, blob),
  int64Data: many(7, int),
  name: one(8, text),
  rawData: one(9, blob),
  doubleData: many(10, blob),
  uint64Data: many(11, int),
  externalData: many(13, message(ENTRY)),
  dataLocation: one(14, int),
};

/** A setting of a node: its value is in the field of its type. */
export const ATTRIBUTE = {
  name: one(1, text),
  f: one(2, float),
  i: one(3, int),
  s: one(4, text),
  t: one(5, message(TENSOR)),
  g: one(6, blob),
  floats: many(7, float),
  ints: many(8, int),
  strings: many(9, text),
  type: one(20, int),
  refAttrName: one(21, text),
};

export const NODE = {
  input: many(1, text),
  output: many(2, text),
  name: one(3, text),
  opType: one(4, text),
  attribute: many(5, message(ATTRIBUTE)),
  domain: one(7, text),
};

const DIMENSION = { dimValue: one(1, int), dimParam: one(2, text) };
const SHAPE = { dim: many(1, message(DIMENSION)) };
const TENSOR_TYPE = { elemType: one(1, int), shape: one(2, message(SHAPE)) };
const TYPE = { tensorType: one(1, message(TENSOR_TYPE)) };

/** An input or output: a name, a type, a shape. */
export const VALUE_INFO = { name: one(1, text), type: one(2, message(TYPE)) };

export const GRAPH = {
  node: many(1, message(NODE)),
  name: one(2, text),
  initializer: many(5, message(TENSOR)),
  input: many(11, message(VALUE_INFO)),
  output: many(12, message(VALUE_INFO)),
  sparseInitializer: many(15, blob),
};

const OPSET = { domain: one(1, text), version: one(2, int) };

/** The file. */
export const MODEL = {
  irVersion: one(1, int),
  producerName: one(2, text),
  graph: one(7, message(GRAPH)),
  opsetImport: many(8, message(OPSET)),
  metadataProps: many(14, message(ENTRY)),
};

export type TensorMessage = MessageOf<typeof TENSOR>;
export type AttributeMessage = MessageOf<typeof ATTRIBUTE>;
export type NodeMessage = MessageOf<typeof NODE>;
export type ValueInfo = MessageOf<typeof VALUE_INFO>;
export type GraphMessage = MessageOf<typeof GRAPH>;
export type ModelMessage = MessageOf<typeof MODEL>;

/** The field of a metadata entry in a file, for who looks for one. */
export const METADATA = { number: MODEL.metadataProps.number, fields: ENTRY };

/** Types of attributes that are written and read, by the field that holds the value. */
export const ATTRIBUTE_TYPES = { f: 1, i: 2, s: 3, t: 4, floats: 6, ints: 7, strings: 8 } as const;

/** Types of numbers, as safetensors calls them. */
export const DATA_TYPES: Readonly<Record<number, string>> = {
  ...{ 1: 'F32', 2: 'U8', 3: 'I8', 4: 'U16', 5: 'I16', 6: 'I32', 7: 'I64', 9: 'BOOL', 10: 'F16', 11: 'F64' },
  ...{ 12: 'U32', 13: 'U64', 16: 'BF16' },
};
export const [FLOAT, INT32, INT64, BOOL, DOUBLE] = [1, 6, 7, 9, 11] as const;
