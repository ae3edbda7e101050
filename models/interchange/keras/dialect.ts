/** Keras and tfjs call layers and their options the same; what these mean differs in places. */

/** The programs that read and write such configs. */
export type Dialect = 'keras' | 'tfjs';

interface Meaning {
  /** Its name in messages. */
  readonly program: string;
  /** What a missing recurrent_activation is. */
  readonly recurrentActivation: string;
  /** What a missing reset_after is. */
  readonly resetAfter: boolean;
  /** Whether each gate has dropout masks of its own where recurrent_dropout is not 0. */
  readonly dropsPerGate: boolean;
  /** Whether a bidirectional layer gives 0 at padded steps. */
  readonly zeroesPadding: boolean;
}

export const MEANING: Readonly<Record<Dialect, Meaning>> = {
  keras: {
    ...{ program: 'Keras', recurrentActivation: 'sigmoid', resetAfter: true },
    ...{ dropsPerGate: true, zeroesPadding: true },
  },
  tfjs: {
    ...{ program: 'tfjs', recurrentActivation: 'hardSigmoid', resetAfter: false },
    ...{ dropsPerGate: false, zeroesPadding: false },
  },
};
