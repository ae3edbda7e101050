/** Nodes of cells that do what no cell here does are refused in one line that names them. */
import { describe, expect, it } from '@jest/globals';
import {
  before,
  floats,
  gru,
  node,
  number,
  plain,
  read,
  refusal,
  set,
  without,
  withoutMetadata,
  words,
  type Graph,
} from './onnxFiles.js';

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
