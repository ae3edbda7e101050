/** What the layers of a graph are here, from what its outputs stand for. */
import type { InputSpec } from '../../graph/model.js';
import type { LayerConfig } from '../../layers/config.js';
import type { Refuse } from '../refusal.js';
import type { GraphMessage } from './messages.js';
import type { Axis, FileLayer, Signal, Value } from './values.js';
import { shown } from './values.js';
import type { Walked } from './walk.js';

/** A network as the file has it. */
export interface FileNetwork {
  readonly input: InputSpec;
  /** With configs that `createLayer` takes, but for activations after what is no dense layer: `activation`. */
  readonly layers: readonly FileLayer[];
  /** What to know about it. */
  readonly notes: readonly string[];
}

/** @throws InputError when a node is not understood on which the output depends, or there is no such model here */
export function networkOf(graph: GraphMessage, walked: Walked, refuse: Refuse): FileNetwork {
  const [main, ...others] = (graph.output ?? []).map(({ name = '' }) => {
    return [name.slice(0, 80), walked.values.get(name)] as const;
  });
  if (!main) throw refuse('its graph has no output');
  const signal = outputOf(...main, walked, refuse);
  const notes: string[] = [];
  const states = new Set<string>();
  for (const [name, value] of others) states.add(stateOf(name, value, signal, refuse));
  const layers = signal.chain.layers.map((layer) => withStates(layer, states, refuse, notes));
  const masked = withMask(signal, layers, refuse, notes);
  noteShapes(signal, notes);
  requireInputs(signal, layers, walked, refuse);
  return { input: inputOf(signal, refuse), layers: masked, notes };
}

function outputOf(name: string, value: Value | undefined, { counts }: Walked, refuse: Refuse): Signal {
  const recurrent = ['LSTM', 'GRU', 'RNN'].some((op) => counts.has(op));
  const tanhs = counts.get('Tanh');
  if (value?.kind === 'unknown') {
    if (recurrent || !tanhs) throw value.why;
    throw refuse(
      `no LSTM, GRU or RNN node, ${tanhs} Tanh nodes: its exporter unrolled it; save it as .keras, or export with dynamo=False`,
    );
  }
  if (value?.kind !== 'signal') throw refuse(`its output ${name} is not what layers give`);
  if (value.unfinished) throw refuse(`its output ${name}: ${value.unfinished.why}`);
  if (value.chain.layers.length === 0) throw refuse(`its output ${name} is its input; it has no layer`);
  const axes = value.axes.filter(({ role, size }) => !((role === 'parts' || role === 'one') && size === 1));
  if (axes.some(({ role }) => role === 'parts'))
    throw refuse(`its output ${name} has the directions of a bidirectional layer before they are merged`);
  if (axes.at(-1)?.role !== 'features' || axes.length < 2)
    throw refuse(`its output ${name} is ${shown(value.axes)}; [T,B,N] or [B,N] can be had`);
  return { ...value, axes };
}

/** A further output: the last state of a layer. @returns which one: `lstm h` */
function stateOf(name: string, value: Value | undefined, main: Signal, refuse: Refuse): string {
  if (value?.kind === 'unknown') throw value.why;
  const own = value?.kind === 'signal' ? value.chain.layers.at(-1) : undefined;
  const isOwn = main.chain.layers.some(({ cells }) => cells && cells.node === own?.cells?.node);
  if (value?.kind !== 'signal' || !value.state || !isOwn || value.unfinished)
    throw refuse(
      `its output ${name} is not the first one, nor the last state of a layer; a model here has one output`,
    );
  return keyOf(own!, value.state);
}

const keyOf = ({ modules }: FileLayer, letter: string) => `${modules[0]!.label} ${letter}`;

/** Stateful if its states come in and go out, all of them. */
function withStates(
  layer: FileLayer,
  states: ReadonlySet<string>,
  refuse: Refuse,
  notes: string[],
): FileLayer {
  const { cells, modules } = layer;
  const given = Object.keys(cells?.initial ?? {});
  if (given.length === 0) {
    for (const letter of ['h', 'c'])
      if (cells && states.has(keyOf(layer, letter)))
        notes.push(`its last state ${letter} of ${modules[0]!.label} is an output; here graph.states has it`);
    return layer;
  }
  const own = inner(layer.config);
  const letters = (own.cell as string).startsWith('lstm') ? ['h', 'c'] : ['h'];
  if (!letters.every((letter) => given.includes(letter)))
    throw refuse(`node ${modules[0]!.label}: only some of its initial states are inputs`);
  if (letters.every((letter) => states.has(keyOf(layer, letter))))
    return { ...layer, config: withInner(layer.config, { stateful: true }) };
  notes.push(
    `the first states of ${modules[0]!.label} are inputs; here they are 0 unless graph.states is set`,
  );
  return layer;
}

/** The config within residual layers. */
export const inner = (config: LayerConfig): LayerConfig =>
  config.kind === 'residual' ? inner(config.layer as unknown as LayerConfig) : config;

const withInner = (config: LayerConfig, options: Omit<LayerConfig, 'kind'>): LayerConfig =>
  config.kind === 'residual'
    ? { ...config, layer: withInner(config.layer as unknown as LayerConfig, options) }
    : { ...config, ...options };

/** A mask goes from the embedding up to where a layer gives only its last state; all layers on the way skip the padding. */
function withMask(
  signal: Signal,
  layers: readonly FileLayer[],
  refuse: Refuse,
  notes: string[],
): FileLayer[] {
  if (!layers.some(({ cells }) => cells?.mask)) return [...layers];
  const [embedding, ...rest] = layers;
  let isMasked = embedding?.config.kind === 'embedding';
  for (const { cells, modules, config } of rest) {
    if (!cells) continue;
    const { label } = modules[0]!;
    const { kind, returnSequences, goBackwards } = inner(config);
    if (isMasked !== (cells.mask?.input === signal.chain.input))
      throw refuse(
        `node ${label}: ${isMasked ? 'it has no sequence_lens, unlike those before it' : 'its sequence_lens are not those of an embedding whose padding it reads'}`,
      );
    if (isMasked && kind !== 'bidirectional' && returnSequences !== false && !goBackwards && !cells.isFilled)
      notes.push(`the outputs of ${label} at padded steps are 0 in the file; here it repeats its last state`);
    isMasked &&= returnSequences !== false;
  }
  const masking: FileLayer = { ...embedding!, config: { ...embedding!.config, maskZero: true } };
  if (masking.config.kind !== 'embedding') throw refuse('its padding is not that of an embedding');
  return [masking, ...rest];
}

/** The order of axes, and sizes that the file fixes, are no matter here. */
function noteShapes({ chain: { input }, axes: output }: Signal, notes: string[]): void {
  const isTurned = ([a, b]: readonly Axis[]) => a?.role === 'batch' && b?.role === 'time';
  for (const [what, axes] of [
    ['input', input.axes],
    ['output', output],
  ] as const)
    if (isTurned(axes)) notes.push(`its ${what} is batch first, ${shown(axes)}; here it goes step by step`);
  const fixed = input.axes.filter(({ role, size }) => (role === 'time' || role === 'batch') && size !== null);
  if (fixed.length > 0) {
    const said = fixed.map(({ role, size }) => `${size} ${role === 'time' ? 'steps' : 'examples'}`);
    notes.push(`its shapes are fixed at ${said.join(' and ')}; here any number will do`);
  }
}

function requireInputs(
  { chain }: Signal,
  layers: readonly FileLayer[],
  { inputs }: Walked,
  refuse: Refuse,
): void {
  const read = new Set([chain.input.name]);
  for (const { cells } of layers) for (const name of Object.values(cells?.initial ?? {})) read.add(name);
  const more = inputs.find(({ name }) => !read.has(name));
  if (more)
    throw refuse(`its input ${more.name.slice(0, 80)} is read by no layer; a model here has one input`);
}

function inputOf({ chain: { input, symbols } }: Signal, refuse: Refuse): InputSpec {
  const { name, axes } = input;
  if (symbols) return { kind: 'oneHot', ...symbols };
  const { role, size: width } = axes.at(-1)!;
  if (axes.length !== 3 || width === null || role !== 'features')
    throw refuse(`its input ${name.slice(0, 80)} is ${shown(axes)}; sequences [T,B,D] can be read`);
  return { kind: 'features', width, columns: 1 };
}
