/** A model as plain JSON: what it reads, and what its layers say of themselves. */
import type { Json, LayerConfig } from '../layers/config.js';
import type { InputSpec, Model } from './model.js';

/** What a model reads, and its layers, as plain JSON. */
export interface ModelConfig {
  readonly input: InputSpec;
  /** Names in this model, and configs: null for a layer, cell or activation of one's own. */
  readonly layers: readonly { readonly name: string; readonly config: LayerConfig | null }[];
}

/** The config of a model, for a file. */
export const configOf = ({ input, layers }: Model): ModelConfig => ({
  input,
  layers: layers.map(({ name, layer }) => ({ name, config: layer.config ?? null })),
});

/**
 * What may differ where weights go from one model to another: what is only for training, lengths, and when it
 * answers.
 */
const FREE = new Set(
  'name dropout recurrentDropout dropoutPerGate rate stateful steps sourceSteps returnSequences'.split(' '),
);
const DROPPING = new Set(['dropout', 'spatialDropout1D']);

/**
 * Where two models first compute something else with the same weights; null: nowhere. Of a layer without a
 * config nothing is known.
 * @returns such as `layer lstm: units is 8 there, 16 here`
 */
export function findDifference(here: ModelConfig, there: ModelConfig): string | null {
  const computing = ({ layers }: ModelConfig) =>
    layers.filter(({ config }) => !DROPPING.has(config?.kind ?? ''));
  const [own, saved] = [computing(here), computing(there)];
  for (let n = 0; n < Math.max(own.length, saved.length); n++) {
    const [a, b] = [own[n], saved[n]];
    if (!a || !b || a.name !== b.name)
      return `layer ${n + 1} is ${b?.name ?? 'none'} there, ${a?.name ?? 'none'} here`;
    const found = a.config && b.config && differenceOf(a.config, b.config, '');
    if (found) return `layer ${a.name}: ${found}`;
  }
  return null;
}

function differenceOf(here: Json | undefined, there: Json | undefined, path: string): string | null {
  if (!isRecord(here) || !isRecord(there)) {
    if (here === there) return null;
    return `${path} is ${JSON.stringify(there) ?? 'missing'} there, ${JSON.stringify(here) ?? 'missing'} here`;
  }
  for (const name of new Set([...Object.keys(there), ...Object.keys(here)])) {
    if (FREE.has(name)) continue;
    const found = differenceOf(here[name], there[name], path === '' ? name : `${path}.${name}`);
    if (found) return found;
  }
  return null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null;

/** Layers within layers, as nobody builds them: reading what is nested 5,000 deep would exceed the call stack. */
const MOST_NESTED = 64;

/** Whether no object or list in it is more than `most` deep. */
function isNestedWithin(value: unknown, most: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= most; depth++) {
    level = level.flatMap((one) => (isRecord(one) ? Object.values(one) : []));
    if (level.length === 0) return true;
  }
  return false;
}

/**
 * Whether something read from a file has the form of a model's config; what is in it is for `createLayer` to
 * check.
 */
export function isModelConfig(value: unknown): value is ModelConfig {
  if (!isRecord(value) || !isRecord(value.input) || !Array.isArray(value.layers)) return false;
  const { kind, width, columns } = value.input;
  const isSize = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 1;
  if ((kind !== 'oneHot' && kind !== 'features') || !isSize(width) || !isSize(columns)) return false;
  return (
    isNestedWithin(value.layers, MOST_NESTED) &&
    (value.layers as unknown[]).every(
      (one) => isRecord(one) && typeof one.name === 'string' && (one.config === null || isRecord(one.config)),
    )
  );
}
