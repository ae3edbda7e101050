/** What a graph does that no layer here does is refused in one line that names the node. */
import { describe, expect, it } from '@jest/globals';
import {
  back,
  before,
  both,
  floats,
  last,
  node,
  number,
  plain,
  read,
  refusal,
  whole,
  without,
  withoutMetadata,
  type Graph,
} from './onnxFiles.js';

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
