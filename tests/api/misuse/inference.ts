/** Valid calls of what makes examples of arrays, and of what uses a trained model. */
import * as library from '../../../models/index.js';
import type { Kernels, Layer, Random } from '../../../models/index.js';
import { FULL, options, type Calls } from './call.js';

const { createModel, createRandom, dense, encoderDecoder, gru, oneHot, recurrent } = library;

/** @param k float32 kernels, as for training */
export function inferenceCalls(k: Kernels): Calls {
  const model = (...layers: Layer[]) => createModel({ kernels: k, input: oneHot(4), layers });
  const writer = () => model(recurrent(gru, { units: 2 }), dense(4));
  const translator = () => model(encoderDecoder(gru, { units: 2, sourceSteps: 2 }), dense(4));
  const x = [[0, 1], [2]];
  const choice = { 'temperature?': 2, 'topK?': 2, 'topP?': 0.9, random: createRandom(1) };
  return {
    sequences: () => ({
      run: library.sequences,
      args: {
        options: options({ x, 'y?': [0, 1], 'lengths?': [1, 1], 'weights?': [1, 2], 'pad?': 'before' }),
      },
    }),
    'sequences.split': () => ({
      run: (share: number, random?: Random | null) => library.sequences({ x }).split(share, random),
      args: { share: 0.5, 'random?': createRandom(1) },
      says: /split/,
    }),
    predict: () => ({
      run: library.predict,
      args: { model: writer(), x, 'options?': options({ 'loss?': 'softmaxCrossEntropy', 'batch?': 2 }) },
    }),
    softmax: () => ({ run: library.softmax, args: { logits: [1, 2], 'temperature?': 2 } }),
    sample: () => ({ run: library.sample, args: { logits: [1, 2], options: options(choice) } }),
    generate: () => ({
      run: library.generate,
      args: { model: writer(), prompt: [0, 1], n: 2, options: options(choice) },
    }),
    decode: () => ({
      run: library.decode,
      says: FULL,
      args: {
        ...{ model: translator(), x },
        options: options({ start: 1, most: 2, 'end?': 2, 'beam?': 2, 'lengthPenalty?': 0.5 }),
      },
    }),
  };
}
