/** Faults of the layers around cells: embedding, repetition, both directions. */
import { mutantsOf } from './mutant.js';

const repetition = mutantsOf('models/repeatVector.js', [
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

const directions = mutantsOf('models/bidirectional.js', [
  {
    name: 'the second direction overwrites the input gradient of the first',
    from: "context.addInputGradient || part === 'forward'",
    to: 'context.addInputGradient',
  },
  {
    name: 'both directions get the gradient of the first half',
    from: 'k.copy(back.output.gradient, columns(dy, units, 2 * units));',
    to: 'k.copy(back.output.gradient, columns(dy, 0, units));',
  },
]);

const embeddings = mutantsOf('models/embedding.js', [
  {
    name: 'the embedding gets no gradient',
    from: 'k.scatterAdd(dE, inUse(symbols), inUse(dy))',
    to: 'undefined',
  },
  {
    name: 'rows are added to the embedding instead of read from it',
    from: 'k.gather(inUse(y), E, inUse(symbols))',
    to: 'k.gather(inUse(y), E, inUse(symbols), true)',
  },
]);

const tables = mutantsOf('models/project.js', [
  {
    name: 'words send nothing back',
    from: 'k.fill(inUse(dy), 0);',
    to: 'k.fill(inUse(dy), 0); if (0)',
  },
  {
    name: 'the gradient of the words begins with what the last pass has left',
    from: 'k.fill(inUse(dy), 0);',
    to: '',
  },
]);

const expansions = mutantsOf('models/expand.js', [
  {
    name: 'rows that are written out begin with what the last pass has sent back',
    from: 'k.fill(inUse(dx), 0);',
    to: '',
  },
]);

const timeBackward = mutantsOf('models/timeMajor.js', [
  {
    name: 'where time runs backward, the gradients of the states lie as if it ran forward',
    from: '[before, after] = backward ? [B, 0] : [0, B];\n    const all = {\n        da',
    to: '[before, after] = [0, B];\n    const all = {\n        da',
  },
]);

export const layerMutants = [
  ...repetition,
  ...directions,
  ...embeddings,
  ...tables,
  ...expansions,
  ...timeBackward,
];
