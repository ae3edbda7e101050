/** The weights of a graph's layers for a model, and where the two differ. */
import type { FloatArray, Tensor } from '../../../engine/index.js';
import { flatten } from '../../../engine/parameters.js';
import type { CellName } from '../../../cells/index.js';
import { createLayer } from '../../configs/createLayer.js';
import { findDifference } from '../../graph/modelConfig.js';
import type { LayerConfig } from '../../layers/config.js';
import { sourceOf, type Source } from '../../weights/copy.js';
import { sourcesOf } from '../../weights/weightLayouts.js';
import { numbersOf } from '../fileTensor.js';
import type { Parts, Weights as Found } from '../openedFile.js';
import { naming, type Refuse } from '../refusal.js';
import { inner, type FileNetwork } from './network.js';
import type { FileLayer } from './values.js';

/**
 * Our parameters by their full names. The layers of a graph are in order, so each is known.
 * @param like         numbers of the type that the model has
 * @param names        what the caller says of which layer is which
 * @param mayGiveOdds  whether the graph may end in a softmax or sigmoid that the model has not
 * @throws InputError when a layer is another one, or its numbers do not fit
 */
export function weightsOf(
  { layers: theirs }: FileNetwork,
  { layers, specs }: Parts,
  like: FloatArray,
  names: Readonly<Record<string, string>>,
  mayGiveOdds: boolean,
  refuse: Refuse,
): Found {
  requireSame(theirs, layers, mayGiveOdds, refuse);
  const having = layers.filter(({ name }) => Object.keys(specs[name]!).length > 0);
  const given = theirs.filter(({ modules }) => modules.length > 0);
  const [ours, places] = [new Map<string, Source>(), new Map<string, string>()];
  for (const [n, { name, layer }] of having.entries()) {
    const config = unwrapped(layer.config!);
    const paths = config.kind === 'encoderDecoder' ? ['encoder', 'decoder'] : [''];
    for (const [m, { label, parts }] of given[n]!.modules.entries()) {
      const path = paths[m] ? `${name}.${paths[m]}` : name;
      places.set(path, label);
      for (const [part, weights] of Object.entries(parts)) {
        const full = part ? `${path}.${part}` : path;
        const tensors = Object.entries(weights).map(([as, t]) => [as, numbersOf(t, like, refuse)] as const);
        const read = naming(`layer ${name}: `, refuse, () => lettersOf(config, Object.fromEntries(tensors)));
        for (const [letter, source] of Object.entries(read)) ours.set(`${full}.${letter}`, source);
      }
    }
  }
  requireShapes(ours, specs, refuse);
  requireNames(names, places, refuse);
  return { ours, places: Object.fromEntries(places) };
}

/** By our letters. */
function lettersOf({ kind, cell }: LayerConfig, tensors: Record<string, Tensor>): Record<string, Source> {
  if (kind !== 'dense' && kind !== 'embedding' && kind !== 'layerNormalization')
    return sourcesOf('onnx', cell as CellName, tensors);
  return Object.fromEntries(Object.entries(tensors).map(([letter, t]) => [letter, sourceOf(t)]));
}

/** The config within residual and timeDistributed. */
const unwrapped = (config: LayerConfig): LayerConfig => {
  const within = inner(config);
  return within.kind === 'timeDistributed' ? unwrapped(within.layer as unknown as LayerConfig) : within;
};

/** @throws InputError naming the first layer that computes something else */
function requireSame(
  theirs: readonly FileLayer[],
  layers: Parts['layers'],
  mayGiveOdds: boolean,
  refuse: Refuse,
): void {
  const own = layers.find(({ layer }) => !layer.config);
  if (own)
    throw refuse(
      `layer ${own.name} is one of your own, or has a cell or activation of your own; files have none`,
    );
  const ours = layers.filter(({ layer }) => !isDropping(layer.config!));
  const configs = theirs.map(({ config }) => config);
  if (mayGiveOdds) withoutOdds(configs, ours.at(-1)?.layer.config ?? null);
  if (configs.length !== ours.length)
    throw refuse(
      `it has the layers ${configs.map(({ kind, cell }) => (cell as string | undefined) ?? kind).join(', ')}; the model has ${ours.map(({ name }) => name).join(', ')}`,
    );
  const [isMasked, isMaskedHere] = [isMasking(configs), isMasking(ours.map(({ layer }) => layer.config!))];
  const input = { kind: 'features', width: 1, columns: 1 } as const;
  for (const [n, { name, layer }] of ours.entries()) {
    const [here, there] = [plain(layer.config!, isMaskedHere), plain(configs[n]!, isMasked)];
    const [a, b] = [here, there].map((config) => ({ input, layers: [{ name, config }] }));
    const found = findDifference(a!, b!);
    if (found) throw refuse(found.replace('there', 'in the file'));
  }
}

/** Whether it does nothing in use. */
export const isDropping = ({ kind }: LayerConfig) => kind === 'dropout' || kind === 'spatialDropout1D';
const isMasking = (configs: readonly LayerConfig[]) =>
  configs.some(({ kind, maskZero }) => kind === 'embedding' && maskZero) &&
  configs.some((config) => unwrapped(config).cell !== undefined);

/** Takes away a softmax or sigmoid at the end that the model has not. */
export function withoutOdds(theirs: LayerConfig[], last: LayerConfig | null): string | null {
  const { kind, activation } = theirs.at(-1) ?? { kind: '' };
  const isOdds = activation === 'softmax' || activation === 'sigmoid';
  if (!isOdds || last?.activation === activation) return null;
  const end = theirs.pop()!;
  if (kind === 'dense') theirs.push({ ...end, activation: 'linear' });
  return activation;
}

/** What matters of a config: what it computes. A coupled LSTM is an LSTM of certain weights. */
function plain(config: LayerConfig, isMasked: boolean): LayerConfig {
  const { kind } = config;
  if (kind === 'timeDistributed') return plain(config.layer as unknown as LayerConfig, isMasked);
  if (kind === 'residual') return { kind, layer: plain(config.layer as unknown as LayerConfig, isMasked) };
  if (isDropping(config)) return { kind: 'dropout' };
  if (kind === 'activation') return config;
  // With all options.
  const all = createLayer(config).config!;
  return {
    ...all,
    ...(all.cell === 'lstmCoupled' && { cell: 'lstm' }),
    ...(kind === 'embedding' && { maskZero: isMasked }),
    ...(kind === 'layerNormalization' && { epsilon: Math.fround(all.epsilon as number) }),
  };
}

function requireShapes(ours: ReadonlyMap<string, Source>, specs: Parts['specs'], refuse: Refuse): void {
  for (const [path, { shape }] of flatten(specs)) {
    const given = ours.get(path)?.shape;
    if (given && String(given) !== String(shape))
      throw refuse(`${path} is [${given.join(', ')}] in the file, not [${shape.join(', ')}]`);
  }
}

function requireNames(
  names: Readonly<Record<string, string>>,
  places: ReadonlyMap<string, string>,
  refuse: Refuse,
): void {
  for (const [name, label] of Object.entries(names)) {
    const place = places.get(name);
    if (place !== label)
      throw refuse(
        place === undefined
          ? `names: the model has no layer ${name} with weights, but ${[...places.keys()].join(', ')}`
          : `names: layer ${name} is ${place} in the file, which says what comes after what; leave it out`,
      );
  }
}
