/** What a graph does that no layer here does is refused in one line that names the node. */
import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../engine/index.js';
import { bidirectional, createModel, dense, embedding, features } from '../../models/index.js';
import { cells, lstm, oneHot, recurrent, type Layer } from '../../models/index.js';
import { exportModel, importModel } from '../../models/interchange/index.js';
import { fileOf } from './files.js';
import { kernels } from './networks.js';
import { withoutMetadata, type Graph } from './onnxFiles.js';

const written = async (input: ReturnType<typeof features>, ...layers: Layer[]) => {
  const model = createModel({ kernels, input, layers, seed: 1 });
  const [bytes] = (await exportModel(model, 'onnx')).values();
  return bytes!;
};
const all = { units: 2, returnSequences: true };
const plain = await written(features(3), recurrent(lstm, all), dense(2));
const last = await written(features(3), recurrent(lstm, { units: 2 }), dense(2));
const both = await written(features(3), bidirectional(lstm, all), dense(2));
const back = await written(features(3), recurrent(lstm, { ...all, goBackwards: true }), dense(2));
const gru = await written(features(3), recurrent(cells.gru, all), dense(2));
const words = await written(
  oneHot(5),
  embedding(3, { maskZero: true }),
  recurrent(lstm, all),
  recurrent(lstm, all),
);

const read = (bytes: Uint8Array) => importModel(bytes, { kernels, source: 'it' });
async function refusal(bytes: Uint8Array): Promise<string> {
  const error = await read(bytes).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(InputError);
  expect((error as Error).message).not.toMatch(/\n/);
  return (error as Error).message;
}

type Node = NonNullable<Graph['node']>[number];
const node = (graph: Graph, name: string): Node => graph.node!.find((one) => one.name === name)!;
const without = (graph: Graph, name: string, value: string) => {
  const gone = node(graph, name);
  graph.node = graph.node!.filter((one) => one !== gone);
  for (const one of graph.node)
    one.input = one.input!.map((given) => (given === gone.output![0] ? value : given));
};
const number = (name: string, i: number) => ({ name, i, type: 2 });
const set = (name: string, attribute: object) => (graph: Graph) => {
  const { attribute: before = [] } = node(graph, name);
  const { name: setting } = attribute as { name: string };
  node(graph, name).attribute = [...before.filter((one) => one.name !== setting), attribute];
};
/** A node before another one, which then reads what it gives. */
const before =
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
const floats = (name: string, dims: number[], ...values: number[]) => ({
  ...{ name, dims, dataType: 1, rawData: new Uint8Array(Float32Array.from(values).buffer) },
});
const whole = (name: string, dims: number[], ...values: number[]) => ({
  ...{ name, dims, dataType: 7, rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer) },
});

describe('nodes of cells', () => {
  it.each<[string, (graph: Graph) => void, string]>([
    [
      'clip',
      set('lstm', { name: 'clip', f: 1, type: 1 }),
      'it clips its gates (clip), which no cell here does',
    ],
    [
      'input_forget',
      set('lstm', number('input_forget', 1)),
      'it couples its gates by input_forget; only weights that do so can be read',
    ],
    [
      'layout',
      set('lstm', number('layout', 1)),
      'its layout is 1, batch first; only 0, time first, can be read',
    ],
    [
      'activations',
      set('lstm', { name: 'activations', strings: ['HardSigmoid', 'Tanh', 'Tanh'], type: 8 }),
      'its activations are HardSigmoid, Tanh, Tanh; only sigmoid, tanh, tanh can be had',
    ],
    [
      'activation_alpha',
      set('lstm', { name: 'activation_alpha', floats: [0.5], type: 6 }),
      'it has activation_alpha or activation_beta, which are not known here',
    ],
    ['a direction', set('lstm', { name: 'direction', s: 'sideways', type: 3 }), 'its direction is sideways'],
    ['hidden_size', set('lstm', number('hidden_size', 3)), 'W is [1, 8, 3], not [1, 12, 3]'],
    [
      'a setting',
      set('lstm', number('output_sequence', 1)),
      'its attribute output_sequence is not known here',
    ],
    ['__proto__', set('lstm', number('__proto__', 1)), 'its attribute __proto__ is not known here'],
    [
      'another type of setting',
      set('lstm', { name: 'layout', floats: [1], type: 6 }),
      'its attribute layout has another type',
    ],
    [
      'another domain',
      (graph) => Object.assign(node(graph, 'lstm'), { domain: 'ours' }),
      'it is not known here',
    ],
    [
      'an initial state',
      (graph) => {
        graph.initializer!.push(floats('h', [1, 1, 2], 0, 1));
        node(graph, 'lstm').input!.push('', 'h');
      },
      'its initial state (initial_h) is neither 0 nor an input; here it is 0 unless it is set',
    ],
    [
      'sequence_lens',
      (graph) => {
        graph.input!.push({
          name: 'lens',
          type: { tensorType: { elemType: 6, shape: { dim: [{ dimParam: 'B' }] } } },
        });
        node(graph, 'lstm').input!.push('lens');
      },
      'its sequence_lens are not counted from the symbols that an embedding reads, as those of exportModel are; export it without',
    ],
    [
      'weights that are computed',
      (graph) => void (node(graph, 'lstm').input![1] = 'x'),
      'W is computed; only a constant can be read',
    ],
    [
      'a bias of another shape',
      (graph) => void (node(graph, 'lstm').input![3] = 'dense.c'),
      'B is [2], not [1, 16]',
    ],
    [
      'weights for other widths',
      before('lstm', 0, { opType: 'MatMul', input: ['m'] }, floats('m', [3, 2], 1, 0, 0, 1, 0, 0)),
      'it reads 2 numbers, and has weights for 3',
    ],
  ])('are refused for %s', async (_, change, message) => {
    expect(await refusal(withoutMetadata(plain, change))).toBe(`it: node lstm (LSTM): ${message}`);
  });

  it('are refused for a reset that is none', async () => {
    const changed = withoutMetadata(gru, set('gru', number('linear_before_reset', 2)));
    expect(await refusal(changed)).toBe('it: node gru (GRU): its linear_before_reset is 2');
  });

  it('are refused if they read along another axis than those before', async () => {
    const changed = withoutMetadata(
      words,
      before('lstm2', 0, { opType: 'Transpose', attribute: [{ name: 'perm', ints: [1, 0, 2], type: 7 }] }),
    );
    expect(await refusal(changed)).toMatch(
      /^it: node lstm2 \(LSTM\): it reads along an axis that is not the time /,
    );
  });

  it('are refused if only some of them skip padding', async () => {
    const changed = withoutMetadata(words, (graph) => void (node(graph, 'lstm2').input![4] = ''));
    expect(await refusal(changed)).toMatch(
      /^it: node lstm2\S* \(Where\): it chooses otherwise|^it: node lstm2: it has no seq/,
    );
  });

  it('are noted if padded steps are 0', async () => {
    const changed = withoutMetadata(words, (graph) => {
      for (const name of ['lstm', 'lstm2']) without(graph, `${name}.filled`, `${name}.Y`);
    });
    const { notes } = await read(changed);
    expect(notes).toEqual(
      ['lstm', 'lstm2'].map(
        (name) => `the outputs of ${name} at padded steps are 0 in the file; here it repeats its last state`,
      ),
    );
  });
});

describe('what is done to the numbers', () => {
  it.each<[string, Uint8Array, (graph: Graph) => void, string | RegExp]>([
    [
      'an unknown node',
      plain,
      before('dense', 0, { opType: 'Elu' }),
      'it: node added (Elu): it is not known here',
    ],
    [
      'a node called like a method',
      plain,
      before('dense', 0, { opType: 'constructor' }),
      'it: node added (constructor): it is not known here',
    ],
    [
      'a line break in a name',
      plain,
      before('dense', 0, { opType: 'a\nb' }),
      'it: node added (a b): it is not known here',
    ],
    [
      'softmax over time',
      plain,
      before('dense', 0, { opType: 'Softmax', attribute: [number('axis', 0)] }),
      'it: node added (Softmax): its axis is 0; only the last one, that of the features, can be read',
    ],
    [
      'tanh of a state',
      plain,
      before('dense', 0, { opType: 'Tanh' }),
      'it: node added: tanh after what is no dense layer, which no layer here does',
    ],
    [
      'a constant added',
      plain,
      before('dense', 0, { opType: 'Add', input: ['m'] }, floats('m', [2], 1, 2)),
      /^it: node added \(Add\): it adds a constant to what is no product with weights/,
    ],
    [
      'a factor',
      plain,
      before('dense', 0, { opType: 'Mul', input: ['m'] }, floats('m', [2], 1, 2)),
      /^it: node added \(Mul\): its first factor is not made of sizes/,
    ],
    [
      'the first step',
      plain,
      before('dense', 0, { opType: 'Gather', input: ['n'] }, whole('n', [], 0)),
      'it: node added (Gather): it takes step 0 of what lstm gives; only the last one of a recurrent layer that reads forward can be had',
    ],
    [
      'some steps',
      plain,
      before('dense', 0, { opType: 'Slice', input: ['n', 'm', 'n'] }, whole('n', [1], 0), whole('m', [1], 2)),
      /^it: node dense \(MatMul\): it reads some of the steps, which only an encoder/,
    ],
    [
      'a sequence turned round',
      plain,
      before(
        'dense',
        0,
        { opType: 'Slice', input: ['n', 'm', 'o', 'n'] },
        whole('n', [1], -1),
        whole('m', [1], -(2 ** 31)),
        whole('o', [1], 0),
      ),
      'it: node added (Slice): it turns round a sequence that no reverse node gives',
    ],
    [
      'another shape',
      plain,
      before('dense', 0, { opType: 'Reshape', input: ['n'] }, whole('n', [2], -1, 4)),
      /^it: node added \(Reshape\): it makes \[-1, 4\] of \[T, B, 2\], which no layer here does$/,
    ],
    [
      'a transposed matrix',
      plain,
      before('dense', 0, { opType: 'Transpose', attribute: [{ name: 'perm', ints: [0, 2, 1], type: 7 }] }),
      /^it: node dense \(MatMul\): it reads \[T, 2, B\], whose last axis is not that of the features$/,
    ],
    [
      'a product scaled',
      last,
      (graph) => {
        Object.assign(node(graph, 'dense'), {
          opType: 'Gemm',
          attribute: [{ name: 'alpha', f: 2, type: 1 }],
        });
      },
      /^it: node dense \(Gemm\): it scales or transposes what it reads/,
    ],
    [
      'directions that are not merged',
      both,
      (graph) => without(graph, 'bidirectional.merged', 'bidirectional.Y'),
      /^it: node dense \(MatMul\): it reads the directions of a bidirectional layer before they are merged$/,
    ],
    [
      'a reverse node',
      back,
      (graph) => without(graph, 'lstm.turned', 'lstm.steps'),
      /^it: node dense \(MatMul\): it reads the outputs of a reverse node in the order of its input/,
    ],
    [
      'a cycle',
      plain,
      (graph) => void (node(graph, 'lstm').input![0] = 'dense.sum'),
      'it: node lstm reads dense.sum, which nothing before it gives',
    ],
    [
      'two values of a name',
      plain,
      (graph) => void (node(graph, 'dense').output![0] = 'lstm.Y'),
      'it: damaged: two values are called lstm.Y',
    ],
    [
      'another output',
      plain,
      (graph) => void graph.output!.push({ name: 'lstm.steps' }),
      'it: its output lstm.steps is not the first one, nor the last state of a layer; a model here has one output',
    ],
    [
      'another input',
      plain,
      (graph) => void graph.input!.push({ name: 'z', type: graph.input![0]!.type! }),
      'it: its input z is read by no layer; a model here has one input',
    ],
    ['no output', plain, (graph) => void (graph.output = []), 'it: its graph has no output'],
    [
      'no layer',
      plain,
      (graph) => void (graph.output![0]!.name = 'x'),
      'it: its output x is its input; it has no layer',
    ],
    [
      'a constant as output',
      plain,
      (graph) => void (graph.output![0]!.name = 'dense.c'),
      'it: its output dense.c is not what layers give',
    ],
    [
      'an input of texts',
      plain,
      (graph) => void (graph.input![0]!.type!.tensorType!.elemType = 8),
      /^it: its input x has numbers of type 8 of ONNX, in 3 axes; what can be read is /,
    ],
  ])('is refused: %s', async (_, bytes, change, message) => {
    expect(await refusal(withoutMetadata(bytes, change))).toMatch(message);
  });

  it('is not asked of what no output depends on', async () => {
    const changed = withoutMetadata(
      plain,
      (graph) => void graph.node!.push({ opType: 'Elu', input: ['x'], output: ['unused'] }),
    );
    expect((await read(changed)).notes).toEqual([]);
  });
});

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
