/** What can be asked of what layers give, and done to it. */
import type { LayerConfig } from '../../layers/config.js';
import type { NodeReader } from './node.js';
import { MOST_LAYERS, shown, type Axis, type Chain, type FileLayer, type Signal } from './values.js';

/** What is in the last axis of a row. */
export const featuresOf = ({ axes }: Signal): Axis => axes.at(-1)!;

/**
 * A signal that a layer can read: numbers [..,D] of finished layers.
 * @throws InputError when it is something in between
 */
export function finished(node: NodeReader, n: number): Signal {
  const signal = node.signal(n);
  if (signal.unfinished) throw node.refuse(signal.unfinished.why);
  if (signal.axes.some(({ role, size }) => role === 'parts' && size !== 1))
    throw node.refuse('it reads the directions of a bidirectional layer before they are merged');
  return signal;
}

/** @throws InputError unless it has D numbers in each row, or may have */
export function requireWidth(node: NodeReader, signal: Signal, D: number): void {
  const axis = featuresOf(signal);
  if (!axis) throw node.refuse('it reads a single number');
  if (axis.role === 'any') Object.assign(axis, { role: 'features', size: axis.size ?? D });
  if (axis.role !== 'features')
    throw node.refuse(`it reads ${shown(signal.axes)}, whose last axis is not that of the features`);
  if (axis.size !== D) throw node.refuse(`it reads ${axis.size ?? '?'} numbers, and has weights for ${D}`);
}

/** The features of a layer's output. */
export const featuresAxis = (size: number): Axis => ({ role: 'features', size });

/** The signal after one more layer, of as many rows. */
export function through(node: NodeReader, signal: Signal, layer: FileLayer, width: number): Signal {
  const axes = [...signal.axes.slice(0, -1), featuresAxis(width)];
  return { kind: 'signal', chain: extended(node, signal.chain, layer), axes };
}

/** @throws InputError when there are too many */
export function extended(node: NodeReader, chain: Chain, layer: FileLayer): Chain {
  if (chain.layers.length === MOST_LAYERS) throw node.refuse(`it is the layer after ${MOST_LAYERS} others`);
  return { ...chain, layers: [...chain.layers, layer] };
}

/** The signal with another last layer. */
export function withLast(signal: Signal, change: (last: FileLayer) => FileLayer): Signal {
  const { layers } = signal.chain;
  const last = layers.at(-1);
  return last
    ? { ...signal, chain: { ...signal.chain, layers: [...layers.slice(0, -1), change(last)] } }
    : signal;
}

/** The layer with other options. */
export const withOptions = (layer: FileLayer, options: Omit<LayerConfig, 'kind'>): FileLayer => ({
  ...layer,
  config: { ...layer.config, ...options },
});

/** Whether the chain `a` is the beginning of the chain `b`. */
export const begins = (a: Chain, b: Chain): boolean =>
  a.input === b.input && a.layers.every((layer, n) => layer === b.layers[n]);
