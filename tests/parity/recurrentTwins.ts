/**
 * The recurrent layers of tfjs that compute what our cells compute.
 *
 * tfjs has SimpleRNN, LSTM and GRU; gates default to a hard sigmoid there and are told to use the true one. Its GRU
 * resets before the product only (`resetAfter: true` throws), so the other form is written here in tfjs operations.
 * Its forward pass is all there is to write: tfjs differentiates it.
 */
import type { CellName, Parameter } from '../../models/index.js';
import { toTfjs } from './copyWeights.js';
import { layers, tf } from './tfjs.js';

/** The cells that have a twin there. */
export const twinCells = ['rnn', 'lstm', 'gru', 'gruResetAfter'] as const satisfies readonly CellName[];

export type TwinCell = (typeof twinCells)[number];

export interface RecurrentTwin {
  /** The weights, in the order of our parameters. */
  readonly weights: readonly tf.Variable[];
  /** From x [B,T,D] and the initial states [B,H] to [B,T,H], or to [B,H] without returnSequences. */
  run(x: tf.Tensor, states: readonly tf.Tensor[]): tf.Tensor;
}

interface Options {
  units: number;
  returnSequences: boolean;
}

/** A recurrent layer of tfjs with the values of our parameters. */
export function recurrentTwin(
  cell: TwinCell,
  parameters: readonly Parameter[],
  options: Options,
): RecurrentTwin {
  const values = parameters.map(({ value }) => toTfjs(value));
  return cell === 'gruResetAfter' ? gruResetAfter(values, options) : fromLayer(cell, values, options);
}

function fromLayer(
  cell: Exclude<TwinCell, 'gruResetAfter'>,
  values: tf.Tensor[],
  options: Options,
): RecurrentTwin {
  // The weights are overwritten. (tfjs's orthogonal initializer calls `flatten`, which its parts alone do not have.)
  const plain = { ...options, recurrentInitializer: 'zeros' } as const;
  const gated = { ...plain, recurrentActivation: 'sigmoid' } as const;
  const layer = {
    rnn: () => layers.simpleRNN(plain),
    lstm: () => layers.lstm(gated),
    gru: () => layers.gru(gated),
  }[cell]();
  // A first call makes the weights.
  layer.apply(tf.zeros([1, 1, values[0]!.shape[0]]));
  layer.setWeights(values);
  return {
    weights: layer.trainableWeights.map((weight) => weight.read() as tf.Variable),
    run: (x, states) => layer.apply(x, { initialState: [...states] }) as tf.Tensor,
  };
}

/** Equations A1 to A4 of cells/gruResetAfter.ts. */
function gruResetAfter(values: tf.Tensor[], { returnSequences }: Options): RecurrentTwin {
  const weights = values.map((value) => tf.variable(value));
  const [U, W, b, bW] = weights as tf.Tensor[] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.Tensor1D];

  function step(x: tf.Tensor2D, hPrev: tf.Tensor2D): tf.Tensor2D {
    const [xz, xr, xn] = blocks(tf.add(tf.matMul(x, U), b));
    const [sz, sr, sn] = blocks(tf.add(tf.matMul(hPrev, W), bW));
    const z = tf.sigmoid(tf.add(xz, sz));
    const r = tf.sigmoid(tf.add(xr, sr));
    const n = tf.tanh(tf.add(xn, tf.mul(r, sn)));
    return tf.add(tf.mul(z, hPrev), tf.mul(tf.sub(1, z), n));
  }

  return {
    weights,
    run(x, states) {
      const all: tf.Tensor2D[] = [];
      let h = states[0] as tf.Tensor2D;
      for (const xt of tf.unstack(x, 1)) all.push((h = step(xt as tf.Tensor2D, h)));
      return returnSequences ? tf.stack(all, 1) : h;
    },
  };
}

/** The blocks of the three gates, side by side in the columns. */
function blocks(a: tf.Tensor2D): [tf.Tensor, tf.Tensor, tf.Tensor] {
  return tf.split<tf.Tensor>(a, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
}
