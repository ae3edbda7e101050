/** Layers as nodes of ONNX. */
import { InputError } from '../../../engine/index.js';
import type { LayerConfig } from '../../layers/config.js';
import {
  maskOfZeros,
  requireSequence,
  writeBidirectional,
  writeEncoderDecoder,
  writeRecurrent,
  type Sent,
  type WriteLayer,
} from './writeCells.js';

/** Activations of dense layers, by our names. */
export const ACTIVATIONS: Readonly<Record<string, string>> = {
  ...{ relu: 'Relu', tanh: 'Tanh', sigmoid: 'Sigmoid', softmax: 'Softmax' },
};

/** What ONNX has not is refused by the layer's name. */
export const writeLayer: WriteLayer = (writing, name, config, sent) => {
  const write = WRITERS[config.kind];
  if (!write) throw new InputError(`layer ${name} is of the kind ${config.kind}, which ONNX has not`);
  return write(writing, name, config, sent);
};

const writeDense: WriteLayer = ({ graph, weights }, name, { units, activation }, sent) => {
  requireOneColumn(name, sent);
  const [V, c] = [graph.weight(`${name}.V`, weights.get(`${name}.V`)!), `${name}.c`];
  // A row with a 1 at one place times V is a row of V.
  const [op, inputs] = sent.columns === 0 ? ['MatMul', [sent.value, V]] : ['Gather', [V, sent.value]];
  const [product] = graph.nodeOf(op, name, inputs, {}, [`${name}.product`]);
  const sum = graph.node('Add', `${name}.sum`, [product!, graph.weight(c, weights.get(c)!)]);
  const after = { ...sent, columns: 0, width: units as number };
  if (activation === 'linear') return { ...after, value: sum };
  return { ...after, value: writeActivation(graph, `${name}.activation`, activation as string, sum) };
};

/** @param activation by our name */
export const writeActivation = (
  graph: Parameters<WriteLayer>[0]['graph'],
  name: string,
  activation: string,
  value: string,
): string =>
  graph.node(ACTIVATIONS[activation]!, name, [value], activation === 'softmax' ? { axis: -1 } : {});

const writeEmbedding: WriteLayer = ({ graph, weights }, name, { units, maskZero }, sent) => {
  const { columns, value: ids } = sent;
  if (columns === 0) throw new InputError(`layer ${name} reads symbols; use it on a oneHot input`);
  const E = graph.weight(`${name}.E`, weights.get(`${name}.E`)!);
  const [found] = graph.nodeOf('Gather', name, [E, ids], {}, [`${name}.rows`]);
  const value =
    columns === 1 ? found! : graph.node('Reshape', `${name}.row`, [found!, graph.whole([0, 0, -1])]);
  const mask = maskZero ? maskOfZeros(graph, name, sent) : sent.mask;
  return { ...sent, value, mask, columns: 0, width: columns * (units as number) };
};

const writeNormalization: WriteLayer = ({ graph, weights }, name, { epsilon }, sent) => {
  const { value } = requireNumbers(name, sent);
  const [gamma, beta] = ['gamma', 'beta'].map((letter) =>
    graph.weight(`${name}.${letter}`, weights.get(`${name}.${letter}`)!),
  ) as [string, string];
  const attributes = { axis: -1, epsilon: { f: epsilon as number } };
  const [normalized] = graph.nodeOf('LayerNormalization', name, [value, gamma, beta], attributes, [
    `${name}.normalized`,
  ]);
  return { ...sent, value: normalized! };
};

const writeRepeat: WriteLayer = ({ graph }, name, { steps }, sent) => {
  if (sent.steps !== null) throw new InputError(`layer ${name} repeats a vector, not a sequence`);
  const one = graph.node('Unsqueeze', `${name}.one`, [sent.value, graph.whole([0])]);
  const sizes = graph.whole([steps as number, 1, 1]);
  return { ...sent, value: graph.node('Expand', `${name}.steps`, [one, sizes]), steps: steps as number };
};

const writeResidual: WriteLayer = (writing, name, config, sent) => {
  const x = requireNumbers(name, sent).value;
  const f = writeLayer(writing, name, config.layer as unknown as LayerConfig, sent);
  if ((f.steps === null) !== (sent.steps === null) || f.width !== sent.width)
    throw new InputError(`layer ${name} makes something else than it reads; a residual layer needs the same`);
  return { ...f, value: writing.graph.node('Add', `${name}.residual`, [x, f.value]) };
};

const writeInner: WriteLayer = (writing, name, config, sent) =>
  writeLayer(writing, name, config.layer as unknown as LayerConfig, requireSequence(name, sent));

const WRITERS: Readonly<Record<string, WriteLayer>> = {
  recurrent: writeRecurrent,
  bidirectional: writeBidirectional,
  encoderDecoder: writeEncoderDecoder,
  dense: writeDense,
  embedding: writeEmbedding,
  layerNormalization: writeNormalization,
  repeatVector: writeRepeat,
  residual: writeResidual,
  timeDistributed: writeInner,
  // They do nothing in use.
  dropout: (_writing, _name, _config, sent) => sent,
  spatialDropout1D: (_writing, _name, _config, sent) => sent,
};

function requireNumbers(name: string, sent: Sent): Sent {
  if (sent.columns === 0) return sent;
  throw new InputError(`layer ${name} reads numbers, not symbols; put an embedding below`);
}

function requireOneColumn(name: string, { columns }: Sent): void {
  if (columns > 1) throw new InputError(`layer ${name} reads one symbol per step; put an embedding below`);
}
