/** Layers of two parts, such as two directions: each part has parameters, and states, of its own under its own name. */
import type { UnrollContext } from './layer.js';

/** The parameters and gradients whose names begin with `part.`, by the rest of their names. */
export function scopedTo(
  { parameters, gradients }: UnrollContext,
  part: string,
): Pick<UnrollContext, 'parameters' | 'gradients'> {
  const own = (tensors: UnrollContext['parameters']) =>
    Object.fromEntries(
      Object.entries(tensors)
        .filter(([name]) => name.startsWith(`${part}.`))
        .map(([name, tensor]) => [name.slice(part.length + 1), tensor]),
    );
  return { parameters: own(parameters), gradients: own(gradients) };
}

/** The same values under longer names. */
export function withPrefix<T>(record: Readonly<Record<string, T>>, prefix: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [prefix + name, value]));
}
