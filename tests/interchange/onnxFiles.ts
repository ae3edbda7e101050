/** Our ONNX files, and those with something changed in them. */
import { expect } from '@jest/globals';
import { InputError } from '../../engine/index.js';
import { bidirectional, cells, createModel, dense, embedding, features } from '../../models/index.js';
import { lstm, oneHot, recurrent, type Layer } from '../../models/index.js';
import { exportModel, importModel } from '../../models/interchange/index.js';
import { MODEL, type GraphMessage } from '../../models/interchange/onnx/messages.js';
import { readMessage, sourceOf, writeMessage } from '../../models/interchange/onnx/protobuf.js';

import { kernels } from './networks.js';

type Writable<T> = T extends Uint8Array ? T : { -readonly [K in keyof T]: Writable<T[K]> };
export type Graph = Writable<GraphMessage>;
type Model = { graph: Graph } & Record<string, unknown>;

/** Without its metadata, by which our files say what they are, and with changes. */
export function withoutMetadata(
  bytes: Uint8Array,
  change: (graph: Graph, model: Model) => void = () => {},
): Uint8Array {
  const read = readMessage(
    bytes,
    MODEL,
    sourceOf(() => new Error('damaged')),
  );
  const model = structuredClone(read) as Model;
  delete model.metadataProps;
  change(model.graph, model);
  return writeMessage(model, MODEL);
}

export const written = async (input: ReturnType<typeof features>, ...layers: Layer[]) => {
  const model = createModel({ kernels, input, layers, seed: 1 });
  const [bytes] = (await exportModel(model, 'onnx')).values();
  return bytes!;
};
export const all = { units: 2, returnSequences: true };
export const plain = await written(features(3), recurrent(lstm, all), dense(2));
export const last = await written(features(3), recurrent(lstm, { units: 2 }), dense(2));
export const both = await written(features(3), bidirectional(lstm, all), dense(2));
export const back = await written(features(3), recurrent(lstm, { ...all, goBackwards: true }), dense(2));
export const gru = await written(features(3), recurrent(cells.gru, all), dense(2));
export const words = await written(
  oneHot(5),
  embedding(3, { maskZero: true }),
  recurrent(lstm, all),
  recurrent(lstm, all),
);

export const read = (bytes: Uint8Array) => importModel(bytes, { kernels, source: 'it' });
/** Why a file is refused, in one line. */
export async function refusal(bytes: Uint8Array): Promise<string> {
  const error = await read(bytes).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(InputError);
  expect((error as Error).message).not.toMatch(/\n/);
  return (error as Error).message;
}

type Node = NonNullable<Graph['node']>[number];
export const node = (graph: Graph, name: string): Node => graph.node!.find((one) => one.name === name)!;
/** Without a node; what read its output reads `value`. */
export const without = (graph: Graph, name: string, value: string) => {
  const gone = node(graph, name);
  graph.node = graph.node!.filter((one) => one !== gone);
  for (const one of graph.node)
    one.input = one.input!.map((given) => (given === gone.output![0] ? value : given));
};
export const number = (name: string, i: number) => ({ name, i, type: 2 });
/** A node with a setting. */
export const set = (name: string, attribute: object) => (graph: Graph) => {
  const { attribute: before = [] } = node(graph, name);
  const { name: setting } = attribute as { name: string };
  node(graph, name).attribute = [...before.filter((one) => one.name !== setting), attribute];
};
/** A node before another one, which then reads what it gives. */
export const before =
  (name: string, input: number, added: Node, ...constants: NonNullable<Graph['initializer']>) =>
  (graph: Graph) => {
    const next = node(graph, name);
    const at = graph.node!.indexOf(next);
    graph.node!.splice(at, 0, {
      name: 'added',
      ...added,
      input: [next.input![input]!, ...(added.input ?? [])],
      output: ['added.y'],
    });
    next.input![input] = 'added.y';
    graph.initializer!.push(...constants);
  };
export const floats = (name: string, dims: number[], ...values: number[]) => ({
  ...{ name, dims, dataType: 1, rawData: new Uint8Array(Float32Array.from(values).buffer) },
});
export const whole = (name: string, dims: number[], ...values: number[]) => ({
  ...{ name, dims, dataType: 7, rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer) },
});
