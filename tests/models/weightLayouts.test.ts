/** Weights in the layouts of other libraries: round trips, and what is not supported. */
import { describe, expect, it, test } from '@jest/globals';
import ops from 'ndarray-ops';
import { createRandom, InputError, tensor, type Tensor } from '../../engine/index.js';
import {
  cells,
  fromLayout,
  toLayout,
  type Cell,
  type CellName,
  type WeightLayout,
} from '../../models/index.js';
import { entries } from '../tensors.js';

const [D, H] = [3, 2];
const layouts: WeightLayout[] = ['keras', 'tfjs', 'pytorch', 'onnx'];
const names = Object.keys(cells) as CellName[];
const missing: readonly string[] = [
  'keras lstmPeephole',
  'tfjs lstmPeephole',
  'tfjs gruResetAfter',
  'pytorch lstmPeephole',
  'pytorch gru',
];
/** Cells that no library has, such as custom ones. */
const unknown = names.filter((cell) => layouts.every((layout) => isRefused(layout, cell)));

function isRefused(layout: WeightLayout, cell: CellName): boolean {
  try {
    toLayout(layout, cell, weightsOf(cell));
    return false;
  } catch (error) {
    if (error instanceof InputError) return true;
    throw error;
  }
}

/** Random weights, all different. */
function weightsOf(cell: CellName): Record<string, Tensor> {
  const random = createRandom(1);
  const specs = Object.entries((cells[cell] as Cell).parameters(D, H));
  return Object.fromEntries(
    specs.map(([name, { shape }]) => {
      const data = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal());
      return [name, tensor(data, ...shape)];
    }),
  );
}

/** Copies a tensor to a view, whose other entries are NaN. */
function copyTo(view: Tensor, t: Tensor): Tensor {
  view.data.fill(NaN);
  ops.assign(view, t);
  return view;
}
const wide = (shape: readonly number[]) =>
  tensor(new Float32Array(shape.reduce((a, b) => a * 2 * b, 1)), ...shape.map((n) => 2 * n));

const stepped = (t: Tensor) => copyTo(wide(t.shape).step(...t.shape.map(() => 2)), t);
const turned = (t: Tensor) => {
  const order = t.shape.map((_, d) => t.shape.length - 1 - d);
  const data = new Float32Array(t.size);
  return copyTo(tensor(data, ...order.map((d) => t.shape[d]!)).transpose(...order), t);
};
const reversed = (t: Tensor) =>
  copyTo(tensor(new Float32Array(t.size), ...t.shape).step(...t.shape.map(() => -1)), t);

const plain = (weights: Readonly<Record<string, Tensor>>) =>
  Object.fromEntries(
    Object.entries(weights).map(([name, t]) => [name, { shape: [...t.shape], entries: entries(t) }]),
  );

describe.each(layouts)('the layout of %s', (layout) => {
  const had = names.filter((cell) => !unknown.includes(cell) && !missing.includes(`${layout} ${cell}`));

  test.each(had)('has the weights of %s, which survive a round trip', (cell) => {
    const weights = weightsOf(cell);
    expect(plain(fromLayout(layout, cell, toLayout(layout, cell, weights)))).toEqual(plain(weights));
  });
});

describe.each(layouts)('views in the layout of %s', (layout) => {
  const had = names.filter((cell) => !unknown.includes(cell) && !missing.includes(`${layout} ${cell}`));

  test.each(had)('of %s, with steps, transposed or reversed, are read as what they show', (cell) => {
    const weights = weightsOf(cell);
    const theirs = toLayout(layout, cell, weights);
    const expected = plain(fromLayout(layout, cell, theirs));
    for (const view of [stepped, turned, reversed]) {
      const seen = Object.fromEntries(Object.entries(theirs).map(([name, t]) => [name, view(t)]));
      expect(plain(fromLayout(layout, cell, seen))).toEqual(expected);
      const own = Object.fromEntries(Object.entries(weights).map(([name, t]) => [name, view(t)]));
      expect(plain(toLayout(layout, cell, own))).toEqual(plain(theirs));
    }
  });

  test.each(had)('%s: -0 stays -0', (cell) => {
    const weights = weightsOf(cell);
    for (const t of Object.values(weights)) t.data.fill(-0);
    const back = fromLayout(layout, cell, toLayout(layout, cell, weights));
    for (const t of Object.values(back)) expect(entries(t).every((value) => Object.is(value, -0))).toBe(true);
  });
});

test.each(missing)('there is no %s, and the error names layouts that have it', (what) => {
  const [layout, cell] = what.split(' ') as [WeightLayout, CellName];
  const refusal = new RegExp(
    `^${layout} has no equivalent of ${cell}; layouts that have one: .*(keras|onnx)`,
  );
  expect(() => toLayout(layout, cell, weightsOf(cell))).toThrow(refusal);
  expect(() => fromLayout(layout, cell, {})).toThrow(refusal);
});

describe.each(names.filter((cell) => !unknown.includes(cell)))('the weights of %s', (cell) => {
  const layout = layouts.find((one) => !missing.includes(`${one} ${cell}`))!;

  test.each(Object.keys(weightsOf(cell)))('are required, with their shapes: %s', (name) => {
    const weights = weightsOf(cell);
    const others = Object.fromEntries(Object.entries(weights).filter(([other]) => other !== name));
    expect(() => toLayout(layout, cell, others)).toThrow(`${cell}: the tensor ${name} is missing`);
    const wrong = tensor(new Float32Array(5), 5);
    expect(() => toLayout(layout, cell, { ...weights, [name]: wrong })).toThrow(/ is \[.*\], not \[.*\]$/);
  });
});

test('the error for an unknown layout names the known ones', () => {
  const call = () => toLayout('tensorflow' as WeightLayout, 'lstm', weightsOf('lstm'));
  expect(call).toThrow('"tensorflow" is not one of keras, tfjs, pytorch, onnx');
});

describe('weights of other libraries', () => {
  it('with two biases give their sum in a cell with one', () => {
    const theirs = toLayout('pytorch', 'lstm', weightsOf('lstm'));
    theirs.bias_hh_l0!.data.fill(0.5);
    const { b } = fromLayout('pytorch', 'lstm', theirs);
    expect(entries(b!)).toEqual(entries(theirs.bias_ih_l0!).map((value) => Math.fround(value + 0.5)));
  });

  it('of an LSTM are not a coupled cell unless its input gate is the negated forget gate', () => {
    const theirs = toLayout('keras', 'lstm', weightsOf('lstm'));
    expect(() => fromLayout('keras', 'lstmCoupled', theirs)).toThrow(
      'this LSTM is not coupled; read it as lstm',
    );
  });

  it('are required, with their shapes', () => {
    const theirs = toLayout('onnx', 'lstmPeephole', weightsOf('lstmPeephole'));
    const { P, ...others } = theirs;
    expect(() => fromLayout('onnx', 'lstmPeephole', others)).toThrow(
      'onnx, lstmPeephole: the tensor P is missing',
    );
    expect(() => fromLayout('onnx', 'lstmPeephole', { ...theirs, P: tensor(P!.data, 3, 2) })).toThrow(
      'onnx, lstmPeephole: P is [3, 2], not [1, 6]',
    );
    const { R, ...withoutR } = theirs;
    expect(R).toBeDefined();
    expect(() => fromLayout('onnx', 'lstmPeephole', withoutR)).toThrow(
      'onnx, lstmPeephole: the tensor R is missing',
    );
    expect(() => fromLayout('onnx', 'gru', {})).toThrow('onnx, gru: the tensor W is missing');
  });

  it('have names with a layer, a direction and a module before', () => {
    const weights = weightsOf('gruResetAfter');
    const inFile = { prefix: 'encoder.', suffix: '_l1_reverse' };
    const theirs = toLayout('pytorch', 'gruResetAfter', weights, inFile);
    expect(Object.keys(theirs)).toEqual(
      ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map((name) => `encoder.${name}_l1_reverse`),
    );
    expect(plain(fromLayout('pytorch', 'gruResetAfter', theirs, inFile))).toEqual(plain(weights));
    expect(() => fromLayout('pytorch', 'gruResetAfter', theirs)).toThrow('weight_ih_l0 is missing');
    const { 'encoder.bias_hh_l1_reverse': b, ...others } = theirs;
    expect(() => fromLayout('pytorch', 'gruResetAfter', others, inFile)).toThrow(
      'the tensor encoder.bias_hh_l1_reverse is missing',
    );
    expect(() => fromLayout('pytorch', 'gruResetAfter', { ...theirs, b: b! }, inFile)).toThrow(
      'b has no place',
    );
  });

  it.each(
    names.flatMap((cell) =>
      layouts.filter((layout) => !isRefused(layout, cell)).map((layout) => [layout, cell] as const),
    ),
  )('without biases have biases of 0: %s, %s', (layout, cell) => {
    const weights = weightsOf(cell);
    const theirs = Object.entries(toLayout(layout, cell, weights)).filter(
      ([name]) => !/^(bias.*|B)$/.test(name),
    );
    const back = fromLayout(layout, cell, Object.fromEntries(theirs));
    for (const name of ['b', 'bW'].filter((name) => name in weights)) weights[name]!.data.fill(0);
    expect(plain(back)).toEqual(plain(weights));
  });

  it('of several layers or directions are refused: the rest would be lost', () => {
    const theirs = toLayout('pytorch', 'lstm', weightsOf('lstm'));
    for (const more of ['weight_ih_l1', 'weight_ih_l0_reverse', 'weight_hr_l0']) {
      expect(() => fromLayout('pytorch', 'lstm', { ...theirs, [more]: theirs.weight_ih_l0! })).toThrow(
        `pytorch, lstm: ${more} has no place; the tensors of a cell are weight_ih_l0, weight_hh_l0, ` +
          'bias_ih_l0, bias_hh_l0. Convert each layer and each direction by itself, under these names',
      );
    }
    const ours = weightsOf('lstm');
    expect(() => toLayout('pytorch', 'lstm', { ...ours, p: ours.b! })).toThrow('lstm: p has no place');
  });

  it.each([null, 'weights', Promise.resolve({}), { kernel: [[1]] }, { kernel: null }])(
    'are tensors by name, not %p',
    (theirs) => {
      expect(() => fromLayout('keras', 'lstm', theirs as never)).toThrow(
        /^keras, lstm: (the weights|kernel) must be an? (object of tensors|tensor), not /,
      );
      expect(() => toLayout('keras', 'lstm', theirs as never)).toThrow(InputError);
    },
  );

  it('are copies', () => {
    const weights = weightsOf('lstm');
    const theirs = toLayout('keras', 'lstm', weights);
    theirs.kernel!.data.fill(0);
    theirs.bias!.data.fill(0);
    expect(entries(weights.U!).every((value) => value !== 0)).toBe(true);
    expect(entries(weights.b!).every((value) => value !== 0)).toBe(true);
  });
});
