/**
 * The layers of a file as a chain, which a model here is: from the output back to the input. Two shapes of
 * graphs are layers of their own: x + f(x), and a decoder that begins with the last state of an encoder.
 */
import type { Refuse } from '../refusal.js';
import type { FileLayer, FileNetwork, Source } from './fileLayer.js';
import { arrayOf, recordOf } from '../record.js';

/** A link of the chain. */
export type Link =
  | { readonly kind: 'layer'; readonly layer: FileLayer }
  /** Around a layer, or around another such sum. */
  | { readonly kind: 'residual'; readonly inner: Link }
  | {
      readonly kind: 'encoderDecoder';
      readonly encoder: FileLayer;
      readonly decoder: FileLayer;
      readonly sourceSteps: number;
    };

/** The input, and what follows it. */
export interface Chain {
  readonly input: FileLayer;
  readonly links: readonly Link[];
}

const MOST_SUMS = 100;

/** What computes a mask of symbols, and nothing else. */
const OF_MASKS = new Set(['NotEqual', 'Any', 'LogicalOr', 'LogicalAnd']);

/** @throws InputError when it is another graph */
export function chainOf({ layers, output }: FileNetwork, refuse: Refuse): Chain {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  if (byName.size < layers.length) throw refuse('damaged: two layers of its config have the same name');
  const used = new Set<FileLayer>();
  const graph: Graph = {
    refuse,
    take(source, reader) {
      const layer = byName.get(source.layer);
      if (!layer) throw refuse(`damaged: ${reader} reads ${source.layer}, which is not there`);
      if (source.output !== 0)
        throw refuse(`${reader} reads a state of layer '${source.layer}'; only its first output can be read`);
      return layer;
    },
    use(layer) {
      if (used.has(layer)) throw refuse(`damaged: layer '${layer.name}' reads its own output`);
      used.add(layer);
    },
  };
  const links: Link[] = [];
  let at = graph.take(output, 'the model');
  while (at.className !== 'InputLayer') {
    const { link, below } = linkAt(at, graph);
    links.unshift(link);
    at = below;
  }
  const rest = layers.find((layer) => layer !== at && !used.has(layer) && !OF_MASKS.has(layer.className));
  if (rest)
    throw refuse(
      rest.className === 'InputLayer'
        ? `it has several inputs, '${at.name}' and '${rest.name}'; a model here has one`
        : `layer '${rest.name}' is not between the input and the output; a model here is a chain`,
    );
  for (const { mask, name } of used) if (mask) requireMaskOfInput(mask, name, byName, refuse);
  return { input: at, links };
}

interface Graph {
  readonly refuse: Refuse;
  /** The layer whose first output that is. */
  readonly take: (source: Source, reader: string) => FileLayer;
  /** Refuses what has been used: a circle has no end. */
  readonly use: (layer: FileLayer) => void;
}

/** The link that ends in a layer, and the layer below it. */
function linkAt(layer: FileLayer, graph: Graph, depth = 0): { link: Link; below: FileLayer } {
  graph.use(layer);
  const { name, inputs, initialState } = layer;
  const reader = `layer '${name}'`;
  if (layer.className === 'Add') return residualAt(layer, graph, depth);
  if (inputs.length !== 1)
    throw graph.refuse(`${reader} reads ${inputs.length} outputs; a layer here reads one`);
  const below = graph.take(inputs[0]!, reader);
  if (initialState.length > 0) return decoderAt(layer, below, graph);
  return { link: { kind: 'layer', layer }, below };
}

/** x + f(x), in either order. */
function residualAt(
  { name, inputs }: FileLayer,
  graph: Graph,
  depth: number,
): { link: Link; below: FileLayer } {
  const reader = `layer '${name}'`;
  if (depth > MOST_SUMS) throw graph.refuse(`${reader} is within more than ${MOST_SUMS} sums`);
  const [one, other] = inputs.map((source) => graph.take(source, reader));
  if (!one || !other || inputs.length !== 2)
    throw graph.refuse(`${reader} adds ${inputs.length} outputs; x + f(x) can be had`);
  for (const [x, f] of [
    [one, other],
    [other, one],
  ] as const) {
    if (f.className === 'InputLayer' || !reads(f, x)) continue;
    const { link, below } = linkAt(f, graph, depth + 1);
    if (below === x) return { link: { kind: 'residual', inner: link }, below };
  }
  throw graph.refuse(
    `${reader} adds '${one.name}' and '${other.name}'; x + f(x) with one layer f can be had`,
  );
}

const reads = ({ inputs }: FileLayer, x: FileLayer): boolean => inputs.some(({ layer }) => layer === x.name);

/** A decoder, whose first state is the last one of an encoder of the same input. */
function decoderAt(decoder: FileLayer, sliced: FileLayer, graph: Graph): { link: Link; below: FileLayer } {
  const reader = `layer '${decoder.name}'`;
  const refuse = (what: string) =>
    graph.refuse(
      `${reader} begins with states of another layer; an encoder and a decoder can be had ${what}`,
    );
  const { initialState } = decoder;
  const encoder = graph.take({ layer: initialState[0]!.layer, output: 0 }, reader);
  if (initialState.some(({ layer, output }, n) => layer !== encoder.name || output !== n + 1))
    throw refuse('if all states are the last ones of the encoder');
  const source = encoder.inputs.length === 1 ? graph.take(encoder.inputs[0]!, reader) : null;
  const [S, from] = [source && sliceOf(source), sliceOf(sliced)];
  if (
    !source ||
    !S ||
    !from ||
    S.start !== 0 ||
    S.stop === null ||
    from.stop !== null ||
    from.start !== S.stop
  )
    throw refuse('if they read x[:, :S] and x[:, S:]');
  const [x, y] = [source, sliced].map((slice) => graph.take(slice.inputs[0]!, reader));
  if (x !== y) throw refuse('if they read slices of the same sequence');
  for (const layer of [encoder, source, sliced]) graph.use(layer);
  return { link: { kind: 'encoderDecoder', encoder, decoder, sourceSteps: S.stop }, below: x! };
}

/** Which steps a slice takes; null if it is none of steps. */
function sliceOf({ className, inputs, constants }: FileLayer) {
  if (className !== 'GetItem' || inputs.length !== 1) return null;
  const [rows, steps, ...more] = arrayOf(constants[0]).map((one) => recordOf(recordOf(one).config));
  if (!rows || !steps || more.length > 0 || rows.start !== null || rows.stop !== null) return null;
  const { start, stop, step } = steps;
  if (step !== null || rows.step !== null) return null;
  return { start: (start ?? 0) as number, stop: stop as number | null };
}

/** @throws InputError unless it is computed from the model's input, as an embedding does */
function requireMaskOfInput(
  mask: Source,
  name: string,
  byName: ReadonlyMap<string, FileLayer>,
  refuse: Refuse,
): void {
  const open = [mask.layer];
  const seen = new Set(open);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { className, inputs } = byName.get(at) ?? { className: '', inputs: [] };
    if (className === 'InputLayer') continue;
    if (!OF_MASKS.has(className))
      throw refuse(`layer '${name}' has a mask of its own; only one of mask_zero can be had`);
    open.push(...inputs.map(({ layer }) => layer).filter((layer) => !seen.has(layer)));
    for (const { layer } of inputs) seen.add(layer);
  }
}
