/** Files, and constants in them, that are not what they say are refused. */
import { describe, expect, it } from '@jest/globals';
import { fileOf } from './files.js';
import { node, plain, read, refusal, withoutMetadata, type Graph } from './onnxFiles.js';

describe('files', () => {
  it.each([
    [
      'rnn-new.onnx',
      'no LSTM, GRU or RNN node, 4 Tanh nodes: its exporter unrolled it; save it as .keras, or export with dynamo=False',
    ],
    [
      'keras.onnx',
      'no LSTM, GRU or RNN node, 3 Tanh nodes: its exporter unrolled it; save it as .keras, or export with dynamo=False',
    ],
    ['relu-old.onnx', 'node /rnn/RNN (RNN): its activations are Relu; only tanh can be had'],
    ['packed.onnx', /^it: node \S+ \(\S+\): /],
  ])('are refused: %s', async (name, message) => {
    expect(await refusal(fileOf(name, 'onnx'))).toMatch(message);
  });

  it.each([0, 10, 29, 2 ** 40])('of opset %d are refused', async (version) => {
    const changed = withoutMetadata(plain, (_, model) => void (model.opsetImport = [{ version }]));
    expect(await refusal(changed)).toBe(
      `it: its operators are those of opset ${version}; 11 to 28 are known`,
    );
  });
});

describe('constants', () => {
  type Constant = NonNullable<Graph['initializer']>[number];
  it.each<[string, Partial<Constant>, string]>([
    ['of fewer bytes', { rawData: new Uint8Array(4) }, 'damaged: dense.c is F32 [2], but has 4 bytes'],
    [
      'of huge sizes',
      { dims: [2 ** 40, 2 ** 40] },
      `damaged: dense.c is F32 [${2 ** 40}, ${2 ** 40}], but has 8 bytes`,
    ],
    ['of negative sizes', { dims: [-2] }, 'damaged: dense.c is F32 [-2], but has 8 bytes'],
    ['of negative sizes twice', { dims: [-2, -1] }, 'damaged: dense.c is F32 [-2, -1], but has 8 bytes'],
    [
      'twice',
      { floatData: [new Uint8Array(8)] },
      'damaged: dense.c has its numbers twice, in raw_data and float_data',
    ],
    ['of texts', { dataType: 8 }, 'dense.c has numbers of the type 8 of ONNX, which are not known here'],
    [
      'in pieces',
      { segment: new Uint8Array(2) },
      'dense.c is one of several pieces, which is not known here',
    ],
    ['of whole numbers', { dataType: 6 }, 'dense.c is I32; weights are F32, F64, F16 or BF16'],
    [
      'in another file',
      { dataLocation: 1, externalData: [{ key: 'location', value: '/etc/x' }] },
      'dense.c is in the file /etc/x, which was not given: pass both files by name in a Map, this one first, or export with external_data=False',
    ],
  ])('are refused: %s', async (_, change, message) => {
    const changed = withoutMetadata(
      plain,
      ({ initializer }) =>
        void Object.assign(
          initializer!.find(({ name }) => name === 'dense.c')!,
          change,
        ),
    );
    expect(await refusal(changed)).toBe(`it: ${message}`);
  });

  it('may have any name, and their numbers in other fields', async () => {
    const changed = withoutMetadata(plain, (graph) => {
      const c = graph.initializer!.find(({ name }) => name === 'dense.c')!;
      const { rawData, ...rest } = c;
      Object.assign(c, { ...rest, name: '__proto__', floatData: [rawData!] });
      delete c.rawData;
      node(graph, 'dense.sum').input![1] = '__proto__';
    });
    const [{ model }, { model: same }] = [await read(changed), await read(plain)];
    expect(model.parameters.values.data).toEqual(same.parameters.values.data);
    expect(({} as Record<string, unknown>).dims).toBeUndefined();
  });
});

describe('what grows without end is refused', () => {
  /** As many nodes as `names`, each of which reads what the one before gives. */
  const grown = (count: number, nodeOf: (before: string, after: string) => object, begin: string) =>
    withoutMetadata(plain, (graph) => {
      const nodes = Array.from({ length: count }, (_, n) => nodeOf(n === 0 ? begin : `g${n - 1}`, `g${n}`));
      graph.node!.splice(graph.node!.indexOf(node(graph, 'dense')), 0, ...nodes);
      node(graph, 'dense').input![0] = `g${count - 1}`;
    });

  it.each<[string, number, (before: string, after: string) => object, string, RegExp]>([
    [
      'sizes put together',
      60,
      (x, y) => ({
        opType: 'Concat',
        input: [x, x],
        output: [y],
        attribute: [{ name: 'axis', i: 0, type: 2 }],
      }),
      'whole.1.1',
      /^it: node g3 \(Concat\): it makes 16 sizes$/,
    ],
    [
      'layers around layers',
      100,
      (x, y) => ({ opType: 'Add', input: ['lstm.steps', x], output: [y] }),
      'lstm.steps',
      /^it: node g1 \(Add\): it adds what is not one layer around its own input|^it: node g\d+ \(Add\): it is around too many/,
    ],
    [
      'layers',
      1000,
      (x, y) => ({ opType: 'Add', input: [x, x], output: [y] }),
      'lstm.steps',
      /^it: node g199 \(Add\): it is the layer after 200 others$/,
    ],
    [
      'fields',
      26_000,
      (x, y) => ({ opType: 'Identity', input: [x], output: [y] }),
      'lstm.steps',
      /^it: damaged or truncated: no ONNX file, or one of far more than layers$/,
    ],
  ])('%s', async (_, count, nodeOf, begin, message) => {
    expect(await refusal(grown(count, nodeOf, begin))).toMatch(message);
  });
});
