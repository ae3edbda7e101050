/**
 * Checkpoints: everything a run needs to go on as if it had never stopped, in one file.
 *
 * The format is safetensors (huggingface.co/docs/safetensors), which other tools read too: eight bytes with the
 * length of a JSON header, the header with each tensor's type, shape and place, then the numbers, little-endian.
 * Weights go by their names, optimizer memory by `optimizer.` and its name; the state (position, configuration,
 * random generators) is JSON in the header's metadata, beside a checksum over everything else.
 */
import { InputError, type FloatArray, type Tensor } from '../engine/index.js';
import type { Trainer } from './trainer.js';

const FORMAT = 'unrolled checkpoint 1';
const TYPES = { F32: Float32Array, F64: Float64Array };

interface HeaderEntry {
  dtype: keyof typeof TYPES;
  shape: number[];
  /** Start and end in the data, in bytes. */
  data_offsets: [number, number];
}

/** A checkpoint as read: its state, and its tensors by name. */
export interface Checkpoint {
  /** Whatever the program that wrote it put there. */
  readonly state: unknown;
  /** Optimizer steps taken. */
  readonly steps: number;
  readonly tensors: ReadonlyMap<string, SavedTensor>;
}

export interface SavedTensor {
  readonly shape: readonly number[];
  readonly data: FloatArray;
}

/**
 * The file's bytes.
 * @param state anything that JSON can hold: configuration, position, random generators, history
 */
export async function encodeCheckpoint(trainer: Trainer, state: unknown): Promise<Uint8Array> {
  const header: Record<string, HeaderEntry> = {};
  const chunks: Uint8Array[] = [];
  let end = 0;
  for (const [name, { shape, data }] of tensorsOf(trainer)) {
    const start = end;
    end += data.byteLength;
    header[name] = {
      dtype: data instanceof Float64Array ? 'F64' : 'F32',
      shape: [...shape],
      data_offsets: [start, end],
    };
    chunks.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  const stateText = JSON.stringify({ steps: trainer.steps, state });
  const checksum = await sha256(stateText + JSON.stringify(header), concatenate(chunks));
  const metadata = { format: FORMAT, state: stateText, sha256: checksum };
  let text = JSON.stringify({ __metadata__: metadata, ...header });
  text += ' '.repeat((8 - (new TextEncoder().encode(text).length % 8)) % 8);
  const headerBytes = new TextEncoder().encode(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(headerBytes.length), true);
  return concatenate([length, headerBytes, ...chunks]);
}

/**
 * Reads a checkpoint's bytes.
 * @param source what to call it in messages, such as the file's name
 * @throws InputError when it is not a checkpoint of ours, truncated or damaged
 */
export async function decodeCheckpoint(bytes: Uint8Array, source: string): Promise<Checkpoint> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = bytes.length < 8 ? Infinity : Number(view.getBigUint64(0, true));
  const { __metadata__: metadata, ...header } = parseHeader(bytes.subarray(8, 8 + headerLength));
  if (metadata?.['format'] !== FORMAT) {
    // A file that is cut inside its header still shows how ours begin.
    const ours = new TextDecoder()
      .decode(bytes.subarray(8, 8 + 64))
      .startsWith('{"__metadata__":{"format":"unrolled');
    throw new InputError(
      ours
        ? `${source} is truncated: its header is incomplete; use an earlier checkpoint`
        : `${source} is not a checkpoint of this program; pass a file written with --save`,
    );
  }

  const entries = Object.entries(header as Record<string, HeaderEntry>);
  const data = bytes.subarray(8 + headerLength);
  const expected = Math.max(0, ...entries.map(([, { data_offsets }]) => data_offsets[1]));
  if (data.length < expected) {
    throw new InputError(
      `${source} is truncated: ${expected} bytes of numbers expected, ${data.length} found; use an earlier checkpoint`,
    );
  }
  if ((await sha256(metadata['state']! + JSON.stringify(header), data)) !== metadata['sha256']) {
    throw new InputError(`${source} is damaged: its checksum does not fit; use an earlier checkpoint`);
  }

  const { state, steps } = JSON.parse(metadata['state']!) as { state: unknown; steps: number };
  const tensors = new Map<string, SavedTensor>();
  for (const [name, { dtype, shape, data_offsets }] of entries) {
    // A copy, because the numbers need not begin at a multiple of their size; Node's Buffer.slice would not copy.
    const copy = Uint8Array.prototype.slice.call(data, ...data_offsets);
    tensors.set(name, { shape, data: new TYPES[dtype](copy.buffer) });
  }
  return { state, steps, tensors };
}

/**
 * Puts weights, optimizer memory and step count into a trainer. Nothing is changed when anything does not fit.
 * @throws InputError when the checkpoint is of another model, optimizer or number type
 */
export function restoreTrainer(trainer: Trainer, checkpoint: Checkpoint, source: string): void {
  const own = tensorsOf(trainer);
  const describe = (t: SavedTensor | undefined) =>
    t ? `${t.data instanceof Float64Array ? 'float64' : 'float32'} [${t.shape.join(', ')}]` : 'nothing';
  for (const name of new Set([...own.keys(), ...checkpoint.tensors.keys()])) {
    const [here, there] = [describe(own.get(name)), describe(checkpoint.tensors.get(name))];
    if (here !== there) {
      throw new InputError(
        `${source} is from another model: for ${name} it holds ${there}, this model needs ${here}`,
      );
    }
  }
  for (const [name, { data }] of own) data.set(checkpoint.tensors.get(name)!.data);
  trainer.steps = checkpoint.steps;
}

/** What is saved of a trainer, by name. */
function tensorsOf({ model, memory }: Trainer): Map<string, Tensor> {
  return new Map([
    ...model.parameters.list.map(({ name, value }) => [name, value] as const),
    ...Object.entries(memory).map(([name, t]) => [`optimizer.${name}`, t] as const),
  ]);
}

type Header = Record<string, unknown> & { __metadata__?: Record<string, string> };

/** The header's JSON; empty when it is none. */
function parseHeader(bytes: Uint8Array): Header {
  try {
    return { ...(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Header) };
  } catch {
    return {};
  }
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}

async function sha256(text: string, data: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', concatenate([new TextEncoder().encode(text), data]));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
