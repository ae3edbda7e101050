/** Faults in the layers around cells, and in the sums and products that all cells share. */
import { storiesOf } from './story.js';

const affine = storiesOf('affine', 'gradients', [
  {
    name: 'the input gradient is multiplied by U instead of its transpose if the shapes allow it',
    function: 'affineBackward',
    from: 'transpose(U)',
    to: 'U.shape[0] === U.shape[1] ? U : transpose(U)',
  },
  {
    name: 'the input gradient lacks a gate of the last unit; all weight gradients are right',
    function: 'affineBackward',
    from: 'k.matmul(dx, dy, transpose(U),',
    to: 'k.matmul(dx, dy.hi(dy.shape[0], U.shape[1] - 1), transpose(U.hi(U.shape[0], U.shape[1] - 1)),',
  },
  {
    name: "some gates read another gate's bias, but backward assumes their own",
    seenIn: 'reported in ddbourgin/numpy-ml#42',
    function: 'affineForward',
    from: 'k.setRows(y, b);',
    to: 'k.setRows(y, b); k.setRows(y.hi(y.shape[0], b.shape[0] >> 1), b.lo((b.shape[0] + 1) >> 1));',
  },
]);

const rows = storiesOf('reference/rows', 'gradients', [
  {
    name: 'a row that is looked up twice keeps one of its two gradients',
    function: 'scatterAdd',
    from: 'addRow(',
    to: 'copyRow(',
  },
  {
    name: 'the look-up overwrites the bias that is already there',
    function: 'gather',
    from: 'accumulate ? addRow : copyRow',
    to: 'copyRow',
  },
]);

const matmul = storiesOf('reference/matmul', 'gradients', [
  { name: '`accumulate` is ignored', function: 'matmul', from: 'if (!accumulate)', to: '' },
  {
    name: 'products are always added to the existing values',
    function: 'matmul',
    from: 'if (!accumulate)',
    to: 'if (false)',
  },
  {
    name: 'the right-hand matrix is transposed if it is square',
    function: 'matmul',
    from: 'const [bRow, bColumn] = b.stride;',
    to: 'const [bRow, bColumn] = b.shape[0] === b.shape[1] && b.stride[1] > 1 ? [b.stride[1], 1] : b.stride;',
  },
]);

const repetition = storiesOf('repeatVector', 'gradients', [
  {
    name: 'only the first step gets the repeated vector',
    function: 'repeatRows',
    from: 'k.copy(y, x);',
    to: 'if (y === steps[0]) k.copy(y, x);',
  },
]);

const directions = storiesOf('bidirectional', 'gradients', [
  {
    name: 'the second direction overwrites the input gradient of the first',
    function: 'partOf',
    from: "context.accumulateInputGradient || part === 'forward'",
    to: 'context.accumulateInputGradient',
  },
]);

const merging = storiesOf('merge', 'gradients', [
  {
    name: 'both directions get the gradient of the first half',
    function: 'backward',
    from: 'k.copy(dg, columns(dy, H, 2 * H));',
    to: 'k.copy(dg, columns(dy, 0, H));',
  },
  {
    name: 'the gradient of each factor of a product uses the factor itself instead of the other one',
    function: 'backward',
    from: 'k.multiply(dh, dy, g); k.multiply(dg, dy, h);',
    to: 'k.multiply(dh, dy, h); k.multiply(dg, dy, g);',
  },
]);

const drops = storiesOf('dropout', 'gradients', [
  {
    name: 'the layers below a dropped one get only the gradient of the first step',
    function: 'backward',
    from: 'dys.forEach((block, t) => {',
    to: 'dys.slice(0, 1).forEach((block, t) => {',
  },
]);

const reversals = storiesOf('reverse', 'gradients', [
  {
    name: 'a reversed sequence sends its gradient back unreversed',
    function: 'reverseTime',
    from: 'dx ? pairs(dx, dy) : []',
    to: 'dx ? [[dx, dy]] : []',
  },
]);

export const layerStories = [
  ...affine,
  ...rows,
  ...matmul,
  ...repetition,
  ...directions,
  ...merging,
  ...drops,
  ...reversals,
];
