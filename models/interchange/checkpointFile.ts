/** Checkpoints of this library: they say what the model is, and their tensors have our names. */
import { InputError } from '../../engine/index.js';
import { flatten } from '../../engine/parameters.js';
import { decodeCheckpoint } from '../weights/checkpoint.js';
import { sourceOf } from '../weights/copy.js';
import type { SavedTensor } from '../weights/safetensors.js';
import { denseStride, numbersOf, type FileTensor } from './fileTensor.js';
import type { OpenFile, Weights } from './openedFile.js';
import type { Refuse } from './refusal.js';

/** The weights in it; the memory of its optimizer stays there. */
export async function openCheckpoint(bytes: Uint8Array, refuse: Refuse): Promise<OpenFile> {
  const { model, tensors } = await decodeCheckpoint(bytes, 'it').catch((error: unknown) => {
    throw error instanceof InputError ? refuse(error.message) : error;
  });
  const network = () => Promise.resolve(model && { config: model, notes: [] });
  const weights = (...[parts, like, names]: Parameters<OpenFile['weights']>): Weights => {
    const layers = parts.layers.filter(({ name }) => Object.keys(parts.specs[name]!).length > 0);
    const places = Object.fromEntries(layers.map(({ name }) => [name, names[name] ?? name]));
    const ours = layers.flatMap(({ name }) =>
      flatten(parts.specs[name]!).map(([letter, { shape }]) => {
        const there = `${places[name]}.${letter}`;
        const saved = tensors.get(there);
        if (String(saved?.shape) !== String(shape)) throw refuse(differs(there, saved, shape));
        const numbers = numbersOf(fileTensor(there, saved!), like, refuse);
        return [`${name}.${letter}`, sourceOf(numbers)] as const;
      }),
    );
    return { ours: new Map(ours), places };
  };
  const listed = [...tensors].map(([name, saved]) => fileTensor(name, saved));
  return { format: 'checkpoint', tensors: listed, network, verify: network, weights };
}

const fileTensor = (name: string, { shape, data }: SavedTensor): FileTensor => ({
  ...{
    name,
    type: data instanceof Float64Array ? 'F64' : 'F32',
    shape,
    stride: denseStride(shape),
    offset: 0,
  },
  bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
});

const differs = (name: string, saved: SavedTensor | undefined, wanted: readonly number[]) =>
  `${name} is ${saved ? `[${saved.shape.join(', ')}]` : 'missing'}, not [${wanted.join(', ')}]`;
