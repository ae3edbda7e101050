/** A model as a table: what its layers are, and how many numbers each weight has. */
import type { Json, LayerConfig, Model } from '../../models/index.js';
import type { FileDescription } from '../../models/interchange/index.js';
import { whole } from '../common/printable.js';
import type { Rows } from '../common/printTable.js';

/** A row for each weight, and the sum. */
export function layerRows({ layers, parameters }: Model): Rows {
  const rows = layers.flatMap(({ name, layer }) => {
    const own = parameters.list.filter((one) => one.name.startsWith(`${name}.`));
    const weights = own.map((one) => [
      one.name.slice(name.length + 1),
      one.shape.join('x'),
      whole(one.value.size),
    ]);
    const [first = ['', '', ''], ...more] = weights;
    return [[name, describeLayer(layer.config), ...first], ...more.map((weight) => ['', '', ...weight])];
  });
  const total = ['total', '', '', '', whole(parameters.values.size)];
  return { head: ['layer', 'what it is', 'weight', 'shape', 'numbers'], rows: [...rows, total], words: 3 };
}

/** `lstm, 64 units, dropout 0.2, returnSequences`: its options as they are called when one makes it. */
function describeLayer(config: LayerConfig | undefined): string {
  if (!config) return 'of its own kind';
  const { kind, cell, units, ...options } = config as Readonly<Record<string, string | number>>;
  const what = kind === 'recurrent' ? `${cell}` : cell === undefined ? `${kind}` : `${kind} ${cell}`;
  return [what, ...(units === undefined ? [] : [`${units} units`]), ...optionsOf(options)].join(', ');
}

/** Options that are on. */
const optionsOf = (options: Readonly<Record<string, Json>>): string[] =>
  Object.entries(options).flatMap(([name, value]) => {
    if (name === 'name' || value === false || value === 0 || value === null || value === 'linear') return [];
    if (value === true) return [name];
    if (typeof value === 'object') return [`${name} ${describeLayer(value as LayerConfig)}`];
    return [`${name} ${value}`];
  });

/** What the model reads at a time. */
export function describeInput({ input: { kind, width, columns } }: Model): string {
  const each = columns === 1 ? 'a number' : `${columns} numbers, each`;
  return kind === 'features' ? `${width} features per step` : `${each} below ${whole(width)} per step`;
}

/** The tensors of a file. */
export const tensorRows = ({ tensors }: FileDescription): Rows => ({
  head: ['tensor', 'type', 'shape'],
  rows: tensors.map(([name, type, shape]) => [name, type, shape.join('x') || 'one number']),
  words: 3,
});
