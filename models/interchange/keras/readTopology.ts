/**
 * The layers of a file from its configs: a Sequential is a list, and a functional model says for each layer
 * which outputs of others it reads. Keras 3 writes these as calls with arguments; Keras 2 and tfjs as lists
 * `[name, node, output, arguments]`.
 */
import type { Refuse } from '../refusal.js';
import type { FileLayer, FileNetwork, Source } from './fileLayer.js';
import { arrayOf, isRecord, recordOf, shown, type JsonRecord } from '../record.js';

/** @throws InputError when it is neither */
export function readTopology(topology: unknown, refuse: Refuse): FileNetwork {
  const { class_name: className, config } = recordOf(topology);
  // Keras 1 had the list of a Sequential without an object around it.
  const { layers } = recordOf(config);
  if (!Array.isArray(layers) || layers.length === 0) throw refuse('damaged: its config has no layers');
  if (className === 'Sequential') return readSequential(recordOf(config), layers, refuse);
  if (className === 'Functional' || className === 'Model')
    return readFunctional(recordOf(config), layers, refuse);
  throw refuse(
    `a ${shown(className)}, whose layers are code; save a Sequential or a functional model, or use importWeights`,
  );
}

/** The names and classes of the layers in a file, whatever they are. */
export const listLayers = (topology: unknown): Pick<FileLayer, 'name' | 'className'>[] =>
  arrayOf(recordOf(recordOf(topology).config).layers).map((layer) => {
    const { class_name: className, config, name = recordOf(config).name } = recordOf(layer);
    return { name: String(name), className: String(className) };
  });

function readSequential(config: JsonRecord, given: readonly unknown[], refuse: Refuse): FileNetwork {
  const named = given.map((one) => namedLayer(one, refuse));
  const { className: first, config: options } = named[0]!;
  const { input_shape: built } = recordOf(recordOf(given[0]).build_config);
  const shape = options.batch_input_shape ?? built ?? config.build_input_shape;
  const input = { name: '', className: 'InputLayer', config: { batch_shape: shape } };
  const all = first === 'InputLayer' ? named : [input, ...named];
  const layers = all.map((layer, n): FileLayer => {
    const inputs = n === 0 ? [] : [{ layer: all[n - 1]!.name, output: 0 }];
    return { ...layer, inputs, initialState: [], mask: undefined, constants: [] };
  });
  return { layers, output: { layer: all[all.length - 1]!.name, output: 0 } };
}

function namedLayer(given: unknown, refuse: Refuse): Pick<FileLayer, 'name' | 'className' | 'config'> {
  const { class_name: className, config, name = recordOf(config).name } = recordOf(given);
  if (typeof className !== 'string' || !isRecord(config) || typeof name !== 'string')
    throw refuse('damaged: its config has a layer without class_name, config or name');
  return { name, className, config };
}

function readFunctional(config: JsonRecord, given: readonly unknown[], refuse: Refuse): FileNetwork {
  const layers = given.map((one): FileLayer => {
    const layer = namedLayer(one, refuse);
    const nodes = arrayOf(recordOf(one).inbound_nodes);
    if (nodes.length > 1)
      throw refuse(`layer '${layer.name}' is used ${nodes.length} times; a layer here has one place`);
    const reads = { inputs: [], initialState: [], mask: undefined, constants: [] };
    if (nodes.length === 0) return { ...layer, ...reads };
    return { ...layer, ...reads, ...readNode(nodes[0], layer, refuse) };
  });
  const outputs = sourcesOf(config.output_layers);
  if (outputs.length !== 1) throw refuse(`it has ${outputs.length} outputs; a model here has one`);
  return { layers, output: outputs[0]! };
}

/** What one call of a layer reads. */
function readNode(
  node: unknown,
  { name, className }: Pick<FileLayer, 'name' | 'className'>,
  refuse: Refuse,
): Partial<FileLayer> {
  // Keras 2 and tfjs: each input with the other arguments of the call.
  if (Array.isArray(node)) {
    const named = node.flatMap((one) => Object.entries(recordOf(arrayOf(one)[3])));
    return { inputs: node.flatMap(sourceOf), ...readNamed(Object.fromEntries(named), name, refuse) };
  }
  const { args, kwargs } = recordOf(node);
  const [first, ...others] = arrayOf(args);
  const inputs = sourcesOf(first);
  const named = readNamed(recordOf(kwargs), name, refuse);
  const more = others.flatMap(sourcesOf);
  if (more.length === 0) return { inputs, ...named, constants: others };
  // x + y has two arguments; a recurrent layer has its states there.
  return className === 'Add' ? { inputs: [...inputs, ...more] } : { inputs, ...named, initialState: more };
}

function readNamed(named: JsonRecord, name: string, refuse: Refuse): Partial<FileLayer> {
  const { training, initial_state: initialState, mask, ...others } = named;
  const unknown = Object.entries(others).find(([, value]) => value !== null);
  if (unknown) throw refuse(`layer '${name}' is called with ${unknown[0]}, which is not known here`);
  if (training === true) throw refuse(`layer '${name}' is always training, with dropout; here that ends`);
  return {
    mask: mask === undefined ? undefined : (sourcesOf(mask)[0] ?? null),
    initialState: sourcesOf(initialState),
  };
}

/** The outputs of layers in a value: one, or any number in a list. */
function sourcesOf(value: unknown): Source[] {
  const one = sourceOf(value);
  return one.length > 0 ? one : arrayOf(value).flatMap(sourceOf);
}

/** `{ config: { keras_history: [name, node, output] } }`, or only the list; nothing for anything else. */
function sourceOf(value: unknown): Source[] {
  const history = isRecord(value) ? recordOf(value.config).keras_history : value;
  const [layer, node, output] = arrayOf(history);
  if (typeof layer !== 'string' || node !== 0 || !Number.isSafeInteger(output)) return [];
  return [{ layer, output: output as number }];
}
