/** Faults of the layers around cells: embedding, repetition, both directions. */
import { mutantsOf } from './mutant.js';

const repetition = mutantsOf('models/layers/repeatVector.js', [
  {
    name: 'a repeated vector gets the gradient of one step alone',
    from: 'k.add(x, block);',
    to: 'k.copy(x, block);',
  },
  {
    name: 'the sum over time begins with what the last pass has left',
    from: 'k.fill(x, 0);',
    to: '',
  },
  {
    name: 'the first step alone gets the repeated vector',
    from: 'k.copy(block, x);',
    to: 'if (block === blocksOf(y, x.shape[0])[0]) k.copy(block, x);',
  },
]);

const directions = mutantsOf('models/recurrent/bidirectional.js', [
  {
    name: 'the second direction overwrites the input gradient of the first',
    from: "context.accumulateInputGradient || part === 'forward'",
    to: 'context.accumulateInputGradient',
  },
  {
    name: 'outputs of padding, which are 0, send a gradient into both directions',
    from: 'k.copyMasked(dy, zero, mask);',
    to: ';',
  },
]);

const merging = mutantsOf('models/recurrent/merge.js', [
  {
    name: 'both directions get the gradient of the first half',
    from: 'k.copy(dg, columns(dy, H, 2 * H));',
    to: 'k.copy(dg, columns(dy, 0, H));',
  },
  {
    name: 'each factor of a product is sent itself instead of the other one',
    from: 'k.multiply(dh, dy, g);\n        k.multiply(dg, dy, h);',
    to: 'k.multiply(dh, dy, h);\n        k.multiply(dg, dy, g);',
  },
  {
    name: 'one direction of an average gets the whole gradient',
    from: 'k.scale(dg, 1 / 2);',
    to: '',
  },
]);

const drops = mutantsOf('models/layers/dropout.js', [
  {
    name: 'units that were dropped get a gradient',
    from: 'return k.multiply(dxs[t], block, mask);',
    to: 'return k.copy(dxs[t], block);',
  },
  {
    name: 'the layers below a dropped one get the gradient of the first step alone',
    from: 'dys.forEach((block, t) => {',
    to: 'dys.slice(0, 1).forEach((block, t) => {',
  },
]);

const recurrentDrops = mutantsOf('models/recurrent/bptt.js', [
  {
    name: 'the gradient through the recurrent weights reaches units they have not seen',
    from: 'k.multiply(dhIn, dhIn, dropMask);',
    to: '',
  },
  {
    name: 'recurrent dropout lets nothing back but through the recurrent weights',
    from: 'k.add(dPrev.h, dhIn);',
    to: 'k.copy(dPrev.h, dhIn);',
  },
]);

const reversals = mutantsOf('models/recurrent/reverse.js', [
  {
    name: 'a reversed sequence sends its gradient back unreversed',
    from: 'dx ? pairs(dx, dy) : []',
    to: 'dx ? [[dx, dy]] : []',
  },
]);

const embeddings = mutantsOf('models/layers/embedding.js', [
  {
    name: 'the embedding gets no gradient',
    from: 'k.scatterAdd(dE, used(symbols), used(dy))',
    to: 'undefined',
  },
  {
    name: 'of several symbols a step, none gets a gradient',
    from: 'k.scatterAdd(dE, ids, dy)',
    to: 'undefined',
  },
  {
    name: 'rows are added to the embedding instead of read from it',
    from: 'k.gather(used(y), E, used(symbols))',
    to: 'k.gather(used(y), E, used(symbols), true)',
  },
]);

const tables = mutantsOf('models/recurrent/inputProjection.js', [
  {
    name: 'words send nothing back',
    from: 'k.fill(used(dy), 0);',
    to: 'k.fill(used(dy), 0); if (0)',
  },
  {
    name: 'the gradient of the words begins with what the last pass has left',
    from: 'k.fill(used(dy), 0);',
    to: '',
  },
]);

const expansions = mutantsOf('models/layers/materialize.js', [
  {
    name: 'rows that are written out begin with what the last pass has sent back',
    from: 'k.fill(used(dx), 0);',
    to: '',
  },
]);

const timeBackward = mutantsOf('models/layers/unrolledCell.js', [
  {
    name: 'where time runs backward, the gradients of the states lie as if it ran forward',
    from: 'timeMajor(k, given, (dPrev,',
    to: 'timeMajor(k, { ...given, reverse: false }, (dPrev,',
  },
]);

export const layerMutants = [
  ...repetition,
  ...directions,
  ...merging,
  ...drops,
  ...recurrentDrops,
  ...reversals,
  ...embeddings,
  ...tables,
  ...expansions,
  ...timeBackward,
];
