/** Other values to start from than the usual ones. */
import type { Model, Tensor } from '../../models/index.js';

/** The LSTM's forget biases, b_f. Its usual start is 1: a gate of σ(1) = 0.73. (Gers, Schmidhuber and Cummins 2000.) */
export function setForgetBias(model: Model, bias: number): void {
  const b = parameter(model, 'lstm.b');
  const units = b.size / 4;
  b.data.fill(bias, b.offset + units, b.offset + 2 * units);
}

/**
 * Scales the tanh-RNN's W, which starts orthogonal: all its eigenvalues have the absolute value 1, and so the scale is its
 * spectral radius.
 */
export function setSpectralRadius(model: Model, radius: number): void {
  const W = parameter(model, 'rnn.W');
  for (let n = W.offset; n < W.offset + W.size; n++) W.data[n]! *= radius;
}

function parameter(model: Model, name: string): Tensor {
  return model.parameters.list.find((one) => one.name === name)!.value;
}
