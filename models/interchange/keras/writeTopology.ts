/**
 * The layers of a model as Keras and tfjs describe them: a Sequential, or a functional model where a layer is
 * a graph of several, x + f(x) or an encoder and a decoder.
 */
import { InputError } from '../../../engine/index.js';
import { cells, type CellName } from '../../../cells/index.js';
import type { ModelConfig } from '../../graph/modelConfig.js';
import type { LayerConfig } from '../../layers/config.js';
import { MEANING } from './dialect.js';
import { CLASSES } from './modules.js';
import { functional, sequential, type Node, type Shape } from './nodes.js';
import { requireMasks } from './requireMasks.js';
import { cellOptions, layerOf, writeEmbedding, writeLayer } from './writeLayer.js';
import type { WrittenLayer, Writing } from './writeLayer.js';

/**
 * `{ class_name, config }` of the model.
 * @throws InputError when there is no equivalent of a layer
 */
export function writeTopology({ input, layers }: ModelConfig, writing: Writing): WrittenLayer {
  const { dialect, dtype } = writing;
  const { program } = MEANING[dialect];
  for (const { name } of layers)
    if (name.includes('/')) throw new InputError(`layer ${name}: names in ${program} have no /`);
  const [{ name, config: first }] = layers as [{ name: string; config: LayerConfig }];
  if (input.columns > 1)
    throw new InputError(`layer ${name} reads ${input.columns} symbols per step; ${program} reads one`);
  const later = layers.slice(1).find(({ config }) => config!.kind === 'embedding');
  if (later) throw new InputError(`layer ${later.name} is an embedding, but not the first layer`);
  requireMasks(layers, dialect);

  const free = freeNames(layers.map((layer) => layer.name));
  const shape = first.kind === 'embedding' ? [null, null] : [null, null, input.width];
  const read = first.kind === 'embedding' ? 'int32' : dtype;
  const inputLayer = layerOf(dialect, 'InputLayer', {
    ...(dialect === 'keras' ? { batch_shape: shape } : { batch_input_shape: shape, sparse: false }),
    ...{ dtype: read, name: free('input') },
  });
  const nodes: Node[] = [{ layer: inputLayer, inputs: [], shape, dtype: read }];
  for (const { name, config } of layers)
    nodes.push(...nodesOf(name, config!, nodes[nodes.length - 1]!, input.width, writing, free));
  const isChain = nodes.every(({ layer }) => layer.class_name !== 'Add' && layer.class_name !== 'GetItem');
  return isChain ? sequential(nodes, dialect) : functional(nodes, dialect);
}

/** Gives names like those asked for that no layer has. */
type Free = (name: string) => string;

function freeNames(names: readonly string[]): Free {
  const taken = new Set(names);
  return (name) => {
    let free = name;
    while (taken.has(free)) free += '_';
    taken.add(free);
    return free;
  };
}

/**
 * The nodes of a layer, of which the last one is its output.
 * @param width of the model's input
 */
function nodesOf(
  name: string,
  config: LayerConfig,
  below: Node,
  width: number,
  writing: Writing,
  free: Free,
): Node[] {
  const { dialect, dtype } = writing;
  const shape = shapeAfter(config, below.shape);
  if (config.kind === 'embedding')
    return [{ layer: writeEmbedding(name, config, width, writing), inputs: [below], shape, dtype }];
  if (config.kind === 'residual') {
    const inner = nodesOf(name, config.layer as unknown as LayerConfig, below, width, writing, free);
    const layer = layerOf(dialect, 'Add', { name: free(`${name}_sum`), dtype });
    return [...inner, { layer, inputs: [below, inner[inner.length - 1]!], shape, dtype }];
  }
  if (config.kind === 'encoderDecoder') return encoderDecoder(name, config, below, writing, free);
  return [{ layer: writeLayer(name, config, writing), inputs: [below], shape, dtype }];
}

/** The shape of what a layer gives. */
function shapeAfter(config: LayerConfig, below: Shape): Shape {
  const { kind, units, mergeMode, steps, returnSequences } = config;
  const inner = (config.layer ?? null) as unknown as LayerConfig | null;
  if (inner) return shapeAfter(inner, below);
  const [width, length] = [below[below.length - 1]!, below.slice(1, -1)];
  if (kind === 'repeatVector') return [null, steps as number, width];
  const own = units === undefined ? width : (units as number) * (mergeMode === 'concat' ? 2 : 1);
  if (kind === 'embedding') return [null, null, own];
  return [null, ...(returnSequences === false ? [] : length), own];
}

/** Two layers of cells over two slices of the input; the second one begins with the states of the first. */
function encoderDecoder(
  name: string,
  config: LayerConfig,
  below: Node,
  writing: Writing,
  free: Free,
): Node[] {
  const { dialect, dtype } = writing;
  if (dialect !== 'keras')
    throw new InputError(`layer ${name} slices its input, and ${MEANING[dialect].program} has no such layer`);
  const [S, units, cell] = [config.sourceSteps as number, config.units as number, config.cell as CellName];
  const slice = (from: number | null, to: number | null): Node => ({
    ...{ inputs: [below], shape: below.shape, dtype, slice: [from, to] },
    layer: {
      ...{ module: 'keras.src.ops.numpy', class_name: 'GetItem', registered_name: 'GetItem' },
      config: { name: free(`${name}_${from === null ? 'source' : 'rest'}`) },
    },
  });
  const part = (of: string, options: object): WrittenLayer =>
    layerOf(dialect, CLASSES[cell]!, {
      ...{ name: free(`${name}_${of}`), dtype, ...cellOptions(config, dialect), ...options },
    });
  const [source, rest] = [slice(null, S), slice(S, null)];
  const encoder: Node = {
    ...{ layer: part('encoder', { return_state: true }), inputs: [source], shape: [null, units], dtype },
  };
  const decoder: Node = {
    ...{
      layer: part('decoder', { return_sequences: true }),
      inputs: [rest],
      shape: [null, null, units],
      dtype,
    },
    states: [encoder, cells[cell].states.length],
  };
  return [source, rest, encoder, decoder];
}
