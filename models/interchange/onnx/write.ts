/** A model as a graph of ONNX operators, which also says what its layers are. */
import { InputError } from '../../../engine/index.js';
import { concatenate } from '../../weights/digest.js';
import { encodeConfig } from '../config.js';
import type { ExportOptions, Outgoing } from '../outgoing.js';
import { createGraphBuilder } from './graphBuilder.js';
import { FLOAT, INT32, MODEL } from './messages.js';
import { writeMessage } from './protobuf.js';
import { writeActivation, writeLayer } from './writeLayers.js';
import { MOST_LAYERS } from './values.js';
import type { Sent, Writing } from './writeCells.js';

/** The oldest that have all operators used here. */
const [IR_VERSION, OPSET] = [8, 17];
/** What a protocol buffer can hold, in bytes. */
const MOST = 2 ** 31 - 1;
const DROPPING = new Set(['dropout', 'spatialDropout1D']);

/** @throws InputError when ONNX has no equivalent of a layer */
export async function writeOnnx(
  { layers, config, weights }: Outgoing,
  { outputs }: Required<ExportOptions>,
): Promise<Map<string, Uint8Array>> {
  let size = 0;
  for (const [name, { data, size: count }] of weights) {
    if (data instanceof Float64Array)
      throw new InputError(`${name} is float64; the recurrent operators of ONNX Runtime read float32 only`);
    size += 4 * count;
  }
  if (size > MOST) throw new InputError(`the model has ${size} bytes of weights; an ONNX file holds 2 GB`);
  if (layers.length > MOST_LAYERS)
    throw new InputError(
      `the model has ${layers.length} layers; graphs of up to ${MOST_LAYERS} can be read back`,
    );
  const graph = createGraphBuilder();
  const writing: Writing = { graph, weights, states: new Map() };
  const { kind, width, columns } = config.input;
  const value =
    kind === 'features'
      ? graph.input('x', FLOAT, ['T', 'B', width])
      : graph.input('ids', INT32, columns === 1 ? ['T', 'B'] : ['T', 'B', columns]);
  let sent: Sent = { value, width, steps: 'T', mask: null, isPaddedBefore: false, columns: 0 };
  if (kind === 'oneHot') sent = { ...sent, columns };
  for (const { name, layer } of layers) sent = writeLayer(writing, name, layer.config!, sent);
  if (sent.columns > 0) throw new InputError('the model gives the symbols that it reads; it has no layer');
  // What dropout passes on is what the layer before it gives.
  const giving = layers.filter(({ layer }) => !DROPPING.has(layer.kind)).at(-1);
  const isThrough = giving?.layer.activation !== undefined;
  const y =
    outputs === 'probabilities' && !isThrough
      ? writeActivation(graph, 'probabilities', sent.width === 1 ? 'sigmoid' : 'softmax', sent.value)
      : sent.value;
  graph.output('y', y, [...(sent.steps === null ? [] : [sent.steps]), 'B', sent.width]);
  for (const [name, [state, shape]] of writing.states) graph.output(name, state, shape);
  const bytes = writeMessage(
    {
      ...{ irVersion: IR_VERSION, producerName: 'unrolled', graph: graph.finish('unrolled') },
      opsetImport: [{ domain: '', version: OPSET }],
    },
    MODEL,
  );
  const entry = { key: 'unrolled', value: await encodeConfig(config, '', bytes) };
  return new Map([['model.onnx', concatenate([bytes, writeMessage({ metadataProps: [entry] }, MODEL)])]]);
}
