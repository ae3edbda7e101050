/** Handing our weights to tfjs. */
import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { dense } from '../../engine/shapes.js';
import type { Model, Tensor } from '../../models/index.js';

/** A copy of a tensor of ours, in its shape or another. */
export function toTfjs(t: Tensor, shape: readonly number[] = t.shape): tf.Tensor {
  return tf.tensor(Float32Array.from(dense(t)), [...shape]);
}

/**
 * Gives the layers of a tfjs model the weights of the layers of ours.
 * Ours are U, W, b (or V, c), theirs kernel, recurrent kernel, bias (or kernel, bias): the same order, and inside
 * them the same order of gates, i f g o in the LSTM and z r n in the GRU.
 */
export function copyWeights(from: Model, to: readonly layers.Layer[]): void {
  from.layers.forEach(({ name }, n) => {
    const own = from.parameters.list.filter((parameter) => parameter.name.startsWith(`${name}.`));
    const weights = own.map(({ value }) => toTfjs(value));
    to[n]!.setWeights(weights);
    tf.dispose(weights);
  });
}
