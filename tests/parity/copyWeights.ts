/** Copies our weights to tfjs. */
import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { dense } from '../../engine/shapes.js';
import type { Model, Tensor } from '../../models/index.js';

/** A copy of one of our tensors, in its shape or another. */
export function toTfjs(t: Tensor, shape: readonly number[] = t.shape): tf.Tensor {
  return tf.tensor(Float32Array.from(dense(t)), [...shape]);
}

/**
 * Copies the weights of our layers to those of a tfjs model.
 * Ours are U, W, b (or V, c), theirs kernel, recurrent kernel, bias (or kernel, bias), in the same order and
 * with the same order of gates, i f g o in the LSTM and z r n in the GRU.
 */
export function copyWeights(from: Model, to: readonly layers.Layer[]): void {
  from.layers.forEach(({ name }, n) => {
    const own = from.parameters.list.filter((parameter) => parameter.name.startsWith(`${name}.`));
    const weights = own.map(({ value }) => toTfjs(value));
    to[n]!.setWeights(weights);
    tf.dispose(weights);
  });
}
