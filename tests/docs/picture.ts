/** docs/unrolled.svg, README's picture: the chapter's figure, drawn by the library. */
import { createModel, createRandom, dense, features, normal, toSvg } from '../../models/index.js';
import { recurrent, referenceKernels, rnn, unroll, type Tensor } from '../../models/index.js';

export const PICTURE = new URL('../../../docs/unrolled.svg', import.meta.url);

/** Float64, and colours by order of magnitude, make it the same on any machine. */
export function drawPicture(): string {
  const kernels = referenceKernels(Float64Array);
  const layers = [recurrent(rnn, { units: 4, returnSequences: true }), dense(2)];
  const model = createModel({ kernels, input: features(3), layers, seed: 1 });
  const graph = unroll(model, { batch: 2, steps: 5, loss: 'softmaxCrossEntropy', inputGradient: true });
  normal(1)(graph.input as Tensor, createRandom(1));
  graph.forward();
  graph.backward();
  return toSvg(graph);
}
