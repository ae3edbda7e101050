/** Initial values that decide how far a gradient reaches: they are set before the first training step. */
import type { Cell, Model } from '../../../models/index.js';

/** Sets the biases of the forget gate, if the cell has one. (Gers, Schmidhuber and Cummins 2000.) */
export function setForgetBias(model: Model, { name, gates }: Cell, units: number, bias: number): void {
  const gate = gates.indexOf('f');
  const { value } = model.parameters.list.find(
    (one) => one.name === `${name}.b` || one.name === `${name}.bU`,
  )!;
  if (gate >= 0) value.data.fill(bias, value.offset + gate * units, value.offset + (gate + 1) * units);
}

/** Scales a tanh-RNN's W. It begins orthogonal, with a spectral radius of 1, so the scale is the radius. */
export function setSpectralRadius(model: Model, { name }: Cell, radius: number): void {
  if (name !== 'rnn' || radius === 1) return;
  const { value } = model.parameters.list.find((one) => one.name === 'rnn.W')!;
  for (let n = value.offset; n < value.offset + value.size; n++) value.data[n]! *= radius;
}
