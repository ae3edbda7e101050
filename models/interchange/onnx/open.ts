/** ONNX files: graphs of operators, which are read as layers. Those of `exportModel` also say what these are. */
import { concatenate } from '../../weights/digest.js';
import { decodeConfig } from '../config.js';
import type { Network, OpenFile } from '../openedFile.js';
import type { Refuse } from '../refusal.js';
import { METADATA, MODEL, type ModelMessage } from './messages.js';
import { networkOf, type FileNetwork } from './network.js';
import { fieldsOf, readMessage, sourceOf } from './protobuf.js';
import { tensorOf } from './tensors.js';
import { walk } from './walk.js';
import { isDropping, weightsOf, withoutOdds } from './weights.js';

/** Versions of the operators that are known: axes may be negative, Softmax goes over one axis since 13. */
const [OLDEST, NEWEST] = [11, 28];

/** Whether it begins as an ONNX file: with the IR version, and with the field of something else after it. */
export const isOnnx = (bytes: Uint8Array): boolean =>
  bytes[0] === 8 && bytes[1]! > 0 && bytes[1]! < 128 && [0x12, 0x3a, 0x42].includes(bytes[2]!);

/** @param others files that it may refer to, by name */
export function openOnnx(
  bytes: Uint8Array,
  others: ReadonlyMap<string, Uint8Array>,
  refuse: Refuse,
): OpenFile {
  const damaged = () => refuse('damaged or truncated: no ONNX file, or one of far more than layers');
  const { graph, opsetImport = [] } = readMessage(bytes, MODEL, sourceOf(damaged));
  if (!graph) throw refuse('damaged or truncated: a protocol buffer without a graph');
  if (graph.sparseInitializer) throw refuse('it has sparse constants, which are not known here');
  const tensors = (graph.initializer ?? []).map((message) =>
    tensorOf(message, message.name ?? '', others, refuse),
  );
  let read: FileNetwork | null = null;
  const theirs = () =>
    (read ??= networkOf(graph, walk(graph, tensors, opsetOf(opsetImport, refuse), refuse), refuse));
  let isOurs = false;
  async function network() {
    const { text, rest } = withoutOurText(bytes, damaged);
    const config = await decodeConfig(text, '', rest, refuse);
    isOurs = config !== null;
    return config ? ours(theirs(), config) : plain(theirs(), refuse);
  }
  return {
    ...{ format: 'onnx', tensors, network, verify: network },
    weights: (parts, like, names) => weightsOf(theirs(), parts, like, names, isOurs, refuse),
  };
}

function opsetOf(imports: NonNullable<ModelMessage['opsetImport']>, refuse: Refuse): number {
  const [own] = imports.filter(({ domain = '' }) => domain === '' || domain === 'ai.onnx');
  const version = own?.version ?? 0;
  if (version >= OLDEST && version <= NEWEST) return version;
  throw refuse(`its operators are those of opset ${version}; ${OLDEST} to ${NEWEST} are known`);
}

/** Our text in the metadata, and all bytes but those of it. */
function withoutOurText(bytes: Uint8Array, damaged: () => Error) {
  const source = sourceOf(damaged);
  for (const { number, bytes: content, from, to } of fieldsOf(bytes, source)) {
    if (number !== METADATA.number) continue;
    const { key, value = '' } = readMessage(content, METADATA.fields, source);
    if (key !== 'unrolled') continue;
    const rest =
      to === bytes.length
        ? bytes.subarray(0, from)
        : concatenate([bytes.subarray(0, from), bytes.subarray(to)]);
    return { text: value, rest };
  }
  return { text: undefined, rest: bytes };
}

/** The layers that the file names itself. What it gives may be probabilities, where the model gives logits. */
function ours({ layers, notes }: FileNetwork, config: Network['config']): Network {
  const last = config.layers.filter((one) => one.config && !isDropping(one.config)).at(-1);
  const odds = withoutOdds(
    layers.map((layer) => layer.config),
    last?.config ?? null,
  );
  const more = odds ? [`its outputs are probabilities (${odds}); those of the model are logits`] : [];
  return { config, notes: [...notes, ...more] };
}

function plain({ input, layers, notes }: FileNetwork, refuse: Refuse): Network {
  const [odd] = layers.filter(({ config }) => config.kind === 'activation');
  if (odd)
    throw refuse(
      `node ${odd.config.of as string}: ${odd.config.activation as string} after what is no dense layer, which no layer here does`,
    );
  const named = layers.map(({ config, modules }) => ({ name: modules[0]?.label ?? config.kind, config }));
  return { config: { input, layers: named }, notes };
}
