/** Faults of matrix products, biases and look-ups: the sides that all cells share. */
import { mutantsOf } from './mutant.js';

const affine = mutantsOf('models/layers/affine.js', [
  {
    name: 'the input gradient is multiplied by U, not by its transpose, where the shapes allow it',
    from: 'k.matmul(dx, dy, transpose(U), addToDx);',
    to: 'k.matmul(dx, dy, U.shape[0] === U.shape[1] ? U : transpose(U), addToDx);',
  },
  {
    name: 'the input gradient misses a gate of the last unit, while every weight gradient is right',
    from: 'k.matmul(dx, dy, transpose(U), addToDx);',
    to: 'k.matmul(dx, dy.hi(dy.shape[0], U.shape[1] - 1), transpose(U.hi(U.shape[0], U.shape[1] - 1)), addToDx);',
  },
  {
    name: 'the input gradient is added to what the last pass has left',
    from: 'k.matmul(dx, dy, transpose(U), addToDx);',
    to: 'k.matmul(dx, dy, transpose(U), true);',
  },
  {
    name: 'the lower layer of a stack gets no gradient',
    from: 'if (dx)',
    to: 'if (false)',
  },
  {
    name: "some gates read another gate's bias, and backward does not know",
    seenIn: 'reported in ddbourgin/numpy-ml#42',
    from: 'k.setRows(y, b);',
    to: 'k.setRows(y, b); k.setRows(y.hi(y.shape[0], b.shape[0] >> 1), b.lo((b.shape[0] + 1) >> 1));',
  },
  {
    name: 'the bias gets no gradient',
    from: 'k.sumRows(db, dy);',
    to: '',
  },
]);

const rows = mutantsOf('engine/reference/rows.js', [
  {
    name: 'the bias gradient is assigned row by row, so that the last row wins',
    from: 'addRow(out.data, out.offset,',
    to: 'copyRow(out.data, out.offset,',
  },
  {
    name: 'a row that is looked up twice keeps one of its two gradients',
    from: 'addRow(table.data, startOf(table, id),',
    to: 'copyRow(table.data, startOf(table, id),',
  },
  {
    name: 'the look-up overwrites the bias that stands there already',
    from: 'accumulate ? addRow : copyRow',
    to: 'copyRow',
  },
]);

const matmul = mutantsOf('engine/reference/matmul.js', [
  { name: '`accumulate` is ignored', from: 'if (!accumulate)', to: '' },
  {
    name: 'products are always added to what is there',
    from: 'if (!accumulate)',
    to: 'if (false)',
  },
  {
    name: 'the right-hand matrix is transposed where it is square',
    from: 'const [bRow, bColumn] = b.stride;',
    to: 'const [bRow, bColumn] = b.shape[0] === b.shape[1] && b.stride[1] > 1 ? [b.stride[1], 1] : b.stride;',
  },
]);

export const sumMutants = [...affine, ...rows, ...matmul];
