/** ONNX files with something changed in them. */
import { MODEL, type GraphMessage } from '../../models/interchange/onnx/messages.js';
import { readMessage, sourceOf, writeMessage } from '../../models/interchange/onnx/protobuf.js';

type Writable<T> = T extends Uint8Array ? T : { -readonly [K in keyof T]: Writable<T[K]> };
export type Graph = Writable<GraphMessage>;
type Model = { graph: Graph } & Record<string, unknown>;

/** Without its metadata, by which our files say what they are, and with changes. */
export function withoutMetadata(
  bytes: Uint8Array,
  change: (graph: Graph, model: Model) => void = () => {},
): Uint8Array {
  const { metadataProps: _, ...read } = readMessage(
    bytes,
    MODEL,
    sourceOf(() => new Error('damaged')),
  );
  const model = structuredClone(read) as Model;
  change(model.graph, model);
  return writeMessage(model, MODEL);
}
