/**
 * The recurrent layers of tfjs that are equivalent to our cells.
 *
 * tfjs has SimpleRNN, LSTM and GRU; their gates default to a hard sigmoid and are set to the true one. Its
 * GRU resets only before the product (`resetAfter: true` throws). writtenTwins.ts has the others, in its
 * operations.
 */
import type { CellName, Parameter } from '../../models/index.js';
import { toTfjs } from './copyWeights.js';
import { layers, tf } from './tfjs.js';
import { writtenSteps, type WrittenCell, type WrittenStep } from './writtenTwins.js';

/** The cells with a twin in tfjs. */
export const twinCells = [
  'rnn',
  'lstm',
  'lstmPeephole',
  'lstmCoupled',
  'gru',
  'gruResetAfter',
  'lstmLayerNorm',
  'gruLayerNorm',
] as const satisfies readonly CellName[];

export type TwinCell = (typeof twinCells)[number];

type LayerCell = Exclude<TwinCell, WrittenCell>;

export interface RecurrentTwin {
  /** The weights, in the order of our parameters. */
  readonly weights: readonly tf.Variable[];
  /** Maps x [B,T,D] and the initial states [B,H] to [B,T,H], or to [B,H] without returnSequences. */
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
  return cell in writtenSteps
    ? fromStep(writtenSteps[cell as WrittenCell], values, options)
    : fromLayer(cell as LayerCell, values, options);
}

function fromLayer(cell: LayerCell, values: tf.Tensor[], options: Options): RecurrentTwin {
  // The weights are overwritten. (tfjs's orthogonal initializer needs `flatten`, which the imported parts
  // lack.)
  const plain = { ...options, recurrentInitializer: 'zeros' } as const;
  const gated = { ...plain, recurrentActivation: 'sigmoid' } as const;
  const layer = {
    rnn: () => layers.simpleRNN(plain),
    lstm: () => layers.lstm(gated),
    gru: () => layers.gru(gated),
  }[cell]();
  // The first call creates the weights.
  layer.apply(tf.zeros([1, 1, values[0]!.shape[0]]));
  layer.setWeights(values);
  return {
    weights: layer.trainableWeights.map((weight) => weight.read() as tf.Variable),
    run: (x, states) => layer.apply(x, { initialState: [...states] }) as tf.Tensor,
  };
}

function fromStep(
  step: WrittenStep,
  values: readonly tf.Tensor[],
  { returnSequences }: Options,
): RecurrentTwin {
  const weights = values.map((value) => tf.variable(value));
  return {
    weights,
    run(x, initial) {
      const outputs: tf.Tensor[] = [];
      let states: readonly tf.Tensor[] = initial;
      for (const xt of tf.unstack(x, 1))
        outputs.push((states = step(weights, xt as tf.Tensor2D, states))[0]!);
      return returnSequences ? tf.stack(outputs, 1) : outputs.at(-1)!;
    },
  };
}
