/** One of our networks, copied to tfjs with the same weights, input, initial states and labels. */
import type { Graph, Indices, Tensor } from '../../models/index.js';
import { toTfjs } from './copyWeights.js';
import type { Results } from './difference.js';
import { BATCH, CLASSES, INPUTS, STEPS, type Network } from './network.js';
import { recurrentTwin } from './recurrentTwins.js';
import { tf } from './tfjs.js';

export interface Twin {
  /** Our parameters by name. */
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  /** The input, as `input`, and the initial states, as `lstm.h0`. */
  readonly givens: Readonly<Record<string, tf.Variable>>;
  /** Logits in our order of rows, time-major. */
  readonly output: () => tf.Tensor2D;
  readonly loss: () => tf.Scalar;
}

export function createTwin(graph: Graph, { cell, units, returnSequences }: Network): Twin {
  const { layers, parameters } = graph.model;
  const named: Record<string, tf.Variable> = {};
  const givens: Record<string, tf.Variable> = {
    input: tf.variable(toTfjs(graph.input as Tensor, [STEPS, BATCH, INPUTS])),
  };

  const ownOf = (layer: string) => parameters.list.filter(({ name }) => name.startsWith(`${layer}.`));
  const recurrentLayers = units.map((H, n) => {
    const name = layers[n]!.name;
    const own = ownOf(name);
    const last = n === units.length - 1;
    const twin = recurrentTwin(cell, own, { units: H, returnSequences: returnSequences || !last });
    own.forEach((parameter, i) => (named[parameter.name] = twin.weights[i]!));
    const states = Object.entries(graph.states[name]!).map(
      ([letter, state]) => (givens[`${name}.${letter}0`] = tf.variable(toTfjs(state.initial))),
    );
    return { twin, states };
  });
  const [V, c] = ownOf('dense').map(({ name, value }) => (named[name] = tf.variable(toTfjs(value))));
  const labels = tf.oneHot(Array.from((graph.labels as Indices).data), CLASSES);

  function output(): tf.Tensor2D {
    // tfjs is batch-major, we are time-major.
    let x: tf.Tensor = tf.transpose(givens.input!, [1, 0, 2]);
    for (const { twin, states } of recurrentLayers) x = twin.run(x, states);
    if (returnSequences) x = tf.transpose(x, [1, 0, 2]);
    const rows = tf.reshape<tf.Rank.R2>(x, [-1, units.at(-1)!]);
    return tf.add(tf.matMul(rows, V as tf.Tensor as tf.Tensor2D), c!);
  }

  return {
    parameters: named,
    givens,
    output,
    loss: () => tf.losses.softmaxCrossEntropy(labels, output()),
  };
}

/** Output, loss and all gradients (parameters, input, initial states) by tfjs. */
export function differentiate({ parameters, givens, output, loss }: Twin): Results {
  const variables = { ...parameters, ...givens };
  const { value, grads } = tf.variableGrads(loss, Object.values(variables));
  const gradients = Object.entries(variables).map(([name, variable]) => [
    `d ${name}`,
    grads[variable.name]!.dataSync(),
  ]);
  return {
    output: output().dataSync(),
    loss: value.dataSync(),
    ...(Object.fromEntries(gradients) as Results),
  };
}
