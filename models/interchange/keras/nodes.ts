/** The graph of a model as Keras and tfjs describe it: layers, and what each reads. */
import type { Dialect } from './dialect.js';
import { layerOf, type WrittenLayer } from './writeLayer.js';

/** Lengths that are not known are null: of the batch, and of sequences. */
export type Shape = readonly (number | null)[];

/** A layer, what it reads, and what it gives. */
export interface Node {
  readonly layer: WrittenLayer;
  readonly inputs: readonly Node[];
  readonly shape: Shape;
  readonly dtype: string;
  /** The steps of a slice. */
  readonly slice?: readonly [start: number | null, stop: number | null];
  /** The encoder whose last states a decoder begins with, and how many it has. */
  readonly states?: readonly [encoder: Node, count: number];
}

/** A model whose nodes read one another in their order. */
export function sequential(nodes: readonly Node[], dialect: Dialect): WrittenLayer {
  const layers = nodes.map(({ layer }) => layer);
  return modelOf('Sequential', 'keras', { name: 'sequential', layers }, dialect);
}

/** A model of any graph; the last node is its output. */
export function functional(nodes: readonly Node[], dialect: Dialect): WrittenLayer {
  const layers = nodes.map((node) => ({
    ...node.layer,
    name: node.layer.config.name,
    inbound_nodes: node.inputs.length === 0 ? [] : [dialect === 'keras' ? callOf(node) : listOf(node)],
  }));
  const place = ({ layer }: Node) => [layer.config.name, 0, 0];
  const [first, last] = [place(nodes[0]!), place(nodes[nodes.length - 1]!)];
  // One tensor for Keras 3, and a list of one for tfjs, which knows nothing else.
  const ends =
    dialect === 'keras'
      ? { input_layers: first, output_layers: last }
      : { input_layers: [first], output_layers: [last] };
  const config = { name: 'functional', layers, ...ends };
  return modelOf('Functional', 'keras.src.models.functional', config, dialect);
}

const modelOf = (
  className: string,
  module: string,
  config: WrittenLayer['config'],
  dialect: Dialect,
): WrittenLayer => ({ ...layerOf(dialect, className, config), ...(dialect === 'keras' && { module }) });

/** Keras 3: the arguments of a call. */
function callOf({ inputs, slice, states }: Node) {
  const read = inputs.map((node) => outputOf(node, 0, node.shape));
  const range = (start: number | null, stop: number | null) => ({
    ...{ class_name: '__slice__', config: { start, stop, step: null } },
  });
  const args = [read.length === 1 ? read[0] : read, ...(slice ? [[range(null, null), range(...slice)]] : [])];
  if (!states) return { args, kwargs: {} };
  const [encoder, count] = states;
  const initial = Array.from({ length: count }, (_, n) => outputOf(encoder, n + 1, encoder.shape));
  return { args, kwargs: { initial_state: initial } };
}

const outputOf = ({ layer, dtype }: Node, output: number, shape: Shape) => ({
  class_name: '__keras_tensor__',
  config: { shape, dtype, keras_history: [layer.config.name, 0, output] },
});

/** tfjs: a list of what is read. */
const listOf = ({ inputs }: Node) => inputs.map(({ layer }) => [layer.config.name, 0, 0, {}]);
