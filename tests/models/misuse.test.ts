/** What constructors of layers, cells, initializers and models say to wrong arguments. */
import { expect, it } from '@jest/globals';
import * as nn from '../../models/index.js';
import { float64 } from '../kernels.js';

/** Without types, as in JavaScript. */
const js = nn as unknown as Record<string, (...given: unknown[]) => unknown>;
const { lstm } = nn;
const model = (given: object) => () =>
  js.createModel!({ kernels: float64, input: nn.features(2), layers: [nn.dense(2)], ...given });

it.each<[string, () => unknown, string]>([
  [
    'a size that is not whole',
    () => js.dense!(1.5),
    'dense: units must be a whole number of at least 1, not 1.5',
  ],
  ['a size of 0', () => js.dense!(0), 'dense: units must be a whole number of at least 1, not 0'],
  ['a size left out', () => js.dense!(), 'dense: units must be a whole number of at least 1, not undefined'],
  [
    'a size as text',
    () => js.embedding!('8'),
    'embedding: units must be a whole number of at least 1, not "8"',
  ],
  ['a negative size', () => js.features!(-1), 'features: width must be a whole number of at least 1, not -1'],
  ['half a symbol', () => js.oneHot!(1.5), 'oneHot: size must be a whole number of at least 1, not 1.5'],
  ['no columns', () => js.oneHot!(3, 0), 'oneHot: columns must be a whole number of at least 1, not 0'],
  [
    'no steps',
    () => js.repeatVector!(-1),
    'repeatVector: steps must be a whole number of at least 1, not -1',
  ],
  ['a rate of 2', () => js.dropout!(2), 'dropout: rate must be at least 0 and below 1, not 2'],
  [
    'an unknown option',
    () => js.dense!(2, { activate: 'relu' }),
    'dense has no option "activate"; its options are activation',
  ],
  [
    'an unknown activation',
    () => js.dense!(2, { activation: 'gelu' }),
    'dense: activation must be one of linear, relu, tanh, sigmoid, softmax, not "gelu"',
  ],
  [
    'a function as activation',
    () => js.dense!(2, { activation: nn.tanh }),
    'dense: activation must be one of linear, relu, tanh, sigmoid, softmax, not the function tanh',
  ],
  [
    'yes for true',
    () => js.embedding!(2, { maskZero: 'yes' }),
    'embedding: maskZero must be true or false, not "yes"',
  ],

  [
    'the name of a cell',
    () => js.recurrent!('lstm', { units: 2 }),
    'recurrent takes a cell, not a name, "lstm"; write lstm without quotes, or cells.lstm',
  ],
  [
    'another name',
    () => js.recurrent!('LSTM', { units: 2 }),
    'recurrent takes a cell, not a name, "LSTM"; there are rnn, lstm, ',
  ],
  [
    'no cell',
    () => js.bidirectional!(undefined, { units: 2 }),
    'bidirectional takes a cell, such as lstm, not undefined',
  ],
  [
    'half a cell',
    () => js.encoderDecoder!({ ...lstm, backward: null }, {}),
    'encoderDecoder takes a cell, such as lstm, not an object without the function backward',
  ],
  [
    'a cell without output',
    () => js.recurrent!({ ...lstm, states: ['c'] }, { units: 2 }),
    'recurrent takes a cell, such as lstm, not lstm, whose states lack h, the output',
  ],
  [
    'no options',
    () => js.recurrent!(lstm),
    'recurrent takes an object of options (units, dropout, recurrentDropout, dropoutPerGate, returnSequences, stateful',
  ],
  ['a number for options', () => js.recurrent!(lstm, 64), 'recurrent takes an object of options ('],
  [
    'no units',
    () => js.recurrent!(lstm, { returnSequences: true }),
    'recurrent: the option "units" is missing',
  ],
  [
    'units of 0',
    () => js.recurrent!(lstm, { units: 0 }),
    'recurrent: units must be a whole number of at least 1, not 0',
  ],
  [
    'units of 2.5',
    () => js.bidirectional!(lstm, { units: 2.5 }),
    'bidirectional: units must be a whole number of at least 1, not 2.5',
  ],
  [
    'a typo',
    () => js.recurrent!(lstm, { units: 2, returnSequence: true }),
    'recurrent has no option "returnSequence"',
  ],
  [
    'an option of another layer',
    () => js.encoderDecoder!(lstm, { units: 2, sourceSteps: 1, returnSequences: true }),
    'encoderDecoder has no option "returnSequences"',
  ],
  [
    'no source',
    () => js.encoderDecoder!(lstm, { units: 2, sourceSteps: 0 }),
    'encoderDecoder: sourceSteps must be a whole number of at least 1, not 0',
  ],
  [
    '1 for true',
    () => js.recurrent!(lstm, { units: 2, stateful: 1 }),
    'recurrent: stateful must be true or false, not 1',
  ],

  [
    'a constructor not called',
    () => js.timeDistributed!(nn.dense),
    'timeDistributed takes a layer, such as dense(2), not the function dense; call it: dense(..)',
  ],
  [
    'a number for a layer',
    () => js.timeDistributed!(5),
    'timeDistributed takes a layer, such as dense(2), not 5',
  ],
  [
    'a layer without kind',
    () => js.defineLayer!({ ...nn.dense(2), kind: 1 }),
    'defineLayer takes a layer, such as dense(2), not an object without a kind',
  ],
  [
    'half a layer',
    () => js.defineLayer!({ kind: 'mine' }),
    'defineLayer takes a layer, such as dense(2), not an object without the function parameters',
  ],
  [
    'half a node',
    () => js.node!({ name: 'mine', forward() {} }),
    'node mine: backward must be a function, not undefined',
  ],

  ['NaN as a limit', () => js.uniform!(NaN), 'uniform: limit must be at least 0, not NaN'],
  ['a negative deviation', () => js.normal!(-1), 'normal: deviation must be at least 0, not -1'],
  ['no blocks', () => js.blocks!(), 'blocks needs a value for each block'],
  ['a block of text', () => js.blocks!(0, '1'), 'blocks: value 2 must be a finite number, not "1"'],
  [
    'blocks that do not fit',
    () => nn.blocks(0, 1)(float64.zeros(3), nn.createRandom(1), float64),
    'blocks: 3 entries are not 2 equal blocks',
  ],
  [
    'a vector for a matrix',
    () => nn.glorotUniform(float64.zeros(3), nn.createRandom(1)),
    'glorotUniform fills a matrix, not a tensor of shape [3]',
  ],
  [
    'half a gate',
    () => js.gateParameters!(2, 2, 1.5, nn.zeros),
    'gateParameters: G must be a whole number of at least 1, not 1.5',
  ],

  [
    'kernels not awaited',
    model({ kernels: Promise.resolve(float64) }),
    'createModel: kernels are a promise; await them: await createKernels()',
  ],
  [
    'kernels not called',
    model({ kernels: nn.createKernels }),
    'createModel: kernels must be those of createKernels(), not the function createKernels',
  ],
  [
    'a number as input',
    model({ input: 3 }),
    'createModel: input must be features(width) or oneHot(size), not 3',
  ],
  [
    'no layers',
    model({ layers: [] }),
    'createModel: layers must be an array of at least one layer, not an empty one',
  ],
  [
    'one layer',
    model({ layers: nn.dense(2) }),
    'createModel: layers must be an array of at least one layer, not an object',
  ],
  [
    'a cell among layers',
    model({ layers: [lstm] }),
    'createModel: layer 1: expected a layer, such as dense(2), not the cell lstm; write recurrent(lstm, { units })',
  ],
  ['an unknown option of a model', model({ sead: 1 }), 'createModel has no option "sead"'],
  [
    'an option left out',
    () => js.createModel!({ kernels: float64, layers: [] }),
    'createModel: the option "input" is missing',
  ],
])('%s is refused in one line', (_, call, message) => {
  expect(call).toThrow(message);
});
