/** Valid calls of what makes layers and cells. */
import * as library from '../../../models/index.js';
import type { Kernels } from '../../../models/index.js';
import { options, type Calls } from './call.js';

const { dense, lstm, recurrent } = library;

/** @param k float32 kernels, as for training */
export function layerCalls(k: Kernels): Calls {
  const drop = { 'dropout?': 0.1, 'recurrentDropout?': 0.1, 'dropoutPerGate?': true };
  const cell = { units: 2, 'returnSequences?': true, 'stateful?': false, ...drop };
  const layer = () => dense(2);

  return {
    recurrent: () => ({
      run: recurrent,
      args: { cell: lstm, options: options({ ...cell, 'goBackwards?': false }) },
    }),
    bidirectional: () => ({
      run: library.bidirectional,
      args: { cell: lstm, options: options({ ...cell, 'mergeMode?': 'sum' }) },
    }),
    encoderDecoder: () => ({
      run: library.encoderDecoder,
      args: { cell: lstm, options: options({ units: 2, sourceSteps: 3, ...drop }) },
    }),
    dense: () => ({ run: dense, args: { units: 2, 'options?': options({ 'activation?': 'relu' }) } }),
    elementwiseActivation: () => ({
      run: library.elementwiseActivation,
      args: {
        given: options({ name: 'mine', f: (x: number) => x, slope: () => 1, 'isProbability?': true }),
      },
      says: /elementwiseActivation/,
    }),
    createLayer: () => ({
      run: library.createLayer,
      args: { config: options({ kind: 'dense', units: 2, 'activation?': 'tanh' }) },
      says: /^(createLayer|dense)\b/,
    }),
    dropout: () => ({ run: library.dropout, args: { rate: 0.1 } }),
    spatialDropout1D: () => ({ run: library.spatialDropout1D, args: { rate: 0.1 } }),
    embedding: () => ({
      run: library.embedding,
      args: { units: 2, 'options?': options({ 'maskZero?': true }) },
    }),
    layerNormalization: () => ({
      run: library.layerNormalization,
      args: { 'options?': options({ 'epsilon?': 1e-3 }) },
    }),
    residual: () => ({ run: library.residual, args: { layer: layer() } }),
    layer: () => ({ run: library.layer, args: { name: 'mine', layer: layer() } }),
    repeatVector: () => ({ run: library.repeatVector, args: { steps: 3 } }),
    timeDistributed: () => ({ run: library.timeDistributed, args: { layer: layer() } }),
    defineLayer: () => ({ run: library.defineLayer, args: { layer: layer() } }),
    node: () => ({
      run: library.node,
      args: { given: options({ name: 'mine', forward: () => {}, backward: () => {} }) },
    }),
    isIndices: () => ({ run: library.isIndices, args: { x: k.indices(2) } }),
    gateParameters: () => ({
      run: library.gateParameters,
      args: { D: 2, H: 3, G: 4, bias: library.zeros },
    }),
  };
}
